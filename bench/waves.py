"""A wave of 100 orders at 1,000,000 orders: made, picked and shipped at once, beside one order after the other and raw SQL.

All of it is rolled back, so that each round finds the same.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from bench.database import big
from bench.results import Result, alternate
from demo.company import DOMAIN
from inventory.models import BackOrder
from orders.fulfilment.services.shipping import ship_order, start_picking
from orders.fulfilment.waves.services.making import make_wave
from orders.fulfilment.waves.services.picking import pick_all
from orders.fulfilment.waves.services.shipping import ship_wave
from orders.models import Order, OrderLine

ORDERS = 100
ROUNDS, QUICK_ROUNDS = 5, 2

_RAW = """
WITH made AS (
    INSERT INTO orders_shipment (number, tracking_number, status, shipped_at, order_id, warehouse_id)
    SELECT 'BENCH-' || placed.id, '', 'shipped', %(now)s, placed.id, placed.warehouse_id
    FROM orders_order AS placed WHERE placed.id = ANY(%(orders)s)
    RETURNING id, order_id
), taken AS (
    UPDATE inventory_reservation AS held SET quantity = 0
    FROM (SELECT id, quantity FROM inventory_reservation
          WHERE source_type = 'order' AND source_id = ANY(%(orders)s) AND quantity > 0) AS before
    WHERE held.id = before.id
    RETURNING held.source_id, held.source_line_id, held.warehouse_id, held.product_id, before.quantity
), sent AS (
    INSERT INTO orders_shipmentline (shipment_id, order_line_id, quantity, difference_reason)
    SELECT made.id, taken.source_line_id, taken.quantity, '' FROM taken JOIN made ON made.order_id = taken.source_id
), counted AS (
    UPDATE orders_orderline AS line SET shipped = line.shipped + taken.quantity FROM taken WHERE line.id = taken.source_line_id
), stocked AS (
    UPDATE inventory_stock AS stock SET on_hand = stock.on_hand - away.quantity, reserved = stock.reserved - away.quantity
    FROM (SELECT warehouse_id, product_id, SUM(quantity) AS quantity FROM taken GROUP BY 1, 2) AS away
    WHERE stock.warehouse_id = away.warehouse_id AND stock.product_id = away.product_id
), moved AS (
    INSERT INTO inventory_stockmove (warehouse_id, product_id, kind, quantity, reference, note, at)
    SELECT warehouse_id, product_id, 'shipment', -quantity, 'BENCH-' || source_id, '', %(now)s FROM taken
)
UPDATE orders_order SET status = 'shipped', shipped_at = %(now)s WHERE id = ANY(%(orders)s)
"""


def measure(*, quick: bool) -> list[Result]:
    with big(quick=quick):
        return _measured(QUICK_ROUNDS if quick else ROUNDS)


def _measured(rounds: int) -> list[Result]:
    keeper = User.objects.get(email=f"{Role.WAREHOUSE}@{DOMAIN}")
    orders, now = _orders(), timezone.now()
    who: dict[str, Any] = {"actor": keeper, "now": now}

    def wave(some: list[int]) -> None:
        made = make_wave(order_ids=some, **who)
        pick_all(wave_id=made.pk, **who)
        ship_wave(wave_id=made.pk, **who)

    def one_by_one() -> None:
        for pk in orders:
            start_picking(order_id=pk, **who)
            ship_order(order_id=pk, **who)

    def raw() -> None:
        with connection.cursor() as cursor:
            cursor.execute(_RAW, {"orders": orders, "now": now})

    works: dict[str, Callable[[], object]] = {
        "wave": lambda: _undone(lambda: wave(orders)),
        "one by one": lambda: _undone(one_by_one),
        "raw": lambda: _undone(raw),
    }
    taken = alternate(works, rounds=rounds)
    statements = []
    for some in (orders, orders[: ORDERS // 2]):
        with CaptureQueriesContext(connection) as captured:
            _undone(partial(wave, some))
        statements.append(len(captured))
    name = f"wave of {len(orders)} orders, made, picked and shipped"
    return [
        Result(name=name, figure=taken["wave"], unit="ms", compared_with="raw SQL, no rules, sales or events",
               its_figure=taken["raw"], aim="at most 15"),
        Result(name=name, figure=taken["wave"], unit="ms", compared_with="one order after the other",
               its_figure=taken["one by one"], aim="at most 0.2"),
        Result(name="its statements", figure=statements[0], unit="", compared_with="of half as many orders",
               its_figure=statements[1], aim="the same"),
    ]  # fmt: skip


def _undone(work: Callable[[], object]) -> None:
    with transaction.atomic():
        work()
        transaction.set_rollback(True)


def _orders() -> list[int]:
    """Approved orders of one warehouse of the company, nothing of which waits."""
    ready = Order.objects.filter(status="approved", is_on_hold=False, seller_distributor__isnull=True)
    warehouse = ready.order_by().values_list("warehouse").annotate(number=Count("pk")).order_by("-number")[0][0]
    elsewhere = OrderLine.objects.filter(order=OuterRef("pk"), warehouse__isnull=False).exclude(warehouse=warehouse)
    waits = BackOrder.objects.filter(source_type="order", source_id=OuterRef("pk"), quantity__gt=0)
    in_one = ready.filter(~Exists(elsewhere), ~Exists(waits), warehouse=warehouse)
    return list(in_one.order_by("pk").values_list("pk", flat=True)[:ORDERS])
