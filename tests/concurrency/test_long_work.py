"""Every slot for long work is taken by jobs that do not go on: messages, notifications and mails reach people all the same.

The jobs wait for a lock on the tables to which they write. The twin has one worker for all queues.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.concurrency.site import Site, running
from tests.concurrency.test_jobs_crash import TABLES, is_over, is_running, wait_for

DELIVERED_WITHIN = 15
"""Alone two or three seconds: the outbox is looked through every two. Beside other tests more."""
BEATS_WITHIN = 30
"""The heartbeat is sent every ten seconds, for the first time after ten."""
STILL_WAITING_AFTER = 8

pytestmark = [pytest.mark.slow, pytest.mark.processes, pytest.mark.timeout(600)]


def within(seconds: float, wanted: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while not wanted():
        if time.monotonic() > until:
            return False
        time.sleep(0.3)
    return True


def is_mailed(site: Site, address: str) -> bool:
    return any(address in mail.read_text(errors="replace") for mail in (site.folder / "mail").glob("*"))


def is_delivered(site: Site, address: str) -> bool:
    """On the owner's page and in its mailbox."""
    return is_mailed(site, address) and site.ask("told")["page"] >= 1


def ready(site: Site, parameters: str = "") -> tuple[int, Any]:
    reply = site.http.get(f"http://127.0.0.1:{site.port}/readyz{parameters}")
    return reply.status_code, reply.json()


def test_messages_are_delivered_while_long_work_takes_every_slot(tmp_path: Path) -> None:
    """An import of an hour would keep every notification, mail and webhook of the company for an hour."""
    with running(tmp_path / "data", ["web", "short", "jobs", "outgoing", "beat"]) as site:
        site.wait_for_web()
        site.ask("stage")
        with site.holding(*TABLES):
            busy = site.ask("queue")
            wait_for(site, busy, is_running, seconds=120)
            address = site.ask("publish")
            assert within(DELIVERED_WITHIN, lambda: is_delivered(site, address)), site.ask("told")
            assert ready(site)[0] == 200
            assert within(BEATS_WITHIN, lambda: ready(site, "?full")[0] == 200), ready(site, "?full")
            assert all(is_running(site.ask("jobs")[str(number)]) for number in busy), "they were busy all the while"
        found = wait_for(site, busy, is_over, seconds=60)
        assert [job[0] for job in found] == ["done", "done"]


def test_with_one_queue_for_all_they_wait(tmp_path: Path) -> None:
    """The twin: what delivers messages is at work on a job, and nobody else does it."""
    with running(tmp_path / "data", ["worker", "beat"]) as site:
        site.ask("stage")
        with site.holding(*TABLES):
            busy = site.ask("queue")
            assert within(120, lambda: any(is_running(site.ask("jobs")[str(number)]) for number in busy))
            address = site.ask("publish")
            assert not within(STILL_WAITING_AFTER, lambda: is_delivered(site, address))
