"""A changed line leaves one warehouse, with all that it has. Where this breaks, a shipment names a place it never left."""

import pytest

from inventory.models import Reservation, Stock
from inventory.selectors.invariants import INVARIANTS as STOCK_CHECKS
from orders.fulfilment.services.shipping import ship_order
from orders.models import OrderLine
from orders.ordering.errors import OrderRefused
from orders.ordering.services.approval import approve_order
from orders.ordering.services.changing import change_order
from orders.ordering.services.quote import LineInput
from orders.pages.selectors.invariants import INVARIANTS as ORDER_CHECKS
from tests.factories.inventory import StockFactory, SupplyRouteFactory
from tests.orders.clock import NOW
from tests.orders.people import stage
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db


def test_a_line_that_becomes_more_stays_or_moves_as_a_whole() -> None:
    """Five of nine would be reserved in the north, four in the south, and the south's papers would list all nine."""
    scene = stage(products=1, on_hand=8)
    (product,) = scene.shop.products
    near = scene.shop.warehouse
    far = SupplyRouteFactory.create(distributor=scene.shop.distributor, priority=2, lead_days=3).warehouse
    StockFactory.create(warehouse=far, product=product, on_hand=20)
    placed = scene.placed(quantity=5)

    def change(quantity: int, when_short: str = "") -> tuple[int | None, dict[int, int]]:
        wanted = [LineInput(product.pk, quantity, when_short=when_short)]
        change_order(order_id=placed.id, actor=scene.buyer, lines=wanted, now=NOW)
        assert offending_rows([*ORDER_CHECKS, *STOCK_CHECKS]) == {}
        reserved = Reservation.objects.filter(source_id=placed.id, quantity__gt=0)
        return OrderLine.objects.get(order=placed.id).warehouse_id, dict(reserved.values_list("warehouse", "quantity"))

    assert change(8) == (near.pk, {near.pk: 8}), "the rest is there, too"
    assert change(12) == (far.pk, {far.pk: 12}), "only there is all of it"
    assert change(6) == (far.pk, {far.pk: 6}), "less of it moves nothing"
    assert change(9) == (far.pk, {far.pk: 9}), "though the first warehouse were nearer"
    assert dict(Stock.objects.filter(product=product).values_list("warehouse", "reserved")) == {near.pk: 0, far.pk: 9}
    with pytest.raises(OrderRefused):
        change(25)
    assert change(25, "wait")[0] in {near.pk, far.pk}
    assert change(9)[1] == {change(9)[0]: 9}

    approve_order(order_id=placed.id, actor=scene.manager, now=NOW)
    shipment = ship_order(order_id=placed.id, actor=scene.warehouse, now=NOW)
    on_hand = {near.pk: 8, far.pk: 20}
    on_hand[shipment.warehouse_id or 0] -= 9
    assert dict(Stock.objects.filter(product=product).values_list("warehouse", "on_hand")) == on_hand
