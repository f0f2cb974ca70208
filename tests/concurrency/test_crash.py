"""Sixteen clients order scarce goods while worker, Redis and web server are killed one after the other.

The real programs on a data folder of their own. CRASH_ORDERS sets how many orders are asked for (5,000 for the full run).
"""

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.concurrency.crash_site import CLIENTS
from tests.concurrency.site import Site, running

ROOT = Path(__file__).resolve().parents[2]
ORDERS = int(os.environ.get("CRASH_ORDERS", "160"))
STOCK = max(ORDERS // 4, 20)
PATIENCE = 60 + ORDERS / 5

pytestmark = [pytest.mark.processes, pytest.mark.slow, pytest.mark.timeout(PATIENCE * 3)]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with running(tmp_path / "data") as site:
        yield site


def order(site: Site, token: str, key: str, products: list[str], stop: float) -> tuple[int, str]:
    """Ask until there is an answer, as a careful ERP does: the same key, whatever breaks in between."""
    lines = [{"product": code, "quantity": 1} for code in products]
    headers = {"Authorization": f"Token {token}", "Idempotency-Key": key}
    while time.monotonic() < stop:
        with suppress(httpx.HTTPError):
            reply = httpx.post(
                f"http://127.0.0.1:{site.port}/api/v1/orders/",
                json={"lines": lines, "submit": True},
                headers=headers,
                timeout=20,
            )
            if reply.status_code in {201, 400}:
                return reply.status_code, reply.json().get(
                    "number", reply.json().get("errors", [{}])[0].get("code", "")
                )
        time.sleep(0.3)
    return 0, "no answer"


@contextmanager
def crashes(site: Site, done: list[Any]) -> Iterator[None]:
    """Kill one program after the other while orders come in; each is started again at once."""

    struck: list[str] = []

    def strike() -> None:
        for share, what in ((0.15, "worker"), (0.35, "redis"), (0.55, "web"), (0.75, "worker")):
            while len(done) < share * ORDERS:
                time.sleep(0.05)
            if what == "redis":
                site.kill_redis()
            else:
                site.kill(what)
                site.start(what)
            struck.append(what)

    thread = threading.Thread(target=strike, daemon=True)
    thread.start()
    yield
    thread.join(PATIENCE)
    assert struck == ["worker", "redis", "web", "worker"]


def test_whatever_dies_every_order_is_there_once(site: Site) -> None:
    """An order that was confirmed would be gone, or there twice; goods sold twice; a manager told twice or never."""
    company = site.ask("seed", str(STOCK))
    site.wait_for_web()
    stop = time.monotonic() + PATIENCE
    answers: list[tuple[int, str]] = []

    def client(number: int) -> None:
        chance = random.Random(number)
        for turn in range(ORDERS // CLIENTS):
            products = chance.sample(company["products"], 3)
            answers.append(order(site, company["tokens"][number], f"{number}-{turn}", products, stop))

    with crashes(site, answers), ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(client, range(CLIENTS)))

    site.wait_for_web()
    found = site.ask("report")
    while found["waiting"] and time.monotonic() < stop:
        time.sleep(1)
        found = site.ask("report")

    outcomes = Counter(status for status, _text in answers)
    assert outcomes[0] == 0, outcomes
    assert {text for status, text in answers if status == 400} <= {"short_stock"}
    acknowledged = [text for status, text in answers if status == 201]
    assert sorted(acknowledged) == sorted(found["numbers"])
    assert len(set(acknowledged)) == len(acknowledged) > 0
    assert outcomes[400] > 0, "the goods were not scarce"
    assert min(found["free"]) >= 0
    assert found["waiting"] == 0
    assert found["events"] == found["messages"] == found["notifications"] == len(acknowledged)
    assert "no difference" in site.manage("verify")
