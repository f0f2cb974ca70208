"""What every test stands on: the embedded PostgreSQL and Redis, English, and nothing left by the test before."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import translation

from tests import template


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: Any,
    pytestconfig: pytest.Config,
) -> Iterator[None]:
    """In place of pytest-django's, which would run all migrations in every worker of every run."""
    usual = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        name = connection.creation._get_test_db_name()
        template.create(name, anew=pytestconfig.getoption("create_db"))
        template.switch(name)
    yield
    with django_db_blocker.unblock():
        template.switch(usual)
        template.drop(name)


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
