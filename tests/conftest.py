"""What every test stands on: the embedded PostgreSQL and Redis, English, and nothing left by the test before."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import translation


@pytest.fixture(autouse=True)
def clean_cache() -> Iterator[None]:
    """Counters and cached pages of one test are no concern of the next."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A request may have switched the language of this thread."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session", autouse=True)
def emptying_follows_references() -> None:
    """A test with real transactions empties every table; that of a swapped model (knox) still points at ours."""
    plain = connection.ops.__class__.sql_flush

    def sql_flush(self: Any, *args: Any, **options: Any) -> Any:
        return plain(self, *args, **{**options, "allow_cascade": True})

    connection.ops.__class__.sql_flush = sql_flush  # type: ignore[method-assign]  # Django offers no switch for it
