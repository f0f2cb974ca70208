"""Redis connections that bring the embedded server up when they find it down."""

from typing import Any

import redis

from distribution.launcher import redis as embedded_redis


class OnDemandConnection(redis.UnixDomainSocketConnection):
    """A connection that starts the embedded server where it does not answer."""

    def _connect(self) -> Any:
        try:
            return super()._connect()  # type: ignore[no-untyped-call]  # redis-py's, without types
        except OSError:
            embedded_redis.ensure()
            return super()._connect()  # type: ignore[no-untyped-call]  # redis-py's, without types


class OnDemandConnectionPool(redis.ConnectionPool):
    """The pool that Django's cache takes its connections from in embedded mode."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "connection_class": OnDemandConnection})
