"""Gifts follow their line through every change; a buyer's limit and a shipment's warehouse hold as at placing."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.services.grants import limit_orders
from core.errors import Conflict, InvalidInput, NotAllowed, StaleVersion
from core.models import Event
from core.outbox import relay
from inventory.models import Stock
from inventory.selectors.invariants import INVARIANTS as STOCK_CHECKS
from messaging.models import Notification
from orders.changes.enums import RequestStatus
from orders.changes.services.requests import (
    RequestedLine,
    accept_request,
    confirm_request,
    refuse_request,
    request_change,
)
from orders.fulfilment.errors import ShipmentRefused
from orders.fulfilment.services.shipping import ship_order
from orders.models import Order, OrderLine, ShipmentLine
from orders.ordering.enums import OrderEvent
from orders.ordering.services.approval import approve_order
from orders.ordering.services.changing import change_order
from orders.ordering.services.line_changes import LineEdit
from orders.ordering.services.order_types import ensure_order_types
from orders.ordering.services.placing import place_order
from orders.ordering.services.quote import LineInput
from orders.pages.selectors.invariants import INVARIANTS as ORDER_CHECKS
from tests.factories.accounts import OwnerFactory
from tests.factories.inventory import StockFactory, SupplyRouteFactory, WarehouseFactory
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db
ASKED = (OrderEvent.CHANGE_ABOVE_LIMIT, OrderEvent.CHANGE_CONFIRMED, OrderEvent.CHANGE_REFUSED)


def with_gifts(scene: Stage) -> Order:
    """Ten of the first with one of itself and five of the second for nothing, and ten of the second."""
    ensure_order_types()
    first, second = scene.shop.products
    lines = [
        LineInput(first.pk, 10), LineInput(second.pk, 10),
        LineInput(first.pk, 1, gift_with=first.pk), LineInput(second.pk, 5, gift_with=first.pk),
    ]  # fmt: skip
    placed = place_order(distributor_id=scene.shop.distributor.pk, actor=scene.manager, lines=lines, now=NOW)
    return Order.objects.get(pk=placed.id)


def held(order: Order) -> list[tuple[int, bool, Decimal]]:
    """Pieces left, whether a gift, and what is paid, by line."""
    rows = OrderLine.objects.filter(order=order).order_by("position")
    return [(row.ordered - row.cancelled, row.gift_of_id is not None, row.net_amount) for row in rows]


def sound() -> None:
    assert offending_rows([*ORDER_CHECKS, *STOCK_CHECKS]) == {}


def test_a_gift_follows_its_line_until_the_approval_and_after_it() -> None:
    """An order with gifts could only be cancelled; or the gift would be left behind where its line goes."""
    scene = stage(products=2, on_hand=40)
    order = with_gifts(scene)
    first, second = scene.shop.products

    def change(*lines: LineInput) -> None:
        change_order(order_id=order.pk, actor=scene.buyer, lines=lines, now=NOW)
        sound()

    change(LineInput(first.pk, 6), LineInput(second.pk, 10))
    assert held(order) == [(6, False, 60), (10, False, 100), (3, True, 0)]
    order.refresh_from_db()
    assert (order.line_count, order.unit_count, order.net_amount) == (3, 19, 160)
    told = Event.objects.get(kind=OrderEvent.CHANGED).data["summary"]
    assert told == f"{first.code}: 10 → 6; {first.code}: 1 → 0; {second.code}: 5 → 3"
    change(LineInput(first.pk, 12), LineInput(second.pk, 10))
    assert held(order) == [(12, False, 120), (10, False, 100), (3, True, 0)]
    change(LineInput(second.pk, 10))
    assert held(order) == [(10, False, 100)]

    other = with_gifts(scene)
    paid, _second, _same, given = other.lines.order_by("position")
    approve_order(
        order_id=other.pk, actor=scene.manager, now=NOW, edits=[LineEdit(line_id=paid.pk, quantity=8, reason="Short")]
    )
    assert held(other) == [(8, False, 80), (10, False, 100), (0, True, 0), (4, True, 0)]
    assert Event.objects.get(kind=OrderEvent.LINES_CHANGED).data["summary"].endswith(f"{second.code}: 5 → 4 (Short)")
    sound()

    def ask(line: OrderLine, quantity: int) -> Any:
        lines = [RequestedLine(line_id=line.pk, quantity=quantity)]
        return request_change(order_id=other.pk, actor=scene.buyer, lines=lines, reason="So", now=NOW)

    with pytest.raises(InvalidInput) as refused:
        ask(given, 6)
    assert refused.value.problems[0].code == "more_of_gift"
    request = ask(paid, 4)
    assert [(row.quantity_before, row.quantity_after) for row in request.lines.order_by("id")] == [(8, 4), (4, 2)]
    accept_request(request_id=request.pk, actor=scene.manager, now=NOW)
    assert held(other) == [(4, False, 40), (10, False, 100), (0, True, 0), (2, True, 0)]
    sound()


def test_more_than_the_limit_waits_for_the_distributor_then_for_the_seller() -> None:
    """A trainee who may order for 50 would order for any amount after the approval, or could not even ask."""
    scene = stage(products=2)
    owner: User = OwnerFactory.create(distributor=scene.shop.distributor)
    limit_orders(actor=owner, person_id=scene.buyer.pk, amount=Decimal(130), on=timezone.localdate(NOW))
    scene.buyer = User.objects.get(pk=scene.buyer.pk)
    placed = scene.placed(quantity=5)
    assert not placed.is_on_hold
    approve_order(order_id=placed.id, actor=scene.manager, now=NOW)
    first, second = (line.id for line in placed.lines)

    def ask(actor: Any, *wanted: tuple[int, int]) -> Any:
        lines = [RequestedLine(line_id=line, quantity=quantity) for line, quantity in wanted]
        return request_change(order_id=placed.id, actor=actor, lines=lines, reason="More", now=NOW)

    for actor, wanted in (
        (scene.buyer, ((first, 10), (second, 3))),
        (scene.buyer, ((first, 8),)),
        (owner, ((first, 50),)),
    ):
        within = ask(actor, *wanted)
        assert (within.status, within.amount_company) == (RequestStatus.REQUESTED, None)
        within.delete()

    above = ask(scene.buyer, (first, 9))
    assert (above.status, above.amount_company) == (RequestStatus.UNCONFIRMED, Decimal(140))
    with pytest.raises(Conflict):
        ask(owner, (second, 4))
    with pytest.raises(Conflict):
        accept_request(request_id=above.pk, actor=scene.manager, now=NOW)
    for actor in (scene.buyer, scene.keeper, scene.manager):
        with pytest.raises(NotAllowed):
            confirm_request(request_id=above.pk, actor=actor, now=NOW)
    with pytest.raises(NotAllowed):
        refuse_request(request_id=above.pk, actor=scene.manager, now=NOW, reason="Too much")
    refuse_request(request_id=above.pk, actor=owner, now=NOW, reason="Too much")

    above = ask(scene.buyer, (first, 9))
    with pytest.raises(StaleVersion):
        confirm_request(request_id=above.pk, actor=owner, now=NOW, expected_version=above.version + 1)
    confirm_request(request_id=above.pk, actor=owner, now=NOW)
    with pytest.raises(Conflict):
        confirm_request(request_id=above.pk, actor=owner, now=NOW)
    accept_request(request_id=above.pk, actor=scene.manager, now=NOW)
    assert Order.objects.get(pk=placed.id).net_amount == Decimal(140)
    while relay():
        pass
    told = {kind: set(Notification.objects.filter(kind=kind).values_list("recipient", flat=True)) for kind in ASKED}
    assert told == {
        OrderEvent.CHANGE_ABOVE_LIMIT: {owner.pk},
        OrderEvent.CHANGE_CONFIRMED: {scene.manager.pk},
        OrderEvent.CHANGE_REFUSED: {scene.buyer.pk},
    }
    sound()


def test_one_shipment_leaves_one_warehouse(client: Client) -> None:
    """A lorry's papers would list what it never loaded, and the wrong warehouse would be asked for it."""
    scene = stage(products=2, on_hand=20)
    _first, second = scene.shop.products
    Stock.objects.filter(product=second).delete()
    other = WarehouseFactory.create(name="North")
    SupplyRouteFactory.create(distributor=scene.shop.distributor, warehouse=other, priority=2, lead_days=9)
    StockFactory.create(warehouse=other, product=second, on_hand=20)
    placed = scene.placed(quantity=5)
    approve_order(order_id=placed.id, actor=scene.manager, now=NOW)
    here, there = (line.id for line in placed.lines)
    with pytest.raises(ShipmentRefused, match="North"):
        ship_order(order_id=placed.id, actor=scene.warehouse, now=NOW)
    client.force_login(scene.warehouse)
    page = reverse("orders:ship", args=[placed.number])
    shown = client.get(page)
    assert [field.quantity.value() for field in shown.context["form"].line_fields()] == [5, 0]
    assert "North" in shown.content.decode()
    refused = client.post(page, {f"quantity-{here}": "5", f"quantity-{there}": "1"})
    assert (refused.status_code, "one warehouse after the other" in refused.content.decode()) == (400, True)
    far = ship_order(order_id=placed.id, actor=scene.warehouse, now=NOW, warehouse_id=other.pk)
    assert (far.warehouse_id, far.lines.get().order_line_id) == (other.pk, there)
    near = ship_order(order_id=placed.id, actor=scene.warehouse, now=NOW)
    assert near.warehouse_id == scene.shop.warehouse.pk
    with pytest.raises(IntegrityError, match="shipment_of_one_warehouse"), transaction.atomic():
        ShipmentLine.objects.create(shipment=near, order_line_id=there, quantity=1)
    with pytest.raises(IntegrityError, match="order_untaxed_has_no_tax"), transaction.atomic():
        Order.objects.filter(pk=placed.id).update(is_taxed=False, tax_amount=1, total_amount=101)
