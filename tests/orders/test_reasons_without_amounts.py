"""Why an order waits names amounts: who carries the goods reads the reason without them, on pages and by the API."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from orders.changes.rules import Reason
from orders.models import ApprovalCheck, Order, OrderHold
from orders.ordering.enums import HoldKind
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage
from tests.orders.test_api_orders import caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Stage:
    """One order above an approval rule, two on hold over a limit."""
    scene = stage()
    above, over, limited = (Order.objects.get(pk=scene.placed(quantity=quantity).id) for quantity in (3, 4, 5))
    reasons = [{"code": Reason.AMOUNT, "most": "76543.21", "currency": "USD"}]
    ApprovalCheck.objects.create(order=above, checked_at=NOW, reasons=reasons)
    for order, kind, params in (
        (over, HoldKind.CREDIT, {"over": "65432.1", "currency": "USD"}),
        (limited, HoldKind.LIMIT, {"limit": "54321.0", "currency": "USD"}),
    ):
        OrderHold.objects.create(order=order, kind=kind, code=kind, params=params, placed_at=NOW)
        Order.objects.filter(pk=order.pk).update(is_on_hold=True)
    return scene


def _answers(reader: User) -> str:
    client = Client()
    client.force_login(reader)
    pages = [client.get(reverse("orders:list")), client.get(reverse("orders:list"), {"export": "csv"})]
    numbers = [order.reference for order in Order.objects.all()]
    pages += [client.get(reverse("orders:order", args=[number])) for number in numbers]
    pages += [caller(reader)("get", f"orders/{number}/") for number in numbers]
    pages.append(caller(reader)("get", "orders/"))
    assert {page.status_code for page in pages} == {200}
    return "".join(page.getvalue().decode().replace(",", "") for page in pages)


@pytest.mark.parametrize("role", ["warehouse", "keeper"])
def test_who_carries_goods_reads_no_amount_in_a_reason(scene: Stage, role: str) -> None:
    """The limit of a customer would stand on the list that the warehouse works off."""
    text = _answers(getattr(scene, role))
    assert [amount for amount in ("76543", "65432", "54321") if amount in text] == []
    assert str(HoldKind.CREDIT.label) in text


def test_others_read_them(scene: Stage) -> None:
    """Who decides has to know how much it is."""
    text = _answers(scene.manager)
    assert [amount for amount in ("76543", "65432", "54321") if amount not in text] == []
