"""What every test stands on: the embedded PostgreSQL and Redis, English, and nothing left by the test before."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from distribution import cache as project_cache
from tests import emptying, template
from tests.orders.clock import NOW


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


@pytest.fixture(scope="session", autouse=True)
def fixed_day() -> Iterator[None]:
    """The clock starts at the same moment in every run and goes on from there: no month ends, no midnight passes."""
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture(autouse=True)
def real_day(request: pytest.FixtureRequest) -> Iterator[None]:
    """Browsers and programs in processes of their own have a clock of their own, the machine's."""
    if any(map(request.node.get_closest_marker, ("e2e", "processes"))):
        with time_machine.travel(time_machine.escape_hatch.time.time(), tick=True):
            yield
    else:
        yield


@pytest.fixture(autouse=True)
def clean_cache() -> Iterator[None]:
    """Counters and cached pages of one test are no concern of the next."""
    project_cache._asked_again_at = 0.0
    cache.clear()
    yield
    cache.clear()
    project_cache._asked_again_at = 0.0


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A request may have switched the language of this thread."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session", autouse=True)
def emptied_by_rows() -> None:
    """A test with real transactions leaves no rows; Django would truncate every table and fill in permissions anew."""
    TransactionTestCase._fixture_teardown = lambda _self: emptying.empty()
