"""Django's PostgreSQL backend, which starts the embedded server on the first connection that finds it down.

So a command that needs no database starts none, and where the server runs nothing is spent on looking.
"""

from typing import Any

from psycopg2 import OperationalError

from distribution.launcher import postgres
from distribution.launcher.folders import EmbeddedServiceError
from distribution.postgresql import base

PATIENCE_SECONDS = 20
"""How long a connection waits for a server that starts: less than a web process may take for a request."""


class DatabaseWrapper(base.DatabaseWrapper):
    """Connects as Django does; if that fails, makes sure that the server runs and tries once more."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            return super().get_new_connection(conn_params)
        except OperationalError as error:
            try:
                host = postgres.ensure(seconds=PATIENCE_SECONDS)
            except (EmbeddedServiceError, OSError) as failure:
                raise error from failure
            return super().get_new_connection({**conn_params, "host": str(host)})
