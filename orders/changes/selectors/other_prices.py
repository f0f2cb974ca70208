"""Open orders whose lines have another price than their price list says today."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import connection

from core.actors import Actor
from orders.ordering.enums import OrderStatus
from orders.ordering.models import Order
from pricing.selectors.price_sql import CHOSEN_PRICE, PRICE_CTES

REPRICEABLE: Final = frozenset({OrderStatus.SUBMITTED, OrderStatus.APPROVED})
"""What the warehouse works on keeps its prices."""
MOST_ORDERS: Final = 200

_OTHER = f"""
SELECT placed.id AS order_id, asked.id AS line_id, asked.code, asked.quantity, asked.pieces, asked.unit_price, asked.price,
       asked.price_id
FROM orders_order AS placed
CROSS JOIN LATERAL (
    WITH RECURSIVE {PRICE_CTES.replace("%(distributor)s", "placed.distributor_id")}, asked AS MATERIALIZED (
        SELECT line.id, line.position, line.product_id, unit.id AS unit_id, line.unit_price, product.code,
               line.pieces_per_unit AS pieces, line.ordered - line.cancelled AS quantity,
               (line.ordered - line.cancelled) / line.pieces_per_unit AS units
        FROM orders_orderline AS line
        JOIN catalogue_product AS product ON product.id = line.product_id
        LEFT JOIN catalogue_productunit AS unit
            ON unit.product_id = line.product_id AND unit.code = line.unit AND line.pieces_per_unit > 1
        WHERE line.order_id = placed.id AND line.ordered > line.cancelled
    )
    SELECT asked.id, asked.position, asked.code, asked.quantity, asked.pieces, asked.unit_price, chosen.amount AS price,
           chosen.id AS price_id
    FROM asked
    {CHOSEN_PRICE}
) AS asked
LEFT JOIN orders_pricedecision AS decided ON decided.line_id = asked.id
WHERE placed.id = ANY(%(orders)s) AND asked.price <> asked.unit_price
  AND (decided.id IS NULL OR decided.current_price <> asked.price OR decided.ordered_price <> asked.unit_price)
ORDER BY placed.id, asked.position
"""  # noqa: S608 - put together from constants, values are bound


@dataclass(frozen=True, kw_only=True)
class OtherPrice:
    """A line, its price in the order, and that of today; in the order's currency, by the unit as ordered."""

    line_id: int
    code: str
    quantity: int
    pieces_per_unit: int
    ordered_price: Decimal
    current_price: Decimal
    price_id: int


@dataclass(frozen=True, kw_only=True)
class OrderWithOtherPrices:
    order: Order
    lines: list[OtherPrice] = field(default_factory=list)

    @property
    def difference(self) -> Decimal:
        """What the order would cost more, before discounts."""
        return sum(
            ((line.current_price - line.ordered_price) * line.quantity / line.pieces_per_unit for line in self.lines),
            Decimal(0),
        )


def other_prices(order_ids: Collection[int], *, today: date) -> dict[int, list[OtherPrice]]:
    """By order, the lines about which nothing was decided at today's price. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_OTHER, {"orders": list(order_ids), "on": today})
        rows: Sequence[Any] = cursor.fetchall()
    found: dict[int, list[OtherPrice]] = {}
    for order, line, code, quantity, pieces, ordered, current, price in rows:
        found.setdefault(order, []).append(
            OtherPrice(
                line_id=line,
                code=code,
                quantity=quantity,
                pieces_per_unit=pieces,
                ordered_price=ordered,
                current_price=current,
                price_id=price,
            )
        )
    return found


def orders_with_other_prices(actor: Actor, *, today: date) -> list[OrderWithOtherPrices]:
    """Of the orders that the person sees, the newest with other prices than today's. Two queries."""
    open_ones = Order.objects.visible_to(actor).filter(status__in=sorted(REPRICEABLE), seller_company__isnull=False)
    orders = {order.pk: order for order in open_ones.select_related("distributor").order_by("-ordered_at", "-pk")}
    found = other_prices(orders, today=today)
    rows = [OrderWithOtherPrices(order=order, lines=found[pk]) for pk, order in orders.items() if pk in found]
    return rows[:MOST_ORDERS]
