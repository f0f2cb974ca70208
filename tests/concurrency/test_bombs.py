"""Workbooks made to do harm, uploaded two at once and again and again while others work: refused, and nobody else notices."""

import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator

import httpx
import pytest

from tests.concurrency.site import Site, running
from tests.core.test_workbooks import BOMBS

pytestmark = [pytest.mark.processes, pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.xdist_group("bombs")]
WINDOW = 15
PAUSE = 0.1
"""Somebody who reads between two pages: who asks at once again is a load of their own."""
REFUSED_WITHIN = 20
"""Seconds by the clock, on a machine that has other things to do."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(tmp_path_factory.mktemp("bombs") / "data", ["web"]) as site:
        site.wait_for_web()
        yield site


@pytest.fixture(scope="module")
def session(site: Site) -> str:
    """Of a buyer who is signed in."""
    return str(site.ask("sign_in"))


def person(site: Site, session: str) -> httpx.Client:
    token = "x" * 32
    cookies = {"sessionid": session, "csrftoken": token}
    address = f"http://127.0.0.1:{site.port}"
    return httpx.Client(
        base_url=address, cookies=cookies, headers={"X-CSRFToken": token, "Referer": address}, timeout=30
    )


def seconds_of(client: httpx.Client, until: Callable[[], bool]) -> list[float]:
    """How long each request for a page of everyday work took."""
    taken = []
    while not until():
        began = time.monotonic()
        assert client.get("/orders/").status_code == 200
        taken.append(time.monotonic() - began)
        time.sleep(PAUSE)
    return taken


@pytest.mark.parametrize("part", ["styles", "strings"])
def test_two_bombs_at_once_harm_nobody(site: Site, session: str, part: str) -> None:
    """Two uploads of 92 kB took the whole site down for a minute, as often as a buyer liked."""
    content = BOMBS[part]()
    with person(site, session) as other:
        warm = time.monotonic() + 1
        seconds_of(other, lambda: time.monotonic() > warm)
        end = time.monotonic() + 5
        before = seconds_of(other, lambda: time.monotonic() > end)

        refusals: list[tuple[int, float]] = []

        def upload() -> None:
            with person(site, session) as attacker:
                began = time.monotonic()
                answer = attacker.post("/orders/new/upload/take/", files={"file": ("order.xlsx", content)})
                refusals.append((answer.status_code, time.monotonic() - began))

        def five_times() -> None:
            for _time in range(5):
                upload()

        attackers = [threading.Thread(target=five_times) for _ in range(2)]
        for attacker in attackers:
            attacker.start()
        over = time.monotonic() + WINDOW
        during = seconds_of(other, lambda: time.monotonic() > over)
    quiet, loud = p95(before), p95(during)
    for attacker in attackers:
        attacker.join(120)
    slowest = max(seconds for _status, seconds in refusals)
    sys.stderr.write(
        f"\n{part}: p95 {quiet * 1000:.0f} ms before ({len(before)} requests), {loud * 1000:.0f} ms during "
        f"({len(during)}; the slowest {max(during):.1f} s), refused after at most {slowest:.1f} s\n"
    )
    assert [status for status, _seconds in refusals] == [400] * 10
    assert slowest < REFUSED_WITHIN
    assert loud < 2 * quiet + 2, "it was a minute; other tests run beside"


def p95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]
