"""Orders that approve themselves, and those that wait and say why."""

import inspect
import re
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from core.enums import DeliveryStatus
from core.models import Delivery, Event
from core.outbox import relay
from messaging.models import Notification
from orders.changes.rules import CheckedOrder, Reason, first_fitting
from orders.changes.selectors.waiting import reason_text
from orders.changes.services.approving import check_waiting
from orders.models import ApprovalCheck, Order
from orders.ordering.enums import OrderEvent, OrderStatus
from orders.ordering.services import rules as placing_rules
from orders.ordering.services.approval import approve_order
from orders.ordering.services.changing import change_order
from orders.ordering.services.holds import lift_holds, place_hold
from tests.factories.orders import ApprovalRuleFactory
from tests.orders.clock import NOW
from tests.orders.people import stage


def rule(**asked: Any) -> Any:
    open_rule: dict[str, Any] = {
        "company_id": None, "type_id": None, "tier_id": None, "channel_kind": "", "most_amount_company": None,
        "needs_usual_quantity": True, "needs_stock": True,
    }  # fmt: skip
    return SimpleNamespace(**open_rule | asked)


def checked(**known: Any) -> CheckedOrder:
    plain: dict[str, Any] = {
        "company_id": 1, "type_id": 1, "tier_id": 2, "channel_kind": "retail", "amount": Decimal(100), "currency": "CNY",
    }  # fmt: skip
    return CheckedOrder(**plain | known)


def test_the_first_rule_that_fits_approves() -> None:
    """An order would be approved by a rule that is not about it, or wait although one lets it through."""
    small, gold = rule(most_amount_company=Decimal(50)), rule(tier_id=2, most_amount_company=Decimal(100))
    cases: list[tuple[list[Any], CheckedOrder, Any, list[str]]] = [
        ([], checked(), None, [Reason.NO_RULE]),
        ([rule(tier_id=9)], checked(), None, [Reason.NO_RULE]),
        ([rule(type_id=9)], checked(), None, [Reason.NO_RULE]),
        ([rule(company_id=9)], checked(), None, [Reason.NO_RULE]),
        ([rule(channel_kind="agent")], checked(), None, [Reason.NO_RULE]),
        ([small, gold], checked(), gold, []),
        ([small, gold], checked(tier_id=3), None, [Reason.AMOUNT]),
        ([gold], checked(amount=Decimal("100.01")), None, [Reason.AMOUNT]),
        ([gold], checked(amount=None), None, [Reason.AMOUNT]),
        ([gold], checked(short=["A"]), None, [Reason.SHORT]),
        ([gold], checked(unusual=[{"product": "A"}]), None, [Reason.UNUSUAL]),
        ([small, gold], checked(short=["A"]), None, [Reason.SHORT]),
    ]
    for rules, known, expected, reasons in cases:
        found, against = first_fitting(rules, known)
        assert (found, [one["code"] for one in against]) == (expected, reasons), (known, reasons)
    loose = rule(needs_stock=False, needs_usual_quantity=False)
    assert first_fitting([loose], checked(short=["A"], unusual=[{"product": "A"}])) == (loose, [])


@pytest.mark.django_db
def test_most_orders_approve_themselves_and_the_others_say_why() -> None:
    """A manager would press the same button a hundred times a day, and would not see the one order that needs a look."""
    scene = stage(products=1)
    ApprovalRuleFactory.create(code="SMALL", most_amount_company=Decimal(100), needs_usual_quantity=True)
    usual = [scene.placed(quantity=5).id for _number in range(4)]
    while relay():
        pass
    assert set(Order.objects.filter(pk__in=usual).values_list("status", flat=True)) == {OrderStatus.APPROVED}
    event = Event.objects.filter(kind=OrderEvent.APPROVED).first()
    assert event is not None
    assert (event.actor_id, event.data["rule_code"]) == (None, "SMALL")

    dear, strange, held = scene.placed(quantity=20).id, scene.placed(quantity=10).id, scene.placed(quantity=5)
    place_hold(order_id=held.id, actor=scene.manager, reason="To be seen", now=NOW)
    for _twice in range(2):
        while relay():
            pass
        Delivery.objects.update(status=DeliveryStatus.WAITING, delivered_at=None)
    while relay():
        pass
    codes = {
        order: [reason["code"] for reason in reasons]
        for order, reasons in ApprovalCheck.objects.filter(rule=None).values_list("order", "reasons")
    }
    assert codes == {dear: [Reason.AMOUNT, Reason.UNUSUAL], strange: [Reason.UNUSUAL], held.id: [Reason.ON_HOLD]}
    assert Event.objects.filter(kind=OrderEvent.WAITS).count() == 2
    assert Notification.objects.filter(kind=OrderEvent.WAITS, recipient=scene.manager).count() == 2
    lift_holds(order_id=held.id, actor=scene.manager, now=NOW)
    change_order(order_id=strange, actor=scene.buyer, lines=scene.shop.wishes(6), now=NOW)
    while relay():
        pass
    assert set(Order.objects.exclude(pk=dear).values_list("status", flat=True)) == {OrderStatus.APPROVED}
    approve_order(order_id=dear, actor=scene.manager, now=NOW)
    assert check_waiting(now=NOW) == 0


def test_every_rule_that_no_longer_holds_is_named() -> None:
    """Whoever approves reads that something is wrong with the order, and has to find out what."""
    codes = re.findall(r'code="(\w+)"', inspect.getsource(placing_rules))
    assert len(codes) == 6, "the search itself works"
    unnamed = reason_text({"code": Reason.NOT_POSSIBLE})
    texts = [reason_text({"code": Reason.NOT_POSSIBLE, "problem": code}) for code in codes]
    assert unnamed not in texts
    assert len(set(texts)) == len(codes)
