"""Giving up what has not left of an order: for service, page and API the same."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models import Sum
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible, StaleVersion
from core.models import Event, OutboxMessage
from inventory.models import Reservation
from inventory.selectors.invariants import INVARIANTS as STOCK_CHECKS
from orders.fulfilment.services.cancelling import cancel_rest
from orders.fulfilment.services.delivering import deliver_shipment
from orders.fulfilment.services.receiving import receive_shipment
from orders.fulfilment.services.shipping import ship_order
from orders.models import Order, OrderLine, Shipment
from orders.ordering.enums import Lateness, OrderEvent, OrderStatus
from orders.ordering.services.approval import approve_order
from orders.pages.selectors.invariants import INVARIANTS
from planning.models import SalesActual
from tests.factories.accounts import ManagerFactory
from tests.factories.orders import LineAdjustmentFactory
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage
from tests.orders.refusals import refused
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db


def part_shipped(people: Stage, pieces: int = 3) -> tuple[Order, Shipment]:
    """Two products, five pieces each at 10; some of the first have left."""
    order = approve_order(order_id=people.placed(5).id, actor=people.manager, now=NOW)
    first = OrderLine.objects.filter(order=order).order_by("position").first()
    assert first is not None
    return order, ship_order(order_id=order.pk, actor=people.warehouse, now=NOW, quantities={first.pk: pieces})


def give_up(people: Stage, order: Order, **options: Any) -> Order:
    return cancel_rest(order_id=order.pk, now=NOW, **{"actor": people.manager, "reason": "No longer made", **options})


def test_what_has_left_is_the_whole_order_from_now_on() -> None:
    """Stock would stay locked away, sales counted that never were, and the order never come to its end."""
    people = stage()
    order, part = part_shipped(people)

    give_up(people, order)

    order.refresh_from_db()
    assert (order.status, order.cancel_reason, order.net_amount) == (OrderStatus.SHIPPED, "No longer made", Decimal(30))
    lines = order.lines.order_by("position").values_list("ordered", "cancelled", "shipped", "net_amount")
    assert list(lines) == [(5, 2, 3, Decimal(30)), (5, 5, 0, Decimal(0))]
    assert not Reservation.objects.filter(quantity__gt=0).exists()
    assert SalesActual.objects.ordered_sales().aggregate(Sum("net_amount"), Sum("units")) == {
        "net_amount__sum": 30,
        "units__sum": 3,
    }
    said = Event.objects.get(kind=OrderEvent.REST_CANCELLED)
    assert (said.data["units"], said.data["before"], said.data["after"]) == (7, "partly_shipped", "shipped")
    assert OutboxMessage.objects.filter(topic=OrderEvent.REST_CANCELLED).exists()
    assert offending_rows([*INVARIANTS, *STOCK_CHECKS]) == {}

    receive_shipment(shipment_id=part.pk, actor=people.keeper, now=NOW)
    order.refresh_from_db()
    assert order.status == OrderStatus.RECEIVED


def test_an_order_whose_parts_have_all_arrived_is_at_its_end() -> None:
    """Nothing would ever happen to it again, and it would be on its way for good."""
    people = stage()
    delivered, part = part_shipped(people)
    deliver_shipment(shipment_id=part.pk, actor=people.warehouse, now=NOW)
    assert give_up(people, delivered).status == OrderStatus.DELIVERED

    received, part = part_shipped(people)
    receive_shipment(shipment_id=part.pk, actor=people.keeper, now=NOW)
    done = give_up(people, received)
    assert (done.status, done.delivered_at, done.received_at) == (OrderStatus.RECEIVED, NOW, NOW)
    assert done.lateness == Lateness.ON_TIME
    assert offending_rows(INVARIANTS) == {}


def test_the_amounts_of_the_rest_are_rounded_once() -> None:
    """A cent would be missing between the lines and the total."""
    people = stage()
    order, _part = part_shipped(people, pieces=1)
    priced = {"unit_price": Decimal("3.3350"), "gross_amount": Decimal("16.68"), "net_amount": Decimal("16.68")}
    OrderLine.objects.filter(order=order).update(**priced, cost_amount_company=Decimal("7.00"))
    for line in order.lines.all():
        LineAdjustmentFactory.create(line=line, amount=Decimal("-1.00"))

    give_up(people, order)

    line = order.lines.get(shipped=1)
    assert (line.gross_amount, line.discount_amount, line.net_amount) == (
        Decimal("3.34"),
        Decimal("0.20"),
        Decimal("3.14"),
    )
    assert line.cost_amount_company == Decimal("1.40")


def test_only_deciders_and_only_where_a_part_has_left() -> None:
    """A buyer could call off goods that wait packed, or a manager an order that was never begun, without a word why."""
    people = stage()
    order, _part = part_shipped(people)
    whole = approve_order(order_id=people.placed().id, actor=people.manager, now=NOW)

    for actor in (people.buyer, people.keeper, people.warehouse):
        with refused(NotAllowed):
            give_up(people, order, actor=actor)
    with refused(NotVisible):
        give_up(people, order, actor=ManagerFactory.create())
    with refused(InvalidInput):
        give_up(people, order, reason=" ")
    with refused(StaleVersion):
        give_up(people, order, expected_version=1)
    with refused(Conflict):
        give_up(people, whole)


@pytest.mark.parametrize("products", [2, 12])
def test_the_rest_costs_the_same_statements_for_any_number_of_lines(products: int) -> None:
    """A long order would keep its locks for long."""
    people = stage(products=products)
    order, _part = part_shipped(people)
    with CaptureQueriesContext(connection) as queries:
        give_up(people, order)
    assert len(queries) <= 18, [query["sql"] for query in queries]


def test_the_page_offers_it_to_the_manager_and_says_why_to_both() -> None:
    """The manager would have to ask an administrator, the distributor wait for goods that never come."""
    people = stage()
    order, _part = part_shipped(people)
    manager, buyer = Client(), Client()
    manager.force_login(people.manager)
    buyer.force_login(people.buyer)
    page, form = order.get_absolute_url(), reverse("orders:cancel-rest", args=[order.number])

    assert form in manager.get(page).content.decode()
    assert form not in buyer.get(page).content.decode()
    version = Order.objects.get(pk=order.pk).version
    assert manager.post(form, {"version": version, "reason": ""}).status_code == 400
    assert manager.post(form, {"version": version, "reason": "No longer made"}).status_code == 302
    for person in (manager, buyer):
        text = person.get(page).content.decode()
        assert "No longer made" in text
        assert "Rest cancelled" in text
