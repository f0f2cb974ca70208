"""What every test stands on: the embedded PostgreSQL and Redis, English, and nothing left by the test before."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
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
