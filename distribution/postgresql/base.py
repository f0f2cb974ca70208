"""Django's PostgreSQL backend, which asks a connection whether it lives only where that can be in doubt."""

import select
import time
from typing import Any

from django.db.backends.postgresql import base

TRUSTED_SECONDS = 1.0


class DatabaseWrapper(base.DatabaseWrapper):
    """Looks at the socket of a connection that was in use a moment ago, instead of asking the server each request.

    A server that ended or was killed has closed it. One that vanished without a word (a network that was cut, an address
    that moved) is found by asking, as Django does, once the connection has been idle for longer.
    """

    health_check_enabled: bool
    health_check_done: bool
    _used_at = float("-inf")

    def create_cursor(self, name: str | None = None) -> Any:
        self._used_at = time.monotonic()
        return super().create_cursor(name)

    def close_if_health_check_failed(self) -> None:
        if self.connection is not None and self.health_check_enabled and not self.health_check_done:
            self.health_check_done = time.monotonic() - self._used_at < TRUSTED_SECONDS and self._is_quiet()
        super().close_if_health_check_failed()

    def _is_quiet(self) -> bool:
        """Nothing has come that nobody asked for, such as the end of the connection."""
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN)
        return not waiting.poll(0)
