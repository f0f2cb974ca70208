"""What every test stands on: the embedded PostgreSQL and Redis, English, and nothing left by the test before."""

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from distribution import cache as project_cache
from distribution.launcher import redis
from tests import emptying, template
from tests.orders.clock import NOW
from tests.platform.processes import wait_until

BROAD = ("e2e", "processes", "slow")
"""Tests of these marks take tens of seconds each."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """No long test begins at the end, while the other workers have nothing left. Modules stay whole, in any order."""
    modules: dict[Path, list[pytest.Item]] = {}
    for item in items:
        modules.setdefault(item.path, []).append(item)
    long = [path for path, tests in modules.items() if any(map(tests[0].get_closest_marker, BROAD))]
    short = [path for path in modules if path not in set(long)]
    place = {path: 0.7 * number / len(long) for number, path in enumerate(long)}
    place |= {path: number / len(short) for number, path in enumerate(short)}
    items[:] = [item for path in sorted(modules, key=place.__getitem__) for item in modules[path]]


@pytest.fixture(scope="session", autouse=True)
def what_is_loaded_stays() -> None:
    """The thousands of modules and tests that are there all the time are not looked through for garbage again and again."""
    gc.collect()
    gc.freeze()


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
def redis_has_read_its_data() -> None:
    """What the last run left in its log is read at the start, while the server refuses all else."""
    redis.ensure()
    wait_until(redis.is_running, what="Redis")


@pytest.fixture(scope="session", autouse=True)
def empty_media() -> None:
    """Rows begin at 1 in every run: the files of the last run would be theirs."""
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


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
