"""Goods that are reserved for orders and yet not to be had: the newest orders wait again, and nobody comes before them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.errors import Conflict
from core.outbox import relay
from inventory.models import BackOrder, Stock
from inventory.services.blocks import block_stock
from inventory.services.stock import receive_stock
from messaging.models import Notification
from orders.ordering.services.placing import PlacedOrder, place_order
from orders.ordering.services.quote import LineInput
from tests.factories.accounts import AdministratorFactory
from tests.orders.people import stage
from tests.orders.test_back_orders import consistent

pytestmark = pytest.mark.django_db


def test_the_newest_order_gives_way_and_is_filled_first() -> None:
    """A recall would let an order be shipped that is to be stopped, or its distributor would never hear of it."""
    people, now = stage(products=1, on_hand=80), timezone.now()
    product, warehouse, keeper = people.shop.products[0], people.shop.warehouse, AdministratorFactory.create()

    def place(quantity: int, minutes: int) -> PlacedOrder:
        return place_order(
            distributor_id=people.shop.distributor.pk,
            actor=people.buyer,
            lines=[LineInput(product.pk, quantity)],
            now=now - timedelta(minutes=minutes),
        )

    first, second = place(30, 5), place(40, 3)
    recall = {"warehouse_id": warehouse.pk, "product_id": product.pk, "pieces": 45, "reason": "recall", "now": now}
    with pytest.raises(Conflict) as refused:
        block_stock(**recall, actor=keeper)
    assert f"{second.number} (35)" in str(refused.value.problems[0].message)
    assert first.number not in str(refused.value.problems[0].message)
    block_stock(**recall, actor=keeper, from_orders=True)
    waiting = BackOrder.objects.get()
    assert (waiting.source_id, waiting.quantity, waiting.is_displaced) == (second.id, 35, True)
    stock = Stock.objects.get()
    assert (stock.on_hand, stock.for_orders, stock.blocked, stock.available) == (80, 35, 45, 0)
    consistent()
    relay()
    told = [one.kind for one in Notification.objects.filter(recipient=people.buyer)]
    assert "reservation.displaced" in told
    place_third = place_order(
        distributor_id=people.shop.distributor.pk,
        actor=people.buyer,
        lines=[LineInput(product.pk, 10, when_short="wait")],
        now=now,
    )
    receive_stock(warehouse_id=warehouse.pk, product_ids=[product.pk], quantities=[40], reference="DN-1", actor=keeper)
    left = dict(BackOrder.objects.values_list("source_id", "quantity"))
    assert left == {second.id: 0, place_third.id: 5}
    consistent()
