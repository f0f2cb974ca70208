"""What a distributor bought of late, and what it received, as its stock shows it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from channel_stock.services.stock_reports import report_stock
from core.outbox import relay
from inventory.models import Stock, StockMove
from inventory.selectors.invariants import INVARIANTS
from orders.fulfilment.services.receiving import ReceivedLine, receive_shipment
from orders.fulfilment.services.shipping import ship_order, start_picking
from orders.models import OrderLine, Shipment
from orders.ordering.enums import OrderStatus
from orders.ordering.services.approval import approve_order
from orders.ordering.services.sell_in import count_sell_in
from tests.factories.inventory import DistributorWarehouseFactory
from tests.factories.orders import OrderFactory, OrderLineFactory
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(NOW)


def shipped(people: Stage, quantity: int = 5) -> Shipment:
    order = approve_order(order_id=people.placed(quantity).id, actor=people.manager, now=NOW)
    start_picking(order_id=order.pk, actor=people.warehouse, now=NOW)
    return ship_order(order_id=order.pk, actor=people.warehouse, now=NOW)


def test_sell_in_is_what_was_ordered_in_thirteen_weeks() -> None:
    """Days of cover would be reckoned from orders nobody approved, or from last year's."""
    place, other = DistributorWarehouseFactory.create_batch(2)
    first = OrderLineFactory.create(
        ordered=10, cancelled=1, order=OrderFactory.create(distributor=place.distributor, status="approved")
    )
    counted = {OrderStatus.RECEIVED: 0, OrderStatus.SHIPPED: 90}
    not_counted = {OrderStatus.SUBMITTED: 0, OrderStatus.CANCELLED: 1, OrderStatus.RECEIVED: 91}
    today = timezone.localdate()
    for status, ago in [*counted.items(), *not_counted.items()]:
        at = timezone.now() - timedelta(days=ago)
        order = OrderFactory.create(
            distributor=place.distributor, status=status, ordered_at=at, ordered_on=today - timedelta(days=ago)
        )
        OrderLineFactory.create(order=order, product=first.product, ordered=10)
    OrderLineFactory.create(order=OrderFactory.create(status="approved"))
    assert count_sell_in(today=today) == 2
    assert list(Stock.objects.values_list("warehouse", "product", "on_hand", "sold_in")) == [
        (place.pk, first.product_id, 0, 29)
    ]
    assert count_sell_in(today=today, distributor_ids=[other.distributor.pk]) == 1


def test_what_came_is_on_the_distributors_shelf_once() -> None:
    """The stock would be short of every delivery, or hold what never came."""
    people = stage()
    place = DistributorWarehouseFactory.create(distributor=people.shop.distributor)
    shipment = shipped(people)
    part = shipment.lines.order_by("pk")[0]
    lines = {part.pk: ReceivedLine(quantity=3, reason="Two broken")}
    receive_shipment(shipment_id=shipment.pk, actor=people.keeper, now=NOW, lines=lines)
    stock = dict(Stock.objects.filter(warehouse=place).values_list("product", "on_hand"))
    assert stock == {people.shop.products[0].pk: 3, people.shop.products[1].pk: 5}
    assert set(StockMove.objects.filter(warehouse=place).values_list("reference", flat=True)) == {shipment.number}
    assert offending_rows(INVARIANTS) == {}


@pytest.mark.parametrize("products", [1, 30])
def test_receiving_costs_the_same(products: int) -> None:
    """A pallet of a hundred products would take the keeper a minute."""
    people = stage(products=products)
    DistributorWarehouseFactory.create(distributor=people.shop.distributor)
    shipment = shipped(people)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        receive_shipment(shipment_id=shipment.pk, actor=people.keeper, now=NOW)
    assert len(queries) <= 20, [query["sql"][:80] for query in queries]
    assert OrderLine.objects.filter(received=5).count() == products


def test_a_report_has_the_cover_counted_anew() -> None:
    """After the first report the page would say "no data" until the night."""
    people = stage(products=1)
    shipped(people)
    product = people.shop.products[0]
    report_stock(distributor_id=people.shop.distributor.pk, counts=[(product.code, 7)], actor=people.keeper, now=NOW)
    relay()
    assert Stock.objects.get(warehouse__distributor=people.shop.distributor).sold_in == 5
