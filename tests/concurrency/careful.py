"""A careful program of a business partner, and what such programs do with goods while everything breaks."""

import random
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.concurrency.site import Site

TRIES = 4


@dataclass(frozen=True)
class Careful:
    """It asks until there is an answer, with the same key, whatever breaks in between."""

    site: Site
    token: str
    stop: float

    def post(self, path: str, body: Any, key: str, answers: set[int]) -> tuple[int, dict[str, Any]]:
        return self._ask("POST", path, answers, json=body, headers={"Idempotency-Key": key})

    def get(self, path: str, **query: str) -> Any:
        return self._ask("GET", path, {200}, params=query)[1]

    def _ask(self, method: str, path: str, answers: set[int], **more: Any) -> tuple[int, dict[str, Any]]:
        headers = {"Authorization": f"Token {self.token}", **more.pop("headers", {})}
        while time.monotonic() < self.stop:
            with suppress(httpx.HTTPError):
                address = f"http://127.0.0.1:{self.site.port}/api/v1/{path}"
                reply = self.site.http.request(method, address, headers=headers, **more)
                if reply.status_code in answers and "try_again" not in codes_of(reply.json()):
                    return reply.status_code, reply.json()
            time.sleep(0.3)
        return 0, {"errors": [{"code": "no answer"}]}


def codes_of(answer: Any) -> set[str]:
    """Why something was refused; nothing where it was not."""
    return {error["code"] for error in answer.get("errors", ())} if isinstance(answer, dict) else set()


@dataclass
class Notes:
    """What clients were told, to be compared with what is there in the end."""

    orders: list[str] = field(default_factory=list)
    shipments: list[str] = field(default_factory=list)
    received: dict[str, list[int]] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)
    unanswered: list[str] = field(default_factory=list)


@dataclass
class Partner:
    """A distributor's program and, for the seller, those of its manager and its warehouse."""

    number: int
    owner: Careful
    manager: Careful
    keeper: Careful
    seed: Mapping[str, Any]
    notes: Notes

    def __post_init__(self) -> None:
        self.chance = random.Random(self.number)

    def order(self, turn: int) -> None:
        """From the order to the shelf, with what differs, and sometimes back."""
        key, chance = f"{self.number}-{turn}", self.chance
        lines = [
            {"product": code, "quantity": chance.randint(1, 3), "when_short": "part"}
            for code in chance.sample(self.seed["products"], 3)
        ]
        status, placed = self.owner.post("orders/", {"lines": lines, "submit": True}, key, {201, 400})
        self._note(key, status, placed)
        if status != 201:
            return
        number = placed["number"]
        self.notes.orders.append(number)
        self._step(self.manager, f"orders/{number}/approve/", {}, f"{key}-approve")
        if turn % 3:
            self._step(self.keeper, f"orders/{number}/pick/", {}, f"{key}-pick")
        self.ship(number, key, partly=turn % 4 == 0)
        if turn % 6 == 5:
            self.give_back(number, key)

    def _step(self, who: Careful, path: str, body: Any, key: str) -> dict[str, Any] | None:
        """The answer, or None where it was refused with a reason."""
        status, answer = who.post(path, body, key, {200, 201, 400, 403, 409})
        self._note(key, status, answer)
        return answer if status in {200, 201} else None

    def _note(self, key: str, status: int, answer: Mapping[str, Any]) -> None:
        if status == 0:
            self.notes.unanswered.append(key)
        elif status >= 400:
            self.notes.refused.update(codes_of(answer))

    def ship(self, number: str, key: str, *, partly: bool = False) -> None:
        """What is there; where a lot was frozen under it, other lots are chosen first."""
        known: set[str] = set()
        body: dict[str, Any] = {}
        for turn in range(TRIES):
            if partly and turn == 0:
                lines = self.keeper.get(f"orders/{number}/")["lines"]
                body = {"lines": [{"line": lines[0]["id"], "quantity": 1}]}
            found = self._step(self.keeper, f"orders/{number}/ship/", body, f"{key}-ship-{turn}")
            body = {}
            if found is None:
                self._step(self.keeper, f"orders/{number}/lots/", {}, f"{key}-lots-{turn}")
                continue
            for shipment in found["shipments"]:
                if shipment["number"] not in known:
                    known.add(shipment["number"])
                    self.notes.shipments.append(shipment["number"])
                    self.receive(number, shipment, key)
            if found["status"] != "partly_shipped":
                return

    def receive(self, order: str, shipment: Mapping[str, Any], key: str) -> None:
        missing, damaged = (self.chance.random() < 0.2, self.chance.random() < 0.2)
        line = max(shipment["lines"], key=lambda one: one["quantity"])
        damaged = damaged and line["quantity"] > 1
        came = {"line": line["id"], "quantity": line["quantity"] - missing - damaged, "damaged": int(damaged)}
        body = {"lines": [{**came, "kind": "short" if missing else ""}]} if missing or damaged else {}
        number = shipment["number"]
        if self._step(self.owner, f"shipments/{number}/receive/", body, f"{key}-{number}") is None:
            return
        self.notes.received[number] = [int(missing), int(damaged)]
        if body and "-again" not in key:
            self.claim(order, number, key)

    def claim(self, order: str, shipment: str, key: str) -> None:
        claims = self.manager.get("delivery-claims/", order=order)["results"]
        number = next(claim["number"] for claim in claims if claim["shipment"] == shipment)
        outcome = self.chance.choice(["reship", "credit", "refuse"])
        body = {"reason": "Seen"} if outcome == "refuse" else {"cause": self.chance.choice(["carrier", "mispick"])}
        decided = self._step(self.manager, f"delivery-claims/{number}/{outcome}/", body, f"{key}-{number}")
        if outcome == "reship" and decided is not None:
            again = {one["replacement_order"] for line in decided["lines"] for one in line["decisions"]}
            for replacement in again - {None}:
                self.notes.orders.append(replacement)
                self.ship(replacement, f"{key}-{replacement}-again")

    def give_back(self, order: str, key: str) -> None:
        """One piece of what came, to be sold again, blocked, scrapped, or sent back."""
        lines = [line for line in self.owner.get(f"orders/{order}/")["lines"] if line["received"]]
        if not lines:
            return
        asked = {"order": order, "position": lines[0]["position"], "pieces": 1, "reason": "unsold"}
        made = self._step(self.owner, "returns/", {"lines": [asked]}, f"{key}-return")
        if made is None:
            return
        path = f"returns/{made['number']}"
        way = self.chance.choice(["restocked", "scrapped", "sent_back"])
        goods = {
            "position": 1, "pieces": 1, "disposition": way, "is_accepted": way != "sent_back",
            "lot_number": self.chance.choice(["L1", "L2", ""]),
            **({"warehouse": self.seed["warehouse"]} if way == "restocked" else {}),
        }  # fmt: skip
        steps: Sequence[tuple[Careful, str, Any]] = [
            (self.manager, "authorise", {"note": "As agreed"}),
            (self.owner, "send", {}),
            (self.keeper, "receive", {"warehouse": self.seed["returns"]}),
            (self.keeper, "inspect", {"goods": [goods]}),
        ]
        for who, name, body in steps:
            if self._step(who, f"{path}/{name}/", body, f"{key}-{name}") is None:
                return


@dataclass
class Troublemaker:
    """Whoever counts the warehouse and freezes lots while goods leave it."""

    boss: Careful
    keeper: Careful
    seed: Mapping[str, Any]
    notes: Notes

    def count(self, turn: int) -> None:
        """A count of one product that finds a piece more or less than the books; the newest orders give way."""
        code, key = self.seed["products"][turn % len(self.seed["products"])], f"count-{turn}"
        opened = {"warehouse": self.seed["warehouse"], "scope": "products", "products": [code]}
        status, made = self.keeper.post("stock-counts/", opened, key, {201, 400, 409})
        if status != 201:
            return
        path, after = f"stock-counts/{made['id']}", {200, 400, 409}
        self.keeper.post(f"{path}/record/", {"rows": [{"product": code, "quantity": 0}]}, f"{key}-first", after)
        rows = self.keeper.get("stock-count-rows/", count=made["number"])["results"]
        found = {"product": code, "quantity": max(rows[0]["expected"] + turn % 3 - 1, 0)}
        self.keeper.post(f"{path}/record/", {"rows": [found]}, f"{key}-record", after)
        self.keeper.post(f"{path}/submit/", {}, f"{key}-submit", after)
        decided = {"reason": "unknown", "from_orders": True}
        status, answer = self.boss.post(f"{path}/approve/", decided, f"{key}-approve", after)
        if status != 200:
            self.notes.refused.update(codes_of(answer))
            self.keeper.post(f"{path}/cancel/", {}, f"{key}-cancel", after)

    def freeze(self, turn: int) -> None:
        lot = self.seed["lots"][turn % len(self.seed["lots"])]
        action = "recall" if turn % 5 == 4 else "freeze"
        self.boss.post(f"lots/{lot}/{action}/", {"reason": "Laboratory"}, f"freeze-{turn}", {200, 409})
        time.sleep(0.5)
        self.boss.post(f"lots/{lot}/release/", {}, f"release-{turn}", {200, 409})
