"""A policy to a whole channel while everything that can fail does: real workers, real servers, real kills.

POLICY_DISTRIBUTORS sets how many are told (5,000 for the full run).
"""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.concurrency.channel_site import PER_HANGING
from tests.concurrency.site import Site, running
from tests.hook_server import Call, HookServer, hook_server
from tests.smtp_server import MailServer, mail_server

pytestmark = [pytest.mark.slow, pytest.mark.processes, pytest.mark.timeout(1900)]
COUNT = int(os.environ.get("POLICY_DISTRIBUTORS", "300"))
ACKNOWLEDGED = COUNT // 25
PATIENCE = 800
"""Alone on two cores it takes about a minute each; beside other tests many."""
CHATS_UNDER_WAY = 8
IN_DOUBT = 5
"""The one of the kill; a machine that is busy may answer some too late."""


def wait_until(site: Site, wanted: Callable[[], bool], *, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not wanted():
        assert time.monotonic() < until, f"{site.ask('told')}\n{(site.folder / 'outgoing.log').read_text()[-3000:]}"
        time.sleep(0.5)


def kill_at(number: int, site: Site, *names: str) -> Callable[..., None]:
    """Kills programs while they wait for the answer to their `number`th call, and starts them again."""
    seen = {"calls": 0}
    lock = threading.Lock()

    def count(*_anything: Any) -> None:
        with lock:
            seen["calls"] += 1
            if seen["calls"] == number:
                for name in names:
                    site.kill(name)
                for name in names:
                    site.start(name)

    return count


def paths(hook: HookServer) -> dict[str, str]:
    """Path by the number of the message: a repeat counts once, as the receiver counts."""
    return {call.body["id"]: call.path for call in hook.calls}


def answer_after(work: Callable[..., None]) -> Callable[[Call], tuple[int, bytes, dict[str, str]]]:
    def answer(_call: Call) -> tuple[int, bytes, dict[str, str]]:
        work()
        return 200, b"{}", {}

    return answer


def check_told(mails: MailServer, hook: HookServer, hanging: HookServer) -> None:
    addresses = [f"owner{number}@shops.example" for number in range(COUNT)]
    assert sorted(mails.by_identity().values()) == sorted(addresses)
    assert len(mails.mails) <= COUNT + IN_DOUBT, "who is killed repeats the one it was at, under the same number"
    told = {**paths(hook), **paths(hanging)}
    assert sorted(told.values()) == sorted(f"/{address}" for address in addresses)
    assert len(hook.calls) + len(hanging.calls) <= COUNT + 2 * CHATS_UNDER_WAY


def test_each_is_told_once_per_channel_whatever_fails(tmp_path: Path) -> None:
    """Published while the mail server is down, a chat webhook hangs and the workers are killed twice."""
    with mail_server() as mails, hook_server() as hook, hook_server() as hanging:
        mails.is_down, hanging.hangs = True, threading.Event()
        environment = {"EMAIL_URL": f"smtp://127.0.0.1:{mails.port}", "WEBHOOK_PRIVATE_ADDRESSES": "true"}
        with running(tmp_path / "data", ["short", "outgoing", "beat"], environment) as site:
            hook.answer = answer_after(kill_at(COUNT // 5, site, "outgoing", "short"))
            site.ask("make_channel", str(COUNT), hook.url, hanging.url)
            policy = site.ask("publish_policy")
            others = COUNT - len(range(0, COUNT, PER_HANGING))
            wait_until(site, lambda: len(hook.calls) > others, seconds=PATIENCE)
            wait_until(site, lambda: site.ask("told")["sendings"]["webhook sent"] == others, seconds=PATIENCE)
            assert (site.ask("told")["page"], mails.mails, hanging.calls) == (COUNT, [], [])
            mails.taken = kill_at(COUNT // 5, site, "outgoing")
            mails.is_down = False
            hanging.hangs.set()
            hanging.hangs = None
            wait_until(site, lambda: len(mails.mails) > COUNT, seconds=PATIENCE)
            all_told = {"page": COUNT, "sendings": {"mail sent": COUNT, "webhook sent": COUNT}, "undelivered": 0}
            wait_until(site, lambda: site.ask("told") == all_told, seconds=PATIENCE)
            check_told(mails, hook, hanging)
            counted = site.ask("acknowledge", str(policy), str(ACKNOWLEDGED))
            assert counted == {"recipients": COUNT, "acknowledged": ACKNOWLEDGED, "open": COUNT - ACKNOWLEDGED}
            assert "no difference" in site.manage("verify")
