"""Goods on their way at 1,000,000 orders: who got a lot, a receipt, and the report of what was on time in full.

Each beside one statement by hand that does the least of it. A receipt is rolled back, so that each round finds the same.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from bench.database import big
from bench.results import Result, alternate
from catalogue.models import Product
from demo.bulk import without_triggers
from demo.company import DOMAIN
from inventory.models import Lot, Warehouse
from orders.fulfilment.selectors.lot_holders import whereabouts_of
from orders.fulfilment.services.receiving import receive_shipment
from orders.models import Order, OrderLine, Shipment, ShipmentLine
from orders.tracking.enums import DeliveryBasis
from orders.tracking.selectors.delivery_performance import LONGEST_DAYS, due_orders, read_figures

ROUNDS, QUICK_ROUNDS = 7, 2
LOTS = 10
"""Of one product; all that was ever shipped of it is of one of them."""

_MAKE_LOTS = """
INSERT INTO inventory_lot (product_id, code, status, status_reason, version)
SELECT %(product)s, 'BENCH-' || n, 'free', '', 1 FROM generate_series(1, %(lots)s) AS n
"""
_SHIP_LOTS = """
INSERT INTO orders_shipmentlot (shipment_line_id, lot_id, pieces)
SELECT part.id, lots.ids[1 + part.id %% %(lots)s], part.quantity
FROM orders_shipmentline AS part
JOIN orders_orderline AS line ON line.id = part.order_line_id AND line.product_id = %(product)s
CROSS JOIN (SELECT array_agg(id) AS ids FROM inventory_lot WHERE product_id = %(product)s AND code LIKE 'BENCH-%%') AS lots
"""
_WHO_GOT_IT = """
SELECT placed.distributor_id, SUM(sent.pieces)
FROM orders_shipmentlot AS sent
JOIN orders_shipmentline AS part ON part.id = sent.shipment_line_id
JOIN orders_shipment AS shipment ON shipment.id = part.shipment_id
JOIN orders_order AS placed ON placed.id = shipment.order_id
WHERE sent.lot_id = %(lot)s GROUP BY placed.distributor_id
"""
_RECEIVE = """
WITH came AS (
    UPDATE orders_shipmentline SET received = quantity WHERE shipment_id = %(shipment)s
    RETURNING order_line_id, quantity
), added AS (
    UPDATE orders_orderline AS line SET received = line.received + came.quantity
    FROM came WHERE line.id = came.order_line_id
    RETURNING line.product_id, came.quantity
), stocked AS (
    INSERT INTO inventory_stock AS stock (warehouse_id, product_id, on_hand, reserved, waiting, blocked)
    SELECT %(warehouse)s, product_id, SUM(quantity), 0, 0, 0 FROM added GROUP BY product_id
    ON CONFLICT (warehouse_id, product_id) DO UPDATE SET on_hand = stock.on_hand + excluded.on_hand
), moved AS (
    INSERT INTO inventory_stockmove (warehouse_id, product_id, kind, quantity, reference, note, at)
    SELECT %(warehouse)s, product_id, 'receipt', quantity, 'S', '', %(now)s FROM added
)
UPDATE orders_shipment SET status = 'received', received_at = %(now)s, delivered_at = COALESCE(delivered_at, %(now)s)
WHERE id = %(shipment)s
"""
_ON_TIME = """
SELECT COUNT(*), COUNT(*) FILTER (WHERE is_kept) FROM (
    SELECT placed.id, bool_and(line.received >= line.ordered - line.cancelled) AND COALESCE(
        (COALESCE(placed.delivered_at, placed.received_at) AT TIME ZONE 'UTC')::date <= placed.promised_on, FALSE
    ) AS is_kept
    FROM orders_order AS placed JOIN orders_orderline AS line ON line.order_id = placed.id
    WHERE placed.promised_on BETWEEN %(since)s AND %(until)s AND placed.status <> 'draft' AND placed.status <> 'cancelled'
    GROUP BY placed.id
) AS judged
"""


def measure(*, quick: bool) -> list[Result]:
    rounds = QUICK_ROUNDS if quick else ROUNDS
    with big(quick=quick):
        return [*_who_got_a_lot(rounds), *_receipt(rounds), *_on_time_in_full(max(rounds // 2, 1))]


def _who_got_a_lot(rounds: int) -> list[Result]:
    director = User.objects.get(email=f"{Role.DIRECTOR}@{DOMAIN}")
    lot = _lot()
    works: dict[str, Callable[[], object]] = {
        "look-up": lambda: whereabouts_of(lot, director),
        "page": partial(_get, director, reverse("orders:lot", args=[lot.pk])),
        "raw": partial(_run, _WHO_GOT_IT, lot=lot.pk),
    }
    taken = alternate(works, rounds=rounds)
    holders = len(whereabouts_of(lot, director).holders)
    return [
        Result(name=f"who got a lot, {holders:,} distributors: {name}", figure=taken[name], unit="ms",
               compared_with="raw SQL, pieces by distributor", its_figure=taken["raw"], aim=aim)
        for name, aim in (("look-up", "at most 10"), ("page", ""))
    ]  # fmt: skip


def _lot() -> Lot:
    """One of ten, made once of what was shipped of the product that was shipped most."""
    found: Lot | None = Lot.objects.filter(code="BENCH-1").select_related("product").first()
    if found is None:
        product = Product.objects.order_by("pk")[0].pk
        with transaction.atomic(), without_triggers(), connection.cursor() as cursor:
            for statement in (_MAKE_LOTS, _SHIP_LOTS):
                cursor.execute(statement, {"product": product, "lots": LOTS})
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE orders_shipmentlot, inventory_lot")
        return _lot()
    return found


def _receipt(rounds: int) -> list[Result]:
    """Of a shipment of ten lines that is on its way, whole, by the owner of a distributor whose stock is kept here."""
    owner = User.objects.get(email=f"{Role.OWNER}@{DOMAIN}")
    now = timezone.now()
    with transaction.atomic():
        shipment = _on_its_way(owner)
        lines = ShipmentLine.objects.filter(shipment=shipment).count()
        place = Warehouse.objects.filter(distributor=owner.distributor_id, is_default=True).values_list("pk", flat=True)

        def receive() -> None:
            with transaction.atomic():
                receive_shipment(shipment_id=shipment.pk, actor=owner, now=now)
                transaction.set_rollback(True)

        def raw() -> None:
            with transaction.atomic():
                _run(_RECEIVE, shipment=shipment.pk, warehouse=place[0], now=now)
                transaction.set_rollback(True)

        taken = alternate({"receipt": receive, "raw": raw}, rounds=rounds * 3)
        transaction.set_rollback(True)
    return [
        Result(name=f"receipt of {lines} lines", figure=taken["receipt"], unit="ms", compared_with="raw SQL, no rules or event",
               its_figure=taken["raw"], aim="at most 15")
    ]  # fmt: skip


def _on_its_way(owner: User) -> Shipment:
    """The last order of the owner's company, all of which has left in one shipment."""
    received = Order.objects.filter(distributor=owner.distributor_id, status="received")
    order = received.order_by("-line_count", "-pk")[0]
    OrderLine.objects.filter(order=order).update(received=0)
    ShipmentLine.objects.filter(shipment__order=order).update(
        received=None, damaged=0, missing=0, difference_kind="", difference_reason=""
    )
    Shipment.objects.filter(order=order).update(status="shipped", received_at=None, delivered_at=None)
    Order.objects.filter(pk=order.pk).update(status="shipped", received_at=None, delivered_at=None)
    if not Warehouse.objects.filter(distributor=owner.distributor_id, is_default=True).exists():
        Warehouse.objects.create(code="BENCH", name="Bench", distributor_id=owner.distributor_id, is_default=True)
    return Shipment.objects.get(order=order)


def _on_time_in_full(rounds: int) -> list[Result]:
    """The longest period that the report takes, and its usual one of three months."""
    director = User.objects.get(email=f"{Role.DIRECTOR}@{DOMAIN}")
    until = timezone.localdate() - timedelta(days=1)
    results = []
    for name, days in (("three months", 91), (f"{LONGEST_DAYS} days", LONGEST_DAYS)):
        period: dict[str, Any] = {"since": until - timedelta(days=days), "until": until}
        rows = due_orders(Order.objects.visible_to(director), **period)
        works: dict[str, Callable[[], object]] = {
            "figures": partial(read_figures, rows, basis=DeliveryBasis.PROMISED),
            "API": partial(_get, director, f"{reverse('api:delivery-performance-summary')}?since={period['since']}"),
            "raw": partial(_run, _ON_TIME, **period),
        }
        taken = alternate(works, rounds=rounds)
        due = read_figures(rows, basis=DeliveryBasis.PROMISED).orders
        results += [
            Result(name=f"on time in full, {name}, {due:,} orders due: {work}", figure=taken[work], unit="ms",
                   compared_with="raw SQL, by the order's own days", its_figure=taken["raw"], aim=aim)
            for work, aim in (("figures", "at most 10"), ("API", "at most 10"))
        ]  # fmt: skip
    return results


def _get(user: User, address: str) -> None:
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="sign_in.backends.PasswordBackend")
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status_code} {response.content[:300]!r}")


def _run(statement: str, **values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        if cursor.description:
            cursor.fetchall()
