"""A buyer changes an order while others approve it: whoever comes second is told, and nothing is half of each."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Sum

from core.errors import DomainError, StaleVersion
from core.models import Event
from inventory.models import Reservation
from inventory.selectors.invariants import INVARIANTS as STOCK_CHECKS
from orders.changes.services.approving import check_order_by_rules
from orders.changes.services.requests import RequestedLine, request_change
from orders.models import ChangeRequest, Order, OrderLine
from orders.ordering.services.approval import approve_order
from orders.ordering.services.changing import change_order
from orders.pages.selectors.invariants import INVARIANTS as ORDER_CHECKS
from tests.concurrency.together import Unlocked, failed, succeeded, together
from tests.factories.accounts import DirectorFactory
from tests.factories.orders import ApprovalRuleFactory
from tests.orders.clock import NOW
from tests.orders.people import stage
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db(transaction=True)


def _all_at_once() -> tuple[int, list[Callable[[], Any]]]:
    """Two approvers, a rule and the buyer, all about one order that each has seen as it was placed."""
    scene = stage(products=3)
    ApprovalRuleFactory.create()
    placed, director = scene.placed(quantity=5), DirectorFactory.create()
    seen = {"order_id": placed.id, "now": NOW, "expected_version": placed.version}
    return placed.id, [
        lambda: approve_order(actor=scene.manager, **seen),
        lambda: approve_order(actor=director, **seen),
        lambda: change_order(actor=scene.buyer, lines=scene.shop.wishes(9), **seen),
        lambda: change_order(actor=scene.buyer, lines=scene.shop.wishes(2), **seen),
        lambda: check_order_by_rules(order_id=placed.id, now=NOW),
    ]


def test_a_change_and_an_approval_are_one_after_the_other() -> None:
    """Goods would be picked that nobody ordered any more, or reserved twice."""
    order_id, attempts = _all_at_once()
    results = together(*attempts)
    assert all(isinstance(error, DomainError) for error in failed(results))
    assert 1 <= len(succeeded(results)) <= 3, "the rule always ends: it approves first, or what was changed, or nothing"
    kinds = list(Event.objects.filter(subject_type="order", subject_id=order_id).values_list("kind", flat=True))
    assert kinds.count("order.approved") <= 1
    assert kinds.count("order.changed") <= 1
    assert {"order.approved", "order.changed"} & set(kinds), "whoever comes first gets through"
    lines = OrderLine.objects.filter(order=order_id).aggregate(pieces=Sum("ordered"))
    assert Reservation.objects.aggregate(pieces=Sum("quantity")) == lines
    assert offending_rows([*ORDER_CHECKS, *STOCK_CHECKS]) == {}


def test_without_the_lock_both_get_through() -> None:
    """The race is real: both have seen the version that they found, and nobody is told."""
    _order_id, (approve, _second, _more, change, _rule) = _all_at_once()
    results = together(approve, change, previous_period=Unlocked(Order))
    assert not any(isinstance(error, StaleVersion) for error in failed(results))


def test_one_request_is_open_at_a_time() -> None:
    scene = stage(products=1)
    placed = scene.placed(quantity=5)
    approve_order(order_id=placed.id, actor=scene.manager, now=NOW)
    asked = [RequestedLine(line_id=placed.lines[0].id, quantity=3)]

    def ask() -> ChangeRequest:
        return request_change(order_id=placed.id, actor=scene.buyer, lines=asked, reason="So", now=NOW)

    results = together(*[ask] * 4)
    assert (len(succeeded(results)), ChangeRequest.objects.count()) == (1, 1)
