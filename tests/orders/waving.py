"""Orders that are picked in waves, for tests."""

from typing import Any

from inventory.services.stock_moves import receive_stock
from orders.fulfilment.waves.models import Pick, Wave
from orders.fulfilment.waves.selectors.invariants import INVARIANTS as WAVE_INVARIANTS
from orders.fulfilment.waves.services.making import make_wave
from orders.fulfilment.waves.services.picking import Picked, pick_all, record_picks
from orders.fulfilment.waves.services.shipping import ship_wave
from orders.models import Order, OrderLine, Shipment
from orders.ordering.services.approval import approve_order
from orders.pages.selectors.invariants import INVARIANTS
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage
from tests.sql import offending_rows
from tests.transfers.test_transfers import consistent


def approved(people: Stage, quantity: int = 5) -> Order:
    return approve_order(order_id=people.placed(quantity).id, actor=people.manager, now=NOW)


def waved(people: Stage, *orders: Order, **options: Any) -> Wave:
    return make_wave(order_ids=[order.pk for order in orders], actor=people.warehouse, now=NOW, **options)


def all_picked(people: Stage, wave: Wave) -> Wave:
    return pick_all(wave_id=wave.pk, actor=people.warehouse, now=NOW)


def picked(people: Stage, wave: Wave, pick: Pick, pieces: int, reason: str = "") -> Wave:
    one = Picked(pick_id=pick.pk, pieces=pieces, reason=reason)
    return record_picks(wave_id=wave.pk, picked=[one], actor=people.warehouse, now=NOW)


def shipped(people: Stage, wave: Wave) -> list[Shipment]:
    return ship_wave(wave_id=wave.pk, actor=people.warehouse, now=NOW)


def picks(wave: Wave) -> list[Pick]:
    return list(Pick.objects.filter(line__wave=wave).order_by("pk"))


def line_of(order: Order) -> OrderLine:
    first: OrderLine = OrderLine.objects.filter(order=order).order_by("pk")[0]
    return first


def status_of(order: Order) -> str:
    return str(Order.objects.get(pk=order.pk).status)


def scene(*, products: int = 1, on_hand: int = 1000) -> Stage:
    return stage(products=products, on_hand=on_hand)


def receive(people: Stage, pieces: int, lots: Any = ()) -> None:
    product = people.shop.products[0]
    receive_stock(
        warehouse_id=people.shop.warehouse.pk, product_ids=[product.pk], quantities=[pieces], reference="GR",
        actor=None, lots=lots,
    )  # fmt: skip


def whole() -> None:
    consistent()
    assert offending_rows((*INVARIANTS, *WAVE_INVARIANTS)) == {}
