"""Sixteen clients at once while worker, Redis, web server and PostgreSQL are killed one after the other.

They order, change and cancel scarce goods, every third order waiting for what is not there; and they ship and receive goods by
lot, while the warehouse is counted and lots are frozen. The real programs on a data folder of their own. CRASH_ORDERS and
CRASH_SHIPPED set how many orders are asked for (5,000 each for the full run).
"""

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from tests.concurrency.careful import Careful, Notes, Partner, Troublemaker
from tests.concurrency.crash_site import CLIENTS
from tests.concurrency.site import Site, running

ORDERS = int(os.environ.get("CRASH_ORDERS", "160"))
SHIPPED = int(os.environ.get("CRASH_SHIPPED", "96"))
STOCK = max(ORDERS // 4, 20)
PATIENCE = 60 + ORDERS / 5
PATIENCE_OF_SHIPPING = 120 + SHIPPED

pytestmark = [
    pytest.mark.processes,
    pytest.mark.slow,
    pytest.mark.xdist_group("crash"),
    pytest.mark.timeout((PATIENCE + PATIENCE_OF_SHIPPING) * 3),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One for both tests: each has a company's goods and distributors of its own."""
    with running(tmp_path_factory.mktemp("crash") / "data") as site:
        yield site


@dataclass(frozen=True)
class Client(Careful):
    """What it does with orders: the status, and the number or the code of the refusal."""

    def _do(self, path: str, body: Any, key: str, answers: set[int]) -> tuple[int, str]:
        status, found = self.post(f"orders/{path}", body, key, answers)
        return status, found.get("number", found.get("errors", [{}])[0].get("code", ""))

    def order(self, key: str, products: list[str], choice: str) -> tuple[int, str]:
        lines = [{"product": code, "quantity": 1, "when_short": choice} for code in products]
        return self._do("", {"lines": lines, "submit": True}, key, {201, 400})

    def change(self, key: str, number: str, products: list[str]) -> tuple[int, str]:
        lines = [{"product": code, "quantity": 1, "when_short": "part"} for code in products]
        return self._do(f"{number}/change/", {"lines": lines}, key, {200, 400, 409})

    def cancel(self, key: str, number: str) -> tuple[int, str]:
        return self._do(f"{number}/cancel/", {"reason": "Called off"}, key, {200, 409})


@contextmanager
def crashes(
    site: Site, done: list[Any], *, of: int, victims: Mapping[str, float], more: Callable[[str], None] | None = None
) -> Iterator[None]:
    """Kill one program after the other while work is done, each at its share of it; each is started again at once."""

    struck: list[str] = []

    def strike() -> None:
        for name, share in victims.items():
            while len(done) < share * of:
                time.sleep(0.05)
            what = name.rstrip("2")
            if what in {"redis", "postgres"}:
                site.kill_service(what)
                site.ask("services")
            else:
                site.kill(what)
                site.start(what)
            struck.append(name)
            if more is not None:
                more(what)

    thread = threading.Thread(target=strike, daemon=True)
    thread.start()
    yield
    thread.join(PATIENCE)
    assert struck == list(victims)


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

    def supply(what: str) -> None:
        if what == "redis":
            site.ask("supply", company["distributor"], "3")

    victims = {"worker": 0.15, "redis": 0.35, "web": 0.55, "worker2": 0.75}
    with crashes(site, answers, of=ORDERS, victims=victims, more=supply), ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(client, range(CLIENTS)))

    site.wait_for_web()
    found = _when_told(site, stop, "report", company["distributor"])

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
    site.ask("supply", company["distributor"], str(found["back_ordered"]))
    assert site.ask("report", company["distributor"])["back_ordered"] == 0, (
        "what came in did not reach those who waited"
    )
    assert "no difference" in site.manage("verify")


def _when_told(site: Site, stop: float, *question: str) -> dict[str, Any]:
    """The answer, once everybody has been told what happened."""
    found: dict[str, Any] = site.ask(*question)
    while found["waiting"] and time.monotonic() < stop:
        time.sleep(1)
        found = site.ask(*question)
    return found


def test_whatever_dies_every_piece_is_somewhere(site: Site) -> None:
    """Goods would drop out of sight: shipped twice, received and still on the way, of no lot, or gone with a server."""
    seed = site.ask("seed_goods", str(SHIPPED), str(CLIENTS))
    site.wait_for_web()
    stop, notes, done, over = time.monotonic() + PATIENCE_OF_SHIPPING, Notes(), [], threading.Event()

    def careful(token: str) -> Careful:
        return Careful(site, token, stop)

    def client(number: int) -> None:
        who = {name: careful(seed[f"{name}s"][number]) for name in ("owner", "manager", "keeper")}
        partner = Partner(number=number, seed=seed, notes=notes, **who)
        for turn in range(SHIPPED // CLIENTS):
            partner.order(turn)
            done.append(turn)

    trouble = Troublemaker(careful(seed["boss"]), careful(seed["keepers"][0]), seed, notes)

    def make_trouble(what: Callable[[int], None]) -> None:
        turn = 0
        while not over.is_set() and time.monotonic() < stop:
            what(turn)
            turn += 1
            time.sleep(0.3)

    victims = {"worker": 0.15, "redis": 0.3, "web": 0.45, "postgres": 0.6, "web2": 0.8}
    with crashes(site, done, of=SHIPPED, victims=victims), ThreadPoolExecutor(CLIENTS + 2) as pool:
        clients = [pool.submit(client, number) for number in range(CLIENTS)]
        others = [pool.submit(make_trouble, what) for what in (trouble.count, trouble.freeze)]
        wait(clients, return_when="FIRST_EXCEPTION")
        over.set()
        for one in (*clients, *others):
            one.result()

    site.wait_for_web()
    found = _when_told(site, stop + 60, "goods")
    assert notes.unanswered == []
    assert found["waiting"] == 0
    assert found["unaccounted"] == {}
    assert found["without_lot"] == 0
    assert set(notes.orders) <= set(found["orders"])
    assert sorted(notes.shipments) == sorted(found["shipments"]), (
        "a shipment that nobody asked for, or one that is gone"
    )
    assert notes.received == found["received"]
    assert min(found["counted"], sum(found["claims"].values()), found["statuses"]["received"]) > 0
    assert "no difference" in site.manage("verify")
    log = (site.folder / "postgres" / "server.log").read_text()
    assert "deadlock detected" not in log, "two services lock the same rows in another order"
