"""On time in full, fill rate and perfect orders: counted by their definition, and each miss by its first broken step."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from core.actors import Actor
from evaluation.scoring.due_lines import LINES_OF_DISTRIBUTORS
from inventory.models import BackOrder
from orders.fulfilment.enums import DifferenceKind, ShipmentStatus
from orders.models import Order
from orders.ordering.enums import COUNTED_STATUSES, OrderEvent, OrderStatus
from orders.ordering.services.locking import record_order_event
from orders.tracking.enums import BrokenStep, DeliveryBasis, DeliveryGroup, DeliveryResult
from orders.tracking.selectors.delivery_performance import (
    LONGEST_DAYS,
    DeliveryFigures,
    due_days,
    due_orders,
    read_figures,
    read_groups,
    read_measured,
    read_measured_lines,
    with_result,
    with_step,
)
from tests.factories.accounts import DirectorFactory, DistributorFactory, ManagerFactory
from tests.factories.inventory import SupplyRouteFactory, WarehouseFactory
from tests.factories.orders import (
    CarrierFactory,
    DeliveryClaimFactory,
    OrderFactory,
    OrderLineFactory,
    ShipmentFactory,
    ShipmentLineFactory,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 10)
SINCE, UNTIL = date(2026, 11, 1), date(2026, 11, 25)
Made = Callable[..., Order]


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))


def delivered(
    *shipments: tuple[int, date | None],
    ordered: int = 10,
    received: int | None = None,
    wanted_on: date | None = None,
    approved_on: date = DAY - timedelta(days=6),
    left_on: date = DAY - timedelta(days=3),
    status: OrderStatus | None = None,
    **more: Any,
) -> Order:
    """An order of one line for DAY in shipments of (pieces, day of arrival)."""
    sent = sum(pieces for pieces, _day in shipments)
    arrived = [day for _pieces, day in shipments if day]
    whole = sent >= ordered and len(arrived) == len(shipments)
    state = status or (
        (OrderStatus.RECEIVED if received is not None else OrderStatus.DELIVERED)
        if whole
        else OrderStatus.SHIPPED
        if sent >= ordered
        else OrderStatus.PARTLY_SHIPPED
        if sent
        else OrderStatus.APPROVED
    )
    order = OrderFactory.create(
        status=state,
        promised_on=DAY,
        wanted_on=wanted_on,
        ordered_at=at(DAY - timedelta(days=7)),
        approved_at=at(approved_on),
        shipped_at=at(left_on) if sent else None,
        delivered_at=at(max(arrived)) if whole else None,
        **more,
    )
    line = OrderLineFactory.create(order=order, ordered=ordered, shipped=sent, received=received or 0)
    for pieces, day in shipments:
        shipment = ShipmentFactory.create(
            order=order,
            shipped_at=at(left_on),
            delivered_at=at(day) if day else None,
            status=ShipmentStatus.RECEIVED
            if received is not None
            else ShipmentStatus.DELIVERED
            if day
            else ShipmentStatus.SHIPPED,
        )
        ShipmentLineFactory.create(
            shipment=shipment,
            order_line=line,
            quantity=pieces,
            received=received if len(shipments) == 1 else None,
            missing=pieces - received if received is not None and len(shipments) == 1 else 0,
        )
    return order


def figures(basis: DeliveryBasis = DeliveryBasis.PROMISED) -> DeliveryFigures:
    return read_figures(due_orders(Order.objects.all(), since=SINCE, until=UNTIL), basis=basis)


def step_of(order: Order, basis: DeliveryBasis = DeliveryBasis.PROMISED) -> str:
    return read_measured(Order.objects.filter(pk=order.pk), basis=basis)[order.pk].step


ON_DAY, AFTER = DAY, DAY + timedelta(days=2)


@pytest.mark.parametrize(
    ("made", "kept", "in_full", "filled"),
    [
        (lambda: delivered((10, ON_DAY)), 1, 1, 10),
        (lambda: delivered((10, ON_DAY), received=10), 1, 1, 10),
        (lambda: delivered((10, AFTER)), 0, 1, 10),
        (lambda: delivered((10, ON_DAY), received=9), 0, 0, 10),
        (lambda: delivered((10, None)), 0, 0, 10),
        (lambda: delivered((6, ON_DAY), (4, ON_DAY)), 1, 1, 6),
        (lambda: delivered((6, ON_DAY), (4, AFTER)), 0, 1, 6),
        (lambda: delivered((6, ON_DAY), (4, None)), 0, 0, 6),
        (lambda: delivered((6, ON_DAY)), 0, 0, 6),
        (delivered, 0, 0, 0),
    ],
)
def test_an_order_counts_by_its_definition(made: Callable[[], Order], kept: int, in_full: int, filled: int) -> None:
    """A report that counts what came in part, or what nobody has received, as delivered praises who failed."""
    made()
    found = figures()
    assert (found.orders, found.kept, found.in_full, found.filled) == (1, kept, in_full, filled)
    assert (found.lines, found.lines_kept, found.pieces) == (1, kept, 10)


def test_the_wanted_day_is_another_measure_than_the_promised_one() -> None:
    """Who promises late is always on time by its own promise."""
    order = delivered((10, ON_DAY), wanted_on=DAY - timedelta(days=3))
    assert (figures().kept, figures(DeliveryBasis.WANTED).kept) == (1, 0)
    assert step_of(order, DeliveryBasis.WANTED) == BrokenStep.PROMISE


def test_a_line_that_was_cancelled_whole_is_not_measured() -> None:
    """What the distributor called off would be a miss of the warehouse."""
    order = delivered((10, ON_DAY))
    OrderLineFactory.create(order=order, ordered=5, cancelled=5)
    assert (figures().lines, figures().kept) == (1, 1)


def test_one_line_late_makes_the_order_late_and_the_other_line_not() -> None:
    """An order that lacks one line is not there, however many of its lines are."""
    order = delivered((10, ON_DAY))
    OrderLineFactory.create(order=order, ordered=5)
    assert (figures().kept, figures().lines, figures().lines_kept) == (0, 2, 1)
    assert [line.in_full for line in read_measured_lines(Order.objects.all()).values()] == [True, False]


def test_a_perfect_order_has_no_difference_and_no_change_of_the_seller() -> None:
    """A carton that came torn, or a day that was moved, is not what was ordered."""
    delivered((10, ON_DAY))
    torn = delivered((10, ON_DAY), received=10)
    torn.shipments.get().lines.update(difference_kind=DifferenceKind.DAMAGED)
    claimed = delivered((10, ON_DAY))
    DeliveryClaimFactory.create(shipment=claimed.shipments.get())
    changed = delivered((10, ON_DAY))
    record_order_event(changed, OrderEvent.LINES_CHANGED, actor=None, now=at(DAY), before=changed.status, publish=False)
    assert (figures().kept, figures().perfect) == (4, 1)
    assert {step_of(torn), step_of(claimed)} == {BrokenStep.RECEIPT}
    assert step_of(changed) == BrokenStep.CHANGE


def test_each_miss_has_its_first_broken_step() -> None:
    """The carrier is blamed for what lay a week on somebody's table."""
    warehouse = WarehouseFactory.create()
    distributor = DistributorFactory.create()
    SupplyRouteFactory.create(warehouse=warehouse, distributor=distributor, lead_days=3)
    theirs = {"warehouse": warehouse, "distributor": distributor}
    days = timedelta(days=1)
    assert step_of(delivered((10, AFTER), approved_on=DAY - 2 * days, left_on=DAY - days, **theirs)) == "approval"
    assert step_of(delivered((10, AFTER), left_on=DAY - days, **theirs)) == "shipping"
    assert step_of(delivered((10, AFTER), left_on=DAY - 3 * days, **theirs)) == "carrier"
    assert step_of(delivered((10, None), left_on=DAY - 3 * days, **theirs)) == "carrier"
    assert step_of(delivered((10, ON_DAY), received=8, **theirs)) == "receipt"
    assert step_of(delivered((6, ON_DAY), **theirs)) == "shipping"
    waited = delivered((10, AFTER), left_on=DAY - days, **theirs)
    line = waited.lines.get()
    BackOrder.objects.create(
        warehouse=warehouse, product=line.product, distributor=distributor, source_type="order", source_id=waited.pk,
        source_line_id=line.pk, ordered=10, quantity=0, placed_at=at(DAY), filled_at=at(DAY - days),
    )  # fmt: skip
    assert step_of(waited) == "stock"


def test_only_what_was_due_and_sold_is_measured() -> None:
    """Orders of next week, or that nobody approved, would be misses today."""
    delivered((10, ON_DAY))
    delivered(status=OrderStatus.SUBMITTED)
    delivered(status=OrderStatus.CANCELLED)
    Order.objects.filter(pk=delivered().pk).update(promised_on=UNTIL + timedelta(days=1))
    Order.objects.filter(pk=delivered().pk).update(promised_on=None)
    assert figures().orders == 1


def test_the_figures_are_grouped_and_lead_to_their_orders(django_assert_num_queries: Any) -> None:
    """A share of 80 % says nothing until one sees whose it is."""
    good, poor = CarrierFactory.create(), CarrierFactory.create()
    kept, missed = delivered((10, ON_DAY)), delivered((10, AFTER))
    kept.shipments.update(carrier=good)
    missed.shipments.update(carrier=poor)
    delivered()
    rows = due_orders(Order.objects.all(), since=SINCE, until=UNTIL)
    with django_assert_num_queries(2):
        carriers = read_groups(rows, basis=DeliveryBasis.PROMISED, group=DeliveryGroup.CARRIER)
    assert {row.code: (row.figures.orders, row.figures.kept) for row in carriers} == {
        "": (1, 0), poor.code: (1, 0), good.code: (1, 1),
    }  # fmt: skip
    (month,) = read_groups(rows, basis=DeliveryBasis.PROMISED, group=DeliveryGroup.MONTH)
    assert (month.code, month.figures.orders, month.figures.missed) == ("2026-11", 3, 2)
    steps = read_groups(rows, basis=DeliveryBasis.PROMISED, group=DeliveryGroup.STEP)
    assert sum(row.figures.orders for row in steps) == 2
    found = with_result(rows, basis=DeliveryBasis.PROMISED, result=DeliveryResult.MISSED)
    assert found.count() == 2
    assert set(with_result(rows, basis=DeliveryBasis.PROMISED, result=DeliveryResult.PERFECT)) == {kept}
    late = with_step(rows, basis=DeliveryBasis.PROMISED, steps=[BrokenStep.SHIPPING, BrokenStep.CARRIER])
    assert late.count() == 2


def test_a_person_sees_the_figures_of_the_orders_that_are_theirs() -> None:
    """A manager would read the failures of another's distributors."""
    delivered((10, ON_DAY))

    def seen(actor: Actor) -> int:
        rows = due_orders(Order.objects.visible_to(actor), since=SINCE, until=UNTIL)
        return read_figures(rows, basis=DeliveryBasis.PROMISED).orders

    assert (seen(DirectorFactory.create()), seen(ManagerFactory.create())) == (1, 0)
    assert read_figures(Order.objects.none(), basis=DeliveryBasis.PROMISED) == DeliveryFigures()


def test_by_promise_and_line_it_is_the_figure_of_the_evaluation() -> None:
    """A distributor that argues about its grade would be shown two truths."""
    from django.db import connection

    distributor = DistributorFactory.create()
    theirs = {"distributor": distributor}
    for shipments, received in (
        (((10, ON_DAY),), None), (((10, ON_DAY),), 10), (((10, ON_DAY),), 7), (((10, AFTER),), None),
        (((6, ON_DAY), (4, ON_DAY)), None), (((6, ON_DAY), (4, AFTER)), None), (((6, ON_DAY), (4, None)), None),
        (((6, ON_DAY),), None), ((), None), (((10, None),), None),
    ):  # fmt: skip
        delivered(*shipments, received=received, **theirs)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {LINES_OF_DISTRIBUTORS} SELECT lines, on_time FROM delivered",  # noqa: S608 - constants
            {
                "zone": timezone.get_default_timezone_name(),
                "order_statuses": sorted(COUNTED_STATUSES),
                "starts_on": SINCE,
                "due_until": UNTIL,
            },
        )
        lines, on_time = cursor.fetchone()
    assert (figures().lines, figures().lines_kept) == (lines, on_time) == (10, 3)


def test_a_period_is_bounded_and_over() -> None:
    """Ten years would be read for one page, and what is due today would be late at nine in the morning."""
    today = date(2026, 11, 26)
    assert due_days(since=None, until=None, today=today) == (date(2026, 9, 1), date(2026, 11, 25))
    assert due_days(since=None, until=date(2027, 1, 1), today=today)[1] == date(2026, 11, 25)
    since, until = due_days(since=date(2000, 1, 1), until=None, today=today)
    assert (until - since).days == LONGEST_DAYS
    assert replace(DeliveryFigures(), orders=4, kept=3).share is not None
    assert DeliveryFigures().share is None
