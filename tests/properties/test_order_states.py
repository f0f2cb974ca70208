"""An order under any sequence of what people try with it: it goes the ways that are written here, and no other."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.errors import DomainError
from core.state import StateTable, available_actions
from inventory.models import Reservation
from inventory.selectors.invariants import INVARIANTS as STOCK_CHECKS
from orders.fulfilment.permissions import SHIPMENT_STATES
from orders.fulfilment.services.cancelling import cancel_rest
from orders.fulfilment.services.delivering import deliver_order
from orders.fulfilment.services.receiving import receive_order
from orders.fulfilment.services.shipping import ship_order, start_picking
from orders.models import Order, OrderLine
from orders.ordering.entry.lines import save_draft
from orders.ordering.enums import ORDER
from orders.ordering.permissions import ORDER_STATES
from orders.ordering.services.approval import approve_order
from orders.ordering.services.cancelling import cancel_order, reject_order
from orders.ordering.services.holds import lift_holds, place_hold
from orders.ordering.services.submission import submit_order
from orders.pages.selectors.invariants import INVARIANTS as ORDER_CHECKS
from planning.models import SalesActual
from planning.permissions import PLAN_STATES
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage
from tests.sql import offending_rows

# Written a second time, by hand: buttons, API and guards are all drawn from the tables, so nothing else would notice.
ORDER_WAYS = """
draft: submit>submitted cancel>cancelled
submitted: approve>approved reject>cancelled hold>submitted release>submitted cancel>cancelled
approved: hold>approved release>approved pick>picking ship_partly>partly_shipped ship>shipped cancel>cancelled
picking: ship_partly>partly_shipped ship>shipped cancel>cancelled
partly_shipped: ship_partly>partly_shipped ship>shipped cancel_rest>shipped
shipped: deliver>delivered receive>received
delivered: receive>received
received:
cancelled:
"""
SHIPMENT_WAYS = """
shipped: deliver>delivered receive>received
delivered: receive>received
received:
"""
PLAN_WAYS = """
draft: agree>agreed
agreed: lock>locked reopen>replaced
locked: reopen>replaced
replaced:
"""
COUNTED = {"approved", "picking", "partly_shipped", "shipped", "delivered", "received"}
ENDS = {"received", "cancelled"}


def ways(text: str) -> dict[str, dict[str, str]]:
    rows = [line.split(":") for line in text.strip().splitlines()]
    return {state: dict(way.split(">") for way in open_ways.split()) for state, open_ways in rows}


@pytest.mark.parametrize(
    ("table", "written"), [(ORDER_STATES, ORDER_WAYS), (SHIPMENT_STATES, SHIPMENT_WAYS), (PLAN_STATES, PLAN_WAYS)]
)
def test_the_ways_are_those_agreed(table: StateTable, written: str) -> None:
    """Goods that have left could be cancelled, or shipped before anybody approved: one word too many in a table."""
    drawn = {state: {move.action: move.target for move in table.actions_from(state)} for state in table.states.values}
    assert drawn == ways(written)


WAYS = ways(ORDER_WAYS)
VERBS = (
    "submit",
    "approve",
    "reject",
    "hold",
    "release",
    "pick",
    "ship_partly",
    "ship",
    "deliver",
    "receive",
    "cancel",
)
TRIES = st.lists(st.sampled_from([*VERBS, "approve", "ship_partly", "cancel_rest"]), min_size=4, max_size=14)


class Trial:
    """One order, and whoever does each step with it."""

    def __init__(self) -> None:
        self.scene: Stage = stage(products=2)
        wishes = self.scene.shop.wishes(6)
        buyer = self.scene.buyer
        self.id = save_draft(distributor_id=self.scene.shop.distributor.pk, actor=buyer, lines=wishes, now=NOW).pk
        manager, warehouse, keeper = self.scene.manager, self.scene.warehouse, self.scene.keeper
        self.steps: Mapping[str, tuple[Callable[..., Any], Any, dict[str, Any]]] = {
            "submit": (submit_order, buyer, {}),
            "approve": (approve_order, manager, {}),
            "reject": (reject_order, manager, {"reason": "No stock this year"}),
            "hold": (place_hold, manager, {"reason": "An invoice is open"}),
            "release": (lift_holds, manager, {}),
            "pick": (start_picking, warehouse, {}),
            "ship_partly": (ship_order, warehouse, {}),
            "ship": (ship_order, warehouse, {}),
            "deliver": (deliver_order, warehouse, {}),
            "receive": (receive_order, keeper, {}),
            "cancel": (cancel_order, manager, {"reason": "Called off"}),
            "cancel_rest": (cancel_rest, manager, {"reason": "Not made any more"}),
        }

    @property
    def state(self) -> str:
        return str(Order.objects.values_list("status", flat=True).get(pk=self.id))

    def attempt(self, action: str) -> bool:
        """Whether it was done."""
        service, actor, more = self.steps[action]
        if action == "cancel" and self.state == "draft":
            actor = self.scene.buyer  # a draft is the distributor's own business
        if action == "ship_partly":
            line = OrderLine.objects.filter(order=self.id).order_by("pk").first()
            more = {"quantities": {line.pk: 1}} if line else {}
        try:
            with transaction.atomic():
                service(order_id=self.id, actor=actor, now=NOW, **more)
        except DomainError:
            return False
        return True

    def counted(self) -> int:
        return SalesActual.objects.aggregate(units=Sum("units"))["units"] or 0

    def agree(self) -> None:
        state, order = self.state, Order.objects.get(pk=self.id)
        for person in (self.scene.buyer, self.scene.manager, self.scene.warehouse, self.scene.keeper):
            assert {action.action for action in available_actions(ORDER_STATES, order, person)} <= set(WAYS[state])
        kept = sum(line.ordered - line.cancelled for line in OrderLine.objects.filter(order=order))
        assert self.counted() == (kept if state in COUNTED else 0)
        if state in ENDS:
            assert not Reservation.objects.filter(source_type=ORDER, source_id=self.id, quantity__gt=0).exists()


@pytest.mark.django_db
@settings(
    max_examples=30,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # making a failing sequence shorter takes minutes
    suppress_health_check=[HealthCheck.too_slow],
)
@given(tries=TRIES)
def test_an_order_goes_no_other_way(tries: list[str]) -> None:
    """Stock, sales and state of an order would tell three stories."""
    with transaction.atomic():
        trial = Trial()
        trial.attempt("submit")
        for action in tries:
            before = trial.state
            done = trial.attempt(action)
            if done:  # the parts of an order arrive and are received one by one
                assert action in WAYS[before] or (before == "partly_shipped" and action in {"deliver", "receive"}), (
                    before
                )
            allowed = {before, *([WAYS[before][action]] if action in WAYS[before] else [])}
            if action == "ship_partly" and before in {"approved", "picking", "partly_shipped"}:
                allowed.add("shipped")  # where one piece was all that was left
            if action in {"receive", "cancel_rest"}:
                allowed |= {"delivered", "received"} if before in {"partly_shipped", "shipped", "delivered"} else set()
            assert trial.state in (allowed if done else {before}), (before, action)
            trial.agree()
        assert offending_rows([*ORDER_CHECKS, *STOCK_CHECKS]) == {}
        transaction.set_rollback(True)
