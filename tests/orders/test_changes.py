"""A placed order is changed by its buyer, and by its approver. Where this breaks, an order is thrown away and typed again."""

from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.services.grants import limit_orders
from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible, StaleVersion
from core.models import Event
from inventory.models import Reservation
from inventory.selectors.invariants import INVARIANTS as STOCK_CHECKS
from orders.models import Order, OrderHold, OrderLine
from orders.ordering.enums import ORDER, OrderEvent, OrderStatus
from orders.ordering.errors import CostsMore, OrderRefused
from orders.ordering.services.approval import approve_order
from orders.ordering.services.changing import OrderDetails, change_order
from orders.ordering.services.holds import confirm_order, lapse_reservations, lift_holds
from orders.ordering.services.limits import RESERVATION_LIFE
from orders.ordering.services.line_changes import LineEdit
from orders.ordering.services.quote import LineInput
from orders.pages.selectors.invariants import INVARIANTS as ORDER_CHECKS
from planning.models import SalesActual
from tests.factories.accounts import BuyerFactory, OwnerFactory
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db


def reserved(scene: Stage) -> list[int]:
    return [scene.shop.stock_of(product).reserved for product in scene.shop.products]


def sound() -> None:
    assert offending_rows([*ORDER_CHECKS, *STOCK_CHECKS]) == {}


def test_the_buyer_changes_what_is_not_approved_yet() -> None:
    """Stock, history and amounts would stay those of the order as it was first typed."""
    scene = stage(products=3, on_hand=20)
    first, second, third = scene.shop.products
    placed = scene.placed(quantity=5)
    kept = placed.lines[0].id

    order = change_order(
        order_id=placed.id,
        actor=scene.buyer,
        lines=[LineInput(first.pk, 18), LineInput(third.code, 5)],
        now=NOW,
        expected_version=placed.version,
        details=OrderDetails(note="Ring twice", purchase_order_number="PO-8"),
    )

    lines = list(OrderLine.objects.filter(order=order).order_by("position"))
    assert [(line.product_id, line.ordered) for line in lines] == [(first.pk, 18), (third.pk, 5)]
    assert lines[0].pk == kept
    order.refresh_from_db()
    assert (order.net_amount, order.note, order.line_count, order.unit_count) == (
        Decimal("230.00"),
        "Ring twice",
        2,
        23,
    )
    assert reserved(scene) == [18, 0, 5]
    event = Event.objects.get(kind=OrderEvent.CHANGED)
    assert event.data["summary"] == f"{first.code}: 5 → 18; {second.code}: 5 → 0"
    assert (event.data["amount_before"], event.data["amount_after"]) == ("150.0000", "230.0000")
    with pytest.raises(StaleVersion):
        change_order(
            order_id=placed.id, actor=scene.buyer, lines=scene.shop.wishes(1), now=NOW, expected_version=placed.version
        )
    with pytest.raises(OrderRefused, match="Only 20 of 21"):
        change_order(order_id=placed.id, actor=scene.buyer, lines=[LineInput(first.pk, 21)], now=NOW)
    with pytest.raises(NotAllowed):
        change_order(order_id=placed.id, actor=scene.keeper, lines=scene.shop.wishes(1), now=NOW)
    with pytest.raises(NotVisible):
        change_order(order_id=placed.id, actor=BuyerFactory.create(), lines=scene.shop.wishes(1), now=NOW)
    again = change_order(
        order_id=placed.id, actor=scene.buyer, lines=[LineInput(first.pk, 18), LineInput(third.pk, 5)], now=NOW
    )
    assert Event.objects.filter(kind=OrderEvent.CHANGED).count() == 1, "nothing changed, so nothing happened"
    approve_order(order_id=placed.id, actor=scene.manager, now=NOW, expected_version=again.version)
    with pytest.raises(Conflict):
        change_order(order_id=placed.id, actor=scene.buyer, lines=scene.shop.wishes(1), now=NOW)
    sound()


def test_a_change_takes_no_higher_price_unasked_and_brings_stock_back() -> None:
    scene = stage(products=1, on_hand=20)
    (product,) = scene.shop.products
    placed = scene.placed(quantity=5)
    product.prices.update(amount=Decimal("12.0000"))
    with pytest.raises(CostsMore):
        change_order(order_id=placed.id, actor=scene.buyer, lines=scene.shop.wishes(6), now=NOW)
    assert lapse_reservations(now=NOW + RESERVATION_LIFE) == 1
    order = change_order(order_id=placed.id, actor=scene.buyer, lines=scene.shop.wishes(6), now=NOW, accept_prices=True)
    order.refresh_from_db()
    assert (order.net_amount, order.is_on_hold) == (Decimal("72.00"), False)
    assert reserved(scene) == [6]
    sound()


def test_above_the_limit_of_the_buyer_the_distributor_confirms_first() -> None:
    """A trainee would bind the company to any amount, or an order would have to be typed again by the owner."""
    scene = stage(products=1)
    owner: User = OwnerFactory.create(distributor=scene.shop.distributor)
    limit_orders(actor=owner, person_id=scene.buyer.pk, amount=Decimal(40), on=timezone.localdate(NOW))
    scene.buyer = User.objects.get(pk=scene.buyer.pk)
    placed = scene.placed(quantity=5)
    order = Order.objects.get(pk=placed.id)
    assert (placed.is_on_hold, order.is_on_hold, order.version) == (True, True, placed.version)
    assert [problem.code for problem in placed.warnings] == ["above_limit"]
    assert "40.00" in str(OrderHold.objects.get())
    with pytest.raises(Conflict):
        approve_order(order_id=order.pk, actor=scene.manager, now=NOW)
    with pytest.raises(Conflict):
        lift_holds(order_id=order.pk, actor=scene.manager, now=NOW)
    with pytest.raises(NotAllowed):
        confirm_order(order_id=order.pk, actor=scene.buyer, now=NOW)
    change_order(order_id=order.pk, actor=scene.buyer, lines=scene.shop.wishes(4), now=NOW)
    assert not Order.objects.get(pk=order.pk).is_on_hold
    change_order(order_id=order.pk, actor=scene.buyer, lines=scene.shop.wishes(6), now=NOW)
    assert Order.objects.get(pk=order.pk).is_on_hold
    confirm_order(order_id=order.pk, actor=owner, now=NOW)
    approve_order(order_id=order.pk, actor=scene.manager, now=NOW)
    assert list(Event.objects.filter(subject_type=ORDER).order_by("id").values_list("kind", flat=True)) == [
        "order.submitted", "order.above_limit", "order.changed", "order.above_limit", "order.changed",
        "order.confirmed", "order.approved",
    ]  # fmt: skip
    sound()


def test_the_approver_leaves_less_with_a_reason() -> None:
    """An approver would have to refuse all of an order for one line of it."""
    scene = stage(products=3, on_hand=20)
    placed = scene.placed(quantity=6)
    one, two, three = placed.lines
    for edits, code in (
        ([LineEdit(line_id=one.id, quantity=2)], "required"),
        ([LineEdit(line_id=one.id, quantity=7, reason="More")], "quantity_out_of_range"),
        ([LineEdit(line_id=0, quantity=1, reason="Whose?")], "unknown"),
        ([LineEdit(line_id=line.id, quantity=0, reason="None") for line in placed.lines], "nothing_left"),
    ):
        with pytest.raises(InvalidInput) as refused:
            approve_order(order_id=placed.id, actor=scene.manager, now=NOW, edits=edits)
        assert refused.value.problems[0].code == code
    order = approve_order(
        order_id=placed.id,
        actor=scene.manager,
        now=NOW,
        edits=[
            LineEdit(line_id=one.id, quantity=2, reason="Allocated"),
            LineEdit(line_id=two.id, quantity=0, reason="Recalled"),
            LineEdit(line_id=three.id, quantity=6),
        ],
    )
    order.refresh_from_db()
    assert (order.status, order.net_amount) == (OrderStatus.APPROVED, Decimal("80.00"))
    assert list(OrderLine.objects.order_by("position").values_list("ordered", "cancelled")) == [(6, 4), (6, 6), (6, 0)]
    assert reserved(scene) == [2, 0, 6]
    assert not Reservation.objects.filter(quantity__gt=0, expires_at__isnull=False).exists()
    assert sum(SalesActual.objects.values_list("net_amount", flat=True)) == Decimal("80.00")
    told = Event.objects.get(kind=OrderEvent.LINES_CHANGED)
    assert told.data["summary"] == f"{one.code}: 6 → 2 (Allocated); {two.code}: 6 → 0 (Recalled)"
    sound()
