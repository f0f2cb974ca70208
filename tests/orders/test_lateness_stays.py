"""What came late stays late, on every page and in every file."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.importing.staging import run
from orders.bulk.services.finish import finish_orders
from orders.bulk.services.orders import open_touched
from orders.fulfilment.services.receiving import receive_order
from orders.fulfilment.services.shipping import ship_order
from orders.models import Order
from orders.ordering.enums import Lateness, OrderSource, OrderStatus
from orders.ordering.services.approval import approve_order
from orders.pages.selectors.order_steps import step_line
from tests.factories.orders import OrderFactory
from tests.orders.people import Stage, stage

pytestmark = pytest.mark.django_db


def _received_late() -> tuple[Stage, Order]:
    people = stage()
    now = timezone.now()
    order = approve_order(order_id=people.placed().id, actor=people.manager, now=now)
    ship_order(order_id=order.pk, actor=people.warehouse, now=now)
    Order.objects.update(promised_on=timezone.localdate() - timedelta(days=3))
    return people, receive_order(order_id=order.pk, actor=people.keeper, now=now)


def test_filter_list_file_and_distributor_show_what_came_late(client: Client) -> None:
    """“Late: 0” stood beside 74 % delivered on time."""
    people, order = _received_late()
    assert (order.status, order.lateness) == (OrderStatus.RECEIVED, Lateness.LATE)
    client.force_login(people.manager)
    address = reverse("orders:list")
    listed = client.get(address, {"lateness": "late"}).content.decode()
    assert order.number in listed
    file = b"".join(client.get(address, {"export": "csv"}).streaming_content).decode()
    head, row = file.splitlines()[:2]
    assert dict(zip(head.lstrip("\ufeff").split(","), row.split(","), strict=True))["Lateness"] == "Late"
    page = client.get(reverse("accounts:distributor", args=[people.shop.distributor.code])).content.decode()
    assert f"distributor={people.shop.distributor.code}&amp;lateness=late" in page
    # What came is no work any more: the quick view is of open orders.
    (late,) = [view for view in client.get(address).context["quick_views"] if "lateness" in view["url"]]
    assert order.number not in client.get(late["url"]).content.decode()


def test_an_import_judges_what_arrived() -> None:
    """The history of the old system would be on time without exception."""
    day = timezone.localdate() - timedelta(days=30)
    at = timezone.now() - timedelta(days=20)
    late = OrderFactory.create(status=OrderStatus.RECEIVED, source=OrderSource.IMPORT, promised_on=day)
    open_touched()
    run("INSERT INTO import_touched (order_id, status_given) SELECT id, true FROM orders_order")
    Order.objects.update(shipped_at=at)
    run(
        "INSERT INTO orders_shipment (number, order_id, status, shipped_at, tracking_number) "
        "VALUES ('S1', %s, 'received', %s, '')",
        [late.pk, at],
    )
    finish_orders({"shipment"})
    late.refresh_from_db()
    assert (late.status, late.lateness) == (OrderStatus.RECEIVED, Lateness.LATE)


def test_nothing_of_a_received_order_is_still_to_come() -> None:
    """Imported orders that were received said “delivered: still to come”."""
    order = OrderFactory.create(status=OrderStatus.RECEIVED)
    assert [step.done for step in step_line(order, picked_at=None)] == [True] * 6
    assert {step.due for step in step_line(order, picked_at=None)} == {None}
