"""An order from its placing to the distributor's shelf, and every way in which it may end before."""

from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum
from django.utils import timezone, translation

from catalogue.models import Product
from company.models import BusinessPeriod
from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible, StaleVersion
from core.models import Event
from inventory.enums import MoveKind
from inventory.models import Reservation, StockMove
from orders.fulfilment.enums import ShipmentStatus
from orders.fulfilment.errors import ShipmentRefused
from orders.fulfilment.services.delivering import deliver_order, deliver_shipment
from orders.fulfilment.services.receiving import ReceivedLine, receive_shipment
from orders.fulfilment.services.shipping import ship_order, start_picking
from orders.models import Order, OrderHold, OrderLine, Shipment, ShipmentLine, TrackingEvent
from orders.ordering.enums import Lateness, OrderStatus
from orders.ordering.services.approval import approve_order
from orders.ordering.services.cancelling import cancel_order
from orders.ordering.services.holds import lapse_reservations, lift_holds, place_hold
from orders.pages.selectors.invariants import INVARIANTS
from orders.tracking.enums import TrackingCode
from orders.tracking.services.recording import TrackingUpdate, record_tracking
from planning.models import SalesActual
from tests.factories.accounts import BuyerFactory, ManagerFactory
from tests.factories.core import BusinessPeriodFactory
from tests.factories.inventory import CategoryFactory
from tests.factories.orders import CarrierFactory
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage
from tests.orders.refusals import refused
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db


def sold() -> Decimal:
    return SalesActual.objects.aggregate(total=Sum("net_amount"))["total"] or Decimal(0)


def approved(people: Stage, quantity: int = 5) -> Order:
    return approve_order(order_id=people.placed(quantity).id, actor=people.manager, now=NOW)


def kinds(order_id: int) -> list[str]:
    return list(Event.objects.filter(subject_type="order", subject_id=order_id).values_list("kind", flat=True))


def test_an_order_goes_all_the_way() -> None:
    """Somebody on either side would see a step that did not happen, or stock that does not add up."""
    people = stage()
    order = approved(people)
    assert (order.status, order.approved_at, sold()) == (OrderStatus.APPROVED, NOW, Decimal(100))
    assert set(Reservation.objects.values_list("expires_at", flat=True)) == {None}

    start_picking(order_id=order.pk, actor=people.warehouse, now=NOW)
    carrier = CarrierFactory.create()
    first, second = OrderLine.objects.filter(order=order).order_by("position")
    part = ship_order(
        order_id=order.pk, actor=people.warehouse, now=NOW, quantities={first.pk: 3},
        carrier_id=carrier.pk, tracking_number=" TN-1 ",
    )  # fmt: skip
    order.refresh_from_db()
    assert (order.status, part.tracking_number, part.carrier_id) == (OrderStatus.PARTLY_SHIPPED, "TN-1", carrier.pk)
    rest = ship_order(order_id=order.pk, actor=people.warehouse, now=NOW)
    order.refresh_from_db()
    assert order.status == OrderStatus.SHIPPED
    assert list(rest.lines.values_list("order_line_id", "quantity")) == [(first.pk, 2), (second.pk, 5)]
    product = people.shop.products[0]
    assert (people.shop.stock_of(product).on_hand, people.shop.stock_of(product).reserved) == (995, 0)
    moves = StockMove.objects.filter(product=product, kind=MoveKind.SHIPMENT)
    assert set(moves.values_list("reference", "quantity")) == {(part.number, -3), (rest.number, -2)}

    deliver_shipment(shipment_id=part.pk, actor=people.warehouse, now=NOW)
    order.refresh_from_db()
    assert order.status == OrderStatus.SHIPPED
    deliver_shipment(shipment_id=rest.pk, actor=people.manager, now=NOW)
    order.refresh_from_db()
    assert (order.status, order.delivered_at, order.lateness) == (OrderStatus.DELIVERED, NOW, Lateness.ON_TIME)

    receive_shipment(shipment_id=part.pk, actor=people.keeper, now=NOW)
    damaged = ShipmentLine.objects.get(shipment=rest, order_line=second)
    receive_shipment(
        shipment_id=rest.pk, actor=people.keeper, now=NOW,
        lines={damaged.pk: ReceivedLine(quantity=4, reason="One was broken")},
    )  # fmt: skip
    order.refresh_from_db()
    assert (order.status, order.received_at, order.version) == (OrderStatus.RECEIVED, NOW, 7)
    assert list(order.lines.order_by("position").values_list("received", flat=True)) == [5, 4]
    assert kinds(order.pk) == [
        "order.submitted", "order.approved", "order.picking", "order.shipped", "order.shipped",
        "order.delivered", "order.delivered", "order.received", "order.received",
    ]  # fmt: skip


def test_a_hold_stops_the_warehouse_and_changes_nothing_else() -> None:
    """Goods would leave while an invoice is open; or the sale and the stock would be gone, and be approved again."""
    people = stage()
    order = approved(people)

    held = place_hold(order_id=order.pk, actor=people.manager, reason="Overdue invoice", now=NOW)
    assert (held.status, held.is_on_hold, sold()) == (OrderStatus.APPROVED, True, 100)
    for step in (start_picking, ship_order):
        with refused(Conflict, match="Overdue invoice"):
            step(order_id=order.pk, actor=people.warehouse, now=NOW)
    assert lapse_reservations(now=NOW + timedelta(days=9)) == 0  # it is approved: its stock is for good
    with refused(Conflict):
        place_hold(order_id=order.pk, actor=people.manager, reason="Once more", now=NOW)
    lifted = lift_holds(order_id=order.pk, actor=people.manager, now=NOW)
    with refused(Conflict):
        lift_holds(order_id=order.pk, actor=people.manager, now=NOW)

    assert (lifted.status, lifted.is_on_hold) == (OrderStatus.APPROVED, False)
    hold = OrderHold.objects.get()
    assert (hold.placed_by, hold.lifted_by, hold.lifted_at, hold.reason) == (
        people.manager,
        people.manager,
        NOW,
        "Overdue invoice",
    )
    assert (sold(), people.shop.stock_of(people.shop.products[0]).reserved) == (100, 5)
    start_picking(order_id=order.pk, actor=people.warehouse, now=NOW)


def test_an_order_has_several_holds_at_once_and_approval_lifts_them() -> None:
    """The second reason would overwrite the first, and nobody would know who let the order go."""
    people = stage(on_hand=5)
    order_id = people.placed(5).id
    place_hold(order_id=order_id, actor=people.manager, reason="Overdue invoice", now=NOW)
    later = NOW + timedelta(days=4)
    lapse_reservations(now=later)
    holds = OrderHold.objects.filter(order_id=order_id)
    assert [hold.kind for hold in holds] == ["manual", "reservation"]
    with translation.override("zh-hans"):
        by_hand, expired = (hold.reason for hold in holds)
        assert by_hand == "Overdue invoice"
        assert "已过期" in expired
    order = approve_order(order_id=order_id, actor=people.manager, now=later)
    assert (order.is_on_hold, holds.open().count(), {hold.lifted_by for hold in holds.all()}) == (
        False,
        0,
        {people.manager},
    )
    assert offending_rows(INVARIANTS) == {}


def test_a_cancelled_order_waits_for_nobody() -> None:
    """An order that is called off would stay in the list of what is on hold."""
    people = stage()
    order_id = people.placed().id
    place_hold(order_id=order_id, actor=people.manager, reason="Overdue invoice", now=NOW)
    order = cancel_order(order_id=order_id, actor=people.buyer, now=NOW, reason="Too late")
    assert (order.is_on_hold, OrderHold.objects.open().count()) == (False, 0)


def test_cancelling_gives_everything_back() -> None:
    """Stock would stay locked away, and sales counted, for an order that is none."""
    people = stage()
    order = approved(people)

    cancel_order(order_id=order.pk, actor=people.manager, now=NOW, reason="Ordered twice")

    order.refresh_from_db()
    assert (order.status, order.cancel_reason, order.cancelled_at) == (OrderStatus.CANCELLED, "Ordered twice", NOW)
    assert (sold(), people.shop.stock_of(people.shop.products[0]).reserved) == (0, 0)
    assert list(order.lines.values_list("cancelled", flat=True)) == [5, 5]


def test_a_buyer_cancels_until_it_is_approved() -> None:
    """A buyer could call off goods that are being picked, or not even what was just ordered."""
    people = stage()
    waiting, taken = people.placed().id, approved(people).pk

    cancel_order(order_id=waiting, actor=people.buyer, now=NOW, reason="Wrong size")
    with refused(NotAllowed):
        cancel_order(order_id=taken, actor=people.buyer, now=NOW, reason="Wrong size")
    with refused(Conflict):
        cancel_order(order_id=waiting, actor=people.buyer, now=NOW, reason="Again")
    with refused(InvalidInput):
        cancel_order(order_id=taken, actor=people.manager, now=NOW, reason=" ")


def test_each_step_belongs_to_somebody_who_sees_the_order() -> None:
    """A buyer would approve its own order; a manager that of a colleague; a stranger would learn that it exists."""
    people = stage()
    order_id = people.placed().id

    with refused(NotAllowed):
        approve_order(order_id=order_id, actor=people.buyer, now=NOW)
    with refused(NotVisible):
        approve_order(order_id=order_id, actor=ManagerFactory.create(), now=NOW)
    with refused(NotVisible):
        cancel_order(order_id=order_id, actor=BuyerFactory.create(), now=NOW, reason="No")
    with refused(StaleVersion):
        approve_order(order_id=order_id, actor=people.manager, now=NOW, expected_version=9)
    with refused(InvalidInput):
        place_hold(order_id=order_id, actor=people.manager, reason="", now=NOW)
    approve_order(order_id=order_id, actor=people.manager, now=NOW, expected_version=1)
    with refused(NotAllowed):
        start_picking(order_id=order_id, actor=people.manager, now=NOW)
    with refused(NotAllowed):
        ship_order(order_id=order_id, actor=people.keeper, now=NOW)
    shipment = ship_order(order_id=order_id, actor=people.warehouse, now=NOW)
    with refused(NotAllowed):
        receive_shipment(shipment_id=shipment.pk, actor=people.warehouse, now=NOW)
    with refused(NotAllowed):
        deliver_order(order_id=order_id, actor=people.buyer, now=NOW)


def test_no_more_is_shipped_or_received_than_there_is() -> None:
    """More would leave the warehouse than was ordered, or arrive than was sent."""
    people = stage()
    order = approved(people)
    line = OrderLine.objects.filter(order=order).order_by("position")[0]
    other = approved(people).lines.first()
    assert other is not None

    for quantities in ({line.pk: 6}, {line.pk: -1}, {other.pk: 1}, {}, {line.pk: 0}):
        with refused(ShipmentRefused):
            ship_order(order_id=order.pk, actor=people.warehouse, now=NOW, quantities=quantities)
    shipment = ship_order(order_id=order.pk, actor=people.warehouse, now=NOW)
    part = shipment.lines.first()
    assert part is not None
    for came in (ReceivedLine(quantity=6), ReceivedLine(quantity=4), ReceivedLine(quantity=-1, reason="x")):
        with refused(ShipmentRefused):
            receive_shipment(shipment_id=shipment.pk, actor=people.keeper, now=NOW, lines={part.pk: came})
    with refused(ShipmentRefused):
        receive_shipment(shipment_id=shipment.pk, actor=people.keeper, now=NOW, lines={0: ReceivedLine(quantity=1)})


def test_stock_that_nobody_claims_becomes_free_and_the_order_waits_on_hold() -> None:
    """An order forgotten for a week would keep the stock from everybody else."""
    people = stage(on_hand=5)
    order_id = people.placed(5).id
    later = NOW + timedelta(days=4)
    assert lapse_reservations(now=NOW) == 0

    assert lapse_reservations(now=later) == 1

    order = Order.objects.get(pk=order_id)
    assert (order.status, order.is_on_hold) == (OrderStatus.SUBMITTED, True)
    assert people.shop.stock_of(people.shop.products[0]).reserved == 0
    assert [hold.reason for hold in order.holds.all()] == ["The reservation of its stock expired."]
    assert kinds(order_id)[-1] == "order.reservation_expired"
    assert lapse_reservations(now=later) == 0
    approve_order(order_id=order_id, actor=people.manager, now=later)
    assert people.shop.stock_of(people.shop.products[0]).reserved == 5


def test_an_approval_after_the_stock_went_elsewhere_says_so() -> None:
    """The manager would promise goods that another distributor has."""
    people = stage(products=1, on_hand=5)
    lapsed = people.placed(5).id
    lapse_reservations(now=NOW + timedelta(days=4))
    people.placed(3)

    with refused(Conflict, match="only 2 of 5"):
        approve_order(order_id=lapsed, actor=people.manager, now=NOW)

    order = Order.objects.get(pk=lapsed)
    assert (order.status, order.is_on_hold, sold()) == (OrderStatus.SUBMITTED, True, 0)


def test_a_carrier_s_events_count_once_and_its_delivery_delivers() -> None:
    """A repeated message would show a parcel twice; a delivered one would wait for somebody to say so."""
    people = stage()
    order = approved(people)
    shipment = ship_order(order_id=order.pk, actor=people.warehouse, now=NOW)
    updates = [
        TrackingUpdate(external_id="2", code=TrackingCode.DELIVERED, at=NOW + timedelta(hours=5)),
        TrackingUpdate(external_id="1", code=TrackingCode.COLLECTED, at=NOW, location="Depot"),
    ]

    assert record_tracking(shipment_id=shipment.pk, actor=None, updates=updates) == 2
    assert record_tracking(shipment_id=shipment.pk, actor=None, updates=updates) == 0

    assert list(TrackingEvent.objects.values_list("external_id", flat=True)) == ["1", "2"]
    shipment.refresh_from_db()
    order.refresh_from_db()
    assert (shipment.status, order.status) == (ShipmentStatus.DELIVERED, OrderStatus.DELIVERED)
    assert order.delivered_at == NOW + timedelta(hours=5)
    assert kinds(order.pk).count("order.delivered") == 1
    with refused(NotAllowed):
        record_tracking(shipment_id=shipment.pk, actor=people.buyer, updates=updates)
    early = TrackingUpdate(external_id="3", code=TrackingCode.COLLECTED, at=NOW.replace(year=1066))
    with refused(InvalidInput):
        record_tracking(shipment_id=shipment.pk, actor=None, updates=[early])


def test_goods_after_the_promised_day_are_late_for_good() -> None:
    """An order delivered late would count as on time in the evaluation."""
    people = stage()
    order = approved(people)
    ship_order(order_id=order.pk, actor=people.warehouse, now=NOW)
    assert order.promised_on is not None

    late = timezone.make_aware(datetime.combine(order.promised_on + timedelta(days=2), time(8)))
    deliver_order(order_id=order.pk, actor=people.warehouse, now=late)

    order.refresh_from_db()
    assert order.lateness == Lateness.LATE
    assert Shipment.objects.get(order=order).status == ShipmentStatus.DELIVERED


def test_a_sale_is_undone_under_the_keys_it_was_posted_under() -> None:
    """A category moved or a year opened meanwhile would leave a sale in one place and charge another for its end."""
    people = stage(products=1)
    BusinessPeriod.objects.all().delete()
    order = approved(people)
    posted = SalesActual.objects.get()
    assert (posted.period_id, order.sales_period_id) == (None, None)
    Product.objects.update(category=CategoryFactory.create())
    BusinessPeriodFactory.create(starts_on=order.ordered_on, ends_on=order.ordered_on)

    cancel_order(order_id=order.pk, actor=people.manager, now=NOW, reason="twice")
    row = SalesActual.objects.get()
    assert (row.pk, row.units, row.lines, row.net_amount) == (posted.pk, 0, 0, 0)
    assert not offending_rows(INVARIANTS)


def test_a_sale_counts_in_the_period_of_its_day() -> None:
    """Sales would be missing in the year that was open when they were approved."""
    people = stage()
    placed = people.placed()
    day = Order.objects.get(pk=placed.id).ordered_on
    BusinessPeriod.objects.all().delete()
    period = BusinessPeriodFactory.create(starts_on=day, ends_on=day)
    order = approve_order(order_id=placed.id, actor=people.manager, now=NOW)
    assert order.sales_period_id == period.pk
    assert set(SalesActual.objects.values_list("period_id", flat=True)) == {period.pk}
    cancel_order(order_id=order.pk, actor=people.manager, now=NOW, reason="twice")
    assert (sold(), offending_rows(INVARIANTS)) == (0, {})
