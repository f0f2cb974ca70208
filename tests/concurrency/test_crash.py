"""Sixteen clients order, change and cancel scarce goods while worker, Redis and web server are killed one after the other.

Every third order waits for what is not there. The real programs on a data folder of their own. CRASH_ORDERS sets how many
orders are asked for (5,000 for the full run).
"""

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Client:
    """A careful ERP: it asks until there is an answer, with the same key, whatever breaks in between."""

    site: Site
    token: str
    stop: float

    def post(self, path: str, body: Any, key: str, answers: set[int]) -> tuple[int, str]:
        headers = {"Authorization": f"Token {self.token}", "Idempotency-Key": key}
        while time.monotonic() < self.stop:
            with suppress(httpx.HTTPError):
                address = f"http://127.0.0.1:{self.site.port}/api/v1/orders/{path}"
                reply = httpx.post(address, json=body, headers=headers, timeout=20)
                if reply.status_code in answers:
                    found = reply.json()
                    return reply.status_code, found.get("number", found.get("errors", [{}])[0].get("code", ""))
            time.sleep(0.3)
        return 0, "no answer"

    def order(self, key: str, products: list[str], choice: str) -> tuple[int, str]:
        lines = [{"product": code, "quantity": 1, "when_short": choice} for code in products]
        return self.post("", {"lines": lines, "submit": True}, key, {201, 400})

    def change(self, key: str, number: str, products: list[str]) -> tuple[int, str]:
        lines = [{"product": code, "quantity": 1, "when_short": "part"} for code in products]
        return self.post(f"{number}/change/", {"lines": lines}, key, {200, 400, 409})

    def cancel(self, key: str, number: str) -> tuple[int, str]:
        return self.post(f"{number}/cancel/", {"reason": "Called off"}, key, {200, 409})


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
                site.ask("supply", "3")
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
    """An order that was confirmed would be gone, or there twice; goods sold twice, or to whoever came last; a manager
    told twice or never.
    """
    company = site.ask("seed", str(STOCK))
    site.wait_for_web()
    stop = time.monotonic() + PATIENCE
    answers: list[tuple[int, str]] = []
    later: list[tuple[int, str]] = []

    def client(number: int) -> None:
        chance, erp = random.Random(number), Client(site, company["tokens"][number], stop)
        for turn in range(ORDERS // CLIENTS):
            products = chance.sample(company["products"], 3)
            answer = erp.order(f"{number}-{turn}", products, "" if turn % 3 else "part")
            answers.append(answer)
            if answer[0] == 201 and turn % 6 == 0:
                later.append(erp.cancel(f"{number}-{turn}-off", answer[1]))
            elif answer[0] == 201 and turn % 3 == 0:
                later.append(
                    erp.change(f"{number}-{turn}-other", answer[1], sorted({*products[1:], company["products"][0]}))
                )

    with crashes(site, answers), ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(client, range(CLIENTS)))

    site.wait_for_web()
    found = site.ask("report")
    while found["waiting"] and time.monotonic() < stop:
        time.sleep(1)
        found = site.ask("report")

    outcomes = Counter(status for status, _text in answers)
    assert outcomes[0] == 0, outcomes
    assert Counter(status for status, _text in later)[200] > 0 == Counter(status for status, _text in later)[0]
    assert {text for status, text in answers if status == 400} <= {"short_stock"}
    acknowledged = [text for status, text in answers if status == 201]
    assert sorted(acknowledged) == sorted(found["numbers"])
    assert len(set(acknowledged)) == len(acknowledged) > 0
    assert outcomes[400] > 0, "the goods were not scarce"
    assert min(found["free"]) >= 0
    assert found["waiting"] == 0
    assert found["events"] == found["messages"] == len(acknowledged)
    assert len(acknowledged) - found["cancelled"] <= found["notifications"] <= len(acknowledged)
    assert found["back_ordered"] > 0, "nobody had to wait"
    assert "no difference" in site.manage("verify")
    site.ask("supply", str(found["back_ordered"]))
    assert site.ask("report")["back_ordered"] == 0, "what came in did not reach those who waited"
    assert "no difference" in site.manage("verify")
