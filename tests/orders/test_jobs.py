"""The jobs: what is flagged, told, freed and forgotten, once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from core.enums import DeliveryStatus
from core.models import Delivery, Event, OutboxMessage
from core.outbox import relay
from messaging.models import Notification
from messaging.selectors.notifications import shown
from orders import tasks
from orders.fulfilment.services.receiving import receive_order
from orders.fulfilment.services.shipping import ship_order
from orders.models import Order
from orders.ordering.enums import Lateness, OrderSource, OrderStatus
from orders.ordering.models.sums import BULK, SETTING
from orders.ordering.selectors.usual_order import usual_lines
from orders.ordering.services.approval import approve_order
from orders.ordering.services.cancelling import cancel_order
from orders.pages.selectors.invariants import INVARIANTS
from orders.tracking.services.lateness import flag_lateness
from tests.factories.accounts import AbsenceFactory, ManagerFactory
from tests.factories.orders import OrderFactory, ShipmentFactory
from tests.orders.clock import NOW
from tests.orders.people import stage
from tests.orders.test_api_orders import caller

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(NOW)


def due(days: int, status: str = OrderStatus.APPROVED, **fields: object) -> Order:
    return OrderFactory.create(promised_on=TODAY + timedelta(days=days), status=status, **fields)


def test_what_is_late_or_about_to_be_is_flagged_and_told_once() -> None:
    """A manager would hear of a late order from the distributor, or every five minutes from the program."""
    people = stage()
    late = due(-1, manager=people.manager, distributor=people.shop.distributor)
    soon, fine, gone = due(2), due(3), due(-5, status=OrderStatus.DELIVERED)
    travelling = due(1, status=OrderStatus.SHIPPED)
    slow = ShipmentFactory.create(order=due(1, status=OrderStatus.SHIPPED), expected_on=TODAY + timedelta(days=4)).order
    imported = due(-3, source=OrderSource.IMPORT)

    assert flag_lateness(now=NOW) == {"late": 2, "soon_late": 2}
    assert flag_lateness(now=NOW) == {}

    found = dict(Order.objects.values_list("pk", "lateness"))
    assert {pk for pk, flag in found.items() if flag == Lateness.LATE} == {late.pk, imported.pk}
    assert {pk for pk, flag in found.items() if flag == Lateness.SOON_LATE} == {soon.pk, slow.pk}
    assert {fine.pk, gone.pk, travelling.pk} <= found.keys()
    assert Event.objects.filter(kind="order.late").count() == 2
    assert OutboxMessage.objects.filter(topic="order.late").count() == 1
    while relay():
        pass
    assert Notification.objects.get(recipient=people.manager).params["number"] == late.number


def test_each_person_is_told_of_what_concerns_them_once() -> None:
    """A buyer would not hear that the goods are on their way, or a manager that an order is waiting for them."""
    people = stage()
    order_id = people.placed().id
    while relay():
        pass
    approve_order(order_id=order_id, actor=people.manager, now=NOW)
    ship_order(order_id=order_id, actor=people.warehouse, now=NOW)
    while relay():
        pass
    Delivery.objects.update(status=DeliveryStatus.WAITING, delivered_at=None)
    while relay():
        pass

    told = sorted(Notification.objects.values_list("recipient_id", "kind"))
    assert told == sorted(
        [
            (people.manager.pk, "order.waits"),
            (people.buyer.pk, "order.approved"),
            (people.buyer.pk, "order.shipped"),
        ]
    )
    for person in (people.manager, people.buyer):
        lines = shown(Notification.objects.visible_to(person), actor=person)
        assert {line.address for line in lines} == {Order.objects.get().get_absolute_url()}


@pytest.mark.parametrize("how", ["absent", "inactive"])
def test_the_stand_in_manages_the_orders_of_somebody_who_is_away(how: str) -> None:
    """An order would wait for a manager who left, and nobody else would hear of it."""
    people = stage()
    stand_in = ManagerFactory.create()
    people.manager.responsibilities.update(stand_in=stand_in)
    before = Order.objects.get(pk=people.placed().id)
    if how == "absent":
        AbsenceFactory.create(person=people.manager)
    else:
        User.objects.filter(pk=people.manager.pk).update(is_active=False)
    after = Order.objects.get(pk=people.placed().id)
    while relay():
        pass

    assert (before.manager, after.manager) == (people.manager, stand_in)
    assert set(Notification.objects.values_list("recipient_id", "params__number")) == {
        (stand_in.pk, before.number),
        (stand_in.pk, after.number),
    }


def test_an_order_that_nobody_manages_is_placed_all_the_same() -> None:
    """A distributor could not order because the brand owner has nobody there."""
    people = stage()
    AbsenceFactory.create(person=people.manager)
    assert Order.objects.get(pk=people.placed().id).manager is None


def test_the_jobs_run_over_nothing() -> None:
    """The first hours of an empty company would fill the log with errors."""
    tasks.flag_lateness()
    tasks.release_expired_reservations()
    tasks.fetch_tracking()


def test_what_is_usually_ordered_starts_the_next_order() -> None:
    """A buyer would type the same ten codes every week."""
    people = stage(products=3)
    first, second, third = people.shop.products
    type(first).objects.filter(pk=first.pk).update(order_multiple=4)
    for quantity in (4, 8, 12):
        people.placed(quantity)
    type(first).objects.filter(pk=third.pk).update(status="paused")

    lines = usual_lines(distributor_id=people.shop.distributor.pk, today=TODAY)

    assert [(line.code, line.times, line.quantity) for line in lines] == [(first.code, 3, 8), (second.code, 3, 8)]
    answer = caller(people.buyer)("get", "orders/usual/").json()
    assert [(row["product"], row["quantity"]) for row in answer] == [(first.code, 8), (second.code, 8)]


def broken() -> set[str]:
    return {check.name for check in INVARIANTS if check.find(10)}


def test_every_promise_holds_after_a_life_of_orders_and_each_break_is_found() -> None:
    """`verify` would say that all is well over figures that do not add up."""
    people = stage()
    for _round in range(2):
        order_id = people.placed().id
        approve_order(order_id=order_id, actor=people.manager, now=NOW)
        ship_order(order_id=order_id, actor=people.warehouse, now=NOW)
    receive_order(order_id=order_id, actor=people.keeper, now=NOW)
    cancel_order(order_id=people.placed().id, actor=people.buyer, now=NOW, reason="No")
    waiting = people.placed().id
    assert broken() == set()

    order = Order.objects.get(pk=order_id)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, BULK])  # else the database itself refuses it
    Order.objects.filter(pk=waiting).update(unit_count=1, status=OrderStatus.CANCELLED)
    order.lines.update(ordered=9, units=9)
    people.shop.price_list.prices.update(amount=1)
    OrderFactory.create()
    order.lines.filter(position=1).update(received=0)
    assert broken() == {
        "orders.total_is_sum_of_lines",
        "orders.shipped_is_sum_of_shipments",
        "orders.reservations_match_orders",
        "orders.actuals_are_counted_orders",
        "orders.every_order_has_its_event",
    }
