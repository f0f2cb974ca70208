"""The cache in Redis, on which nothing depends: pages open and orders are accepted while Redis is down.

After a failure Redis is not asked for a moment, so that a hung one costs a page one short wait and not one a question.
Who must notice that it is down asks the cache `watched`: Django's own, on the same server.
"""

import time
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any, TypeVar, cast

import structlog
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import RedisError

T = TypeVar("T")
PAUSE_SECONDS = 5.0
_asked_again_at = 0.0
_log = structlog.get_logger(__name__)


class OptionalRedisCache(RedisCache):
    """Django's, but an empty cache that keeps nothing while Redis does not answer."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _Client

    # What allauth counts (tries of passwords and codes, codes used) must hold while Redis is away: it goes to PostgreSQL.

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        if _is_security(key):
            return bool(_kept().add_value(key, value=value, seconds=self._seconds(timeout)))
        return super().add(key, value, timeout, version)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return _kept().get_value(key, default) if _is_security(key) else super().get(key, default, version)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        if _is_security(key):
            _kept().set_value(key, value=value, seconds=self._seconds(timeout))
        else:
            super().set(key, value, timeout, version)

    def delete(self, key: str, version: int | None = None) -> bool:
        return bool(_kept().delete_value(key)) if _is_security(key) else super().delete(key, version)

    def _seconds(self, timeout: Any) -> float:
        return float((self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout) or 0)

    def count(self, key: str, seconds: int) -> int:
        """How often this was asked of `key` within `seconds` of the first time, by one question.

        0 while Redis is down: whoever asks counts elsewhere then.
        """
        client = cast("_Client", self._cache)
        return client.count(self.make_and_validate_key(key), seconds)


def _is_security(key: str) -> bool:
    return key.startswith("allauth")


def _kept() -> ModuleType:
    return import_module("accounts.services.security_values")  # its model is there once the apps are


class _Client(RedisCacheClient):
    _clients: dict[bool, Any]

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        """One for reading and one for writing, made once: making one costs as much as asking it."""
        known = self.__dict__.setdefault("_clients", {})
        if write not in known:
            known[write] = super().get_client(key, write=write)
        return known[write]

    def add(self, key: Any, value: Any, timeout: Any) -> Any:
        return _unless_down(True, super().add, key, value, timeout)

    def get(self, key: Any, default: Any) -> Any:
        return _unless_down(default, super().get, key, default)

    def set(self, key: Any, value: Any, timeout: Any) -> Any:
        return _unless_down(None, super().set, key, value, timeout)

    def delete(self, key: Any) -> Any:
        return _unless_down(False, super().delete, key)

    def has_key(self, key: Any) -> Any:
        return _unless_down(False, super().has_key, key)

    def incr(self, key: Any, delta: Any) -> Any:
        return _unless_down(delta, super().incr, key, delta)

    def count(self, key: str, seconds: int) -> int:
        def work() -> int:
            redis = self.get_client(key, write=True)
            number = int(redis.incr(key))
            if number == 1:
                redis.expire(key, seconds)
            return number

        return _unless_down(0, work)


def _unless_down(empty: T, work: Callable[..., T], *values: Any) -> T:
    """What the work gives, or what an empty cache would answer."""
    global _asked_again_at  # noqa: PLW0603  one fact about this process
    if time.monotonic() < _asked_again_at:
        return empty
    try:
        return work(*values)
    except RedisError as error:
        _asked_again_at = time.monotonic() + PAUSE_SECONDS
        _log.warning("cache_does_not_answer", error=repr(error), seconds=PAUSE_SECONDS)
        return empty
