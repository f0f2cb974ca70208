"""What is about to be late is known before it is: reminded of, promised anew, estimated, and brought before the supervisor."""

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.errors import Conflict, InvalidInput, NotAllowed
from core.models import Event
from core.outbox import relay
from messaging.models import Notification
from orders.fulfilment.enums import ShipmentStatus
from orders.fulfilment.services.shipping import ship_order
from orders.models import Order, PromiseChange, Shipment
from orders.ordering.enums import Lateness, OrderEvent, OrderSource, OrderStatus
from orders.ordering.services.approval import approve_order
from orders.tracking.enums import DeliveryBasis
from orders.tracking.selectors.arrivals import LEAST, estimated_arrivals
from orders.tracking.selectors.delivery_performance import read_figures
from orders.tracking.services.escalating import AFTER, escalate_late_orders
from orders.tracking.services.promises import change_promise
from orders.tracking.services.recording import TrackingUpdate, record_tracking
from orders.tracking.services.reminding import remind_of_order
from tests.factories.accounts import DirectorFactory, ManagerFactory
from tests.factories.orders import OrderFactory, ShipmentFactory
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 10)


@pytest.fixture
def people() -> Stage:
    return stage()


def at_risk(people: Stage, lateness: Lateness = Lateness.SOON_LATE, *, days: int = 1) -> Order:
    order = approve_order(order_id=people.placed().id, actor=people.manager, now=NOW)
    promised = timezone.localdate(NOW) + timedelta(days=days)
    Order.objects.filter(pk=order.pk).update(lateness=lateness, promised_on=promised)
    order.refresh_from_db()
    return order


def told(kind: str) -> list[int]:
    while relay():
        pass
    return list(Notification.objects.filter(kind=kind).order_by("recipient").values_list("recipient", flat=True))


def test_who_acts_is_reminded_before_it_is_late_and_once_for_each_step(client: Client, people: Stage) -> None:
    """One waits until the day is over before one may ask."""
    order = at_risk(people)
    client.force_login(people.buyer)
    page = client.get(order.get_absolute_url()).content.decode()
    assert "At risk of being late. Approved on" in page
    remind_of_order(order_id=order.pk, actor=people.buyer, now=NOW)
    with pytest.raises(Conflict):
        remind_of_order(order_id=order.pk, actor=people.manager, now=NOW)
    Order.objects.update(status=OrderStatus.PICKING)
    remind_of_order(order_id=order.pk, actor=people.buyer, now=NOW)
    assert told(OrderEvent.REMINDED_WAREHOUSE) == [people.warehouse.pk] * 2


def test_another_day_is_named_with_its_reason_and_the_first_one_stays(client: Client, people: Stage) -> None:
    """The distributor hears of it from its customers, and the report forgets what was promised."""
    order = at_risk(people)
    first = order.promised_on
    client.force_login(people.manager)
    address = reverse("orders:change-promise", args=[order.number])
    assert address in client.get(order.get_absolute_url()).content.decode()
    answer = client.post(
        address, {"promised_on": "2026-12-10", "reason": "The mill is late.", "version": order.version}
    )
    assert answer.status_code == 302
    order.refresh_from_db()
    assert order.promised_on == first
    change = PromiseChange.objects.get()
    assert (change.promised_on, change.changed_by_id) == (DAY, people.manager.pk)
    assert told(OrderEvent.PROMISE_CHANGED) == [people.buyer.pk]
    client.force_login(people.buyer)
    page = client.get(order.get_absolute_url()).content.decode()
    assert "The mill is late." in page
    assert address not in page
    body = client.get(f"/api/v1/orders/{order.number}/").json()
    assert [one["promised_on"] for one in body["promise_changes"]] == ["2026-12-10"]
    assert read_figures(Order.objects.all(), basis=DeliveryBasis.PROMISED).perfect == 0


@pytest.mark.parametrize(
    ("day", "reason", "error"),
    [(DAY, " ", InvalidInput), (date(2026, 11, 25), "Late", InvalidInput), (None, "Late", InvalidInput)],
)
def test_a_day_without_reason_or_in_the_past_is_no_promise(
    people: Stage, day: date | None, reason: str, error: type[Exception]
) -> None:
    """“Changed” without a why, or to a day that is over, tells the distributor nothing."""
    order = at_risk(people)
    with pytest.raises(error):
        change_promise(
            order_id=order.pk, promised_on=day or order.promised_on or DAY, reason=reason, actor=people.manager, now=NOW
        )
    assert not PromiseChange.objects.exists()


def test_only_the_seller_names_a_day_and_only_of_what_is_to_come(people: Stage) -> None:
    """A buyer would move its own promise, or somebody that of goods that are there."""
    order = at_risk(people)
    with pytest.raises(NotAllowed):
        change_promise(order_id=order.pk, promised_on=DAY, reason="Late", actor=people.buyer, now=NOW)
    Order.objects.update(status=OrderStatus.RECEIVED)
    with pytest.raises(Conflict):
        change_promise(order_id=order.pk, promised_on=DAY, reason="Late", actor=people.manager, now=NOW)


def test_an_order_that_stays_late_goes_to_the_supervisor_once(people: Stage) -> None:
    """Whoever sits on it is the only one who knows."""
    supervisor = DirectorFactory.create()
    type(people.manager).objects.filter(pk=people.manager.pk).update(supervisor=supervisor)
    order = at_risk(people, Lateness.LATE, days=-AFTER.days)
    at_risk(people, Lateness.LATE, days=-AFTER.days + 1)
    OrderFactory.create(
        lateness=Lateness.LATE, promised_on=timezone.localdate(NOW) - 2 * AFTER, source=OrderSource.IMPORT
    )
    assert [escalate_late_orders(now=NOW), escalate_late_orders(now=NOW)] == [1, 0]
    assert Event.objects.get(kind=OrderEvent.ESCALATED).subject_id == order.pk
    assert told(OrderEvent.ESCALATED) == [supervisor.pk]


def test_without_supervisor_the_directors_are_told(people: Stage, django_assert_num_queries: Any) -> None:
    """A manager without a supervisor would keep it to herself."""
    directors = {DirectorFactory.create().pk, DirectorFactory.create().pk}
    ManagerFactory.create()
    for _number in range(3):
        at_risk(people, Lateness.LATE, days=-5)
    with django_assert_num_queries(8):
        assert escalate_late_orders(now=NOW) == 3
    assert set(told(OrderEvent.ESCALATED)) == directors


def earlier(shipment: Shipment, *, days: int, ago: int = 30) -> None:
    left = NOW - timedelta(days=ago)
    past = OrderFactory.create(distributor=shipment.order.distributor, ordered_at=left, status=OrderStatus.RECEIVED)
    ShipmentFactory.create(
        order=past,
        warehouse=shipment.warehouse,
        carrier=shipment.carrier,
        shipped_at=left,
        delivered_at=left + timedelta(days=days),
        status=ShipmentStatus.RECEIVED,
    )


def test_the_arrival_is_estimated_from_the_lane_and_says_so(client: Client, people: Stage) -> None:
    """Nobody knows whether to wait for the lorry today."""
    order = at_risk(people)
    shipment = ship_order(order_id=order.pk, actor=people.warehouse, now=NOW)
    for days in (2, 2, 3, 3)[: LEAST - 1]:
        earlier(shipment, days=days)
    earlier(shipment, days=30, ago=400)
    assert estimated_arrivals([shipment], now=NOW) == {}, "four say nothing"
    earlier(shipment, days=6)
    found = estimated_arrivals([shipment], now=NOW)[shipment.pk]
    left = timezone.localdate(NOW)
    assert (found.shipments, found.median_on, found.most_on) == (5, left + timedelta(days=3), left + timedelta(days=5))
    client.force_login(people.buyer)
    page = client.get(order.get_absolute_url()).content.decode()
    assert "half of the last 5 shipments on this lane" in page
    Shipment.objects.filter(pk=shipment.pk).update(status=ShipmentStatus.DELIVERED)
    shipment.refresh_from_db()
    assert estimated_arrivals([shipment], now=NOW) == {}


def seen_by(page: str) -> dict[str, str]:
    (text,) = re.findall(r'hx-headers="([^"]+)"', page)
    return {"HX-Request": "true", **json.loads(text.replace("&quot;", '"'))}


def test_an_open_page_asks_whether_anything_changed_and_gets_it_then(client: Client, people: Stage) -> None:
    """One looks at yesterday's state, or the whole page is drawn every half minute."""
    order = at_risk(people)
    client.force_login(people.buyer)
    address = order.get_absolute_url()
    headers = seen_by(client.get(address).content.decode())
    assert client.get(address, headers=headers).status_code == 204
    shipment = ship_order(order_id=order.pk, actor=people.warehouse, now=NOW)
    changed = client.get(address, headers=headers)
    assert (changed.status_code, shipment.number in changed.content.decode()) == (200, True)
    headers = seen_by(changed.content.decode())
    assert client.get(address, headers=headers).status_code == 204
    update = TrackingUpdate(external_id="1", code="in_transit", at=NOW)
    record_tracking(shipment_id=shipment.pk, actor=None, updates=[update])
    assert client.get(address, headers=headers).status_code == 200
    Order.objects.update(status=OrderStatus.RECEIVED)
    last = client.get(address, headers=headers)
    assert (last.status_code, "hx-headers" in last.content.decode()) == (286, False)
