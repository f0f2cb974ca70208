"""The worker is killed within an import and an evaluation, and Redis loses all it has: each job still ends, soon.

The work is stopped at one point by a lock on a table that it writes to, so that it dies in the middle of it.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.concurrency.site import Site, running

ENDS_WITHIN = 60
TABLES = ("catalogue_brand", "evaluation_evaluation")

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with running(tmp_path / "data", ["short", "jobs", "beat"]) as site:
        site.ask("stage")
        yield site


def wait_for(site: Site, numbers: list[int], wanted: Callable[[list[Any]], bool], *, seconds: float) -> list[list[Any]]:
    """The jobs, once each is as wanted: [status, attempts, error]."""
    until = time.monotonic() + seconds
    while True:
        now = site.ask("jobs")
        found = [now[str(number)] for number in numbers]
        if all(wanted(job) for job in found):
            return found
        if time.monotonic() > until:
            pytest.fail(f"{found}\n{(site.folder / 'jobs.log').read_text()[-3000:]}")
        time.sleep(0.5)


def is_running(job: list[Any]) -> bool:
    return bool(job[0] == "running")


def is_over(job: list[Any]) -> bool:
    return job[0] in {"done", "failed"}


def test_a_worker_killed_within_its_jobs_leaves_none_behind(site: Site) -> None:
    """An import whose worker ran out of memory would stand at 40 % for ever, and block every other import."""
    with site.holding(*TABLES):
        numbers = site.ask("queue")
        wait_for(site, numbers, is_running, seconds=120)
        time.sleep(1)
        site.kill("jobs")
    site.start("jobs")
    found = wait_for(site, numbers, is_over, seconds=ENDS_WITHIN)
    assert found == [["done", 2, ""], ["done", 2, ""]]
    assert "no difference" in site.manage("verify")


def test_jobs_run_though_redis_is_emptied(site: Site) -> None:
    """Redis is a cache to some administrators: emptying it must lose no import."""
    with site.holding(*TABLES):
        at_work = site.ask("queue")
        wait_for(site, at_work, is_running, seconds=120)
        site.ask("empty_redis")
    wait_for(site, at_work, is_over, seconds=ENDS_WITHIN)

    later = site.ask("queue")
    found = wait_for(site, later, is_over, seconds=ENDS_WITHIN)
    assert found == [["done", 1, ""], ["done", 1, ""]], "its connections to Redis still carry"

    site.kill("jobs")
    waiting = site.ask("queue")
    time.sleep(5)
    site.ask("empty_redis")
    site.start("jobs")
    found = wait_for(site, waiting, is_over, seconds=ENDS_WITHIN)
    assert found == [["done", 1, ""], ["done", 1, ""]]
