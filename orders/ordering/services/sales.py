"""What orders have in the actual sales: one that is approved or taken back, or all of a history."""

from collections.abc import Mapping
from typing import Any, Literal

from orders.ordering.enums import COUNTED_STATUSES
from orders.ordering.models import Order
from planning.enums import SalesBasis
from planning.services.actuals import post_actual_sales, repost_actual_sales


def _sold(orders: str, *, sign: str = "1") -> str:
    """What the lines of orders sold, as `planning.services.actuals` reads it. `orders` selects among `placed`."""
    return f"""(
    SELECT placed.distributor_id, placed.manager_id, line.category_id, placed.ordered_on AS day,
           placed.sales_period_id AS period_id, placed.currency, '{SalesBasis.ORDERED}'::text AS basis,
           (line.ordered - line.cancelled) * {sign} AS units, {sign} AS lines, line.gross_amount * {sign} AS gross_amount,
           line.discount_amount * {sign} AS discount_amount, line.net_amount * {sign} AS net_amount,
           line.cost_amount_company * {sign} AS cost_amount_company
    FROM orders_order AS placed
    JOIN orders_orderline AS line ON line.order_id = placed.id
    WHERE {orders}
    )"""


_ONE_ORDER = _sold("placed.id = %(order)s", sign="%(sign)s")


def count_sales(order: Order, *, sign: Literal[1, -1]) -> None:
    """Post the order's lines to the actual sales of its day, or with -1 take them back as they were posted. One statement.

    Before: the order is locked, its row and lines are as they are to be counted, and `sales_period` is the period they
    count in: set when they are posted, and never after.
    """
    post_actual_sales(sold=_ONE_ORDER, parameters={"order": order.pk, "sign": sign})


def count_all_sales() -> None:
    """Post all orders that count. Before: none of them was posted yet."""
    sold = _sold("placed.status = ANY(%(counted)s)")
    post_actual_sales(sold=sold, parameters={"counted": sorted(COUNTED_STATUSES)})


def recount_sales(*, distributors: str | None) -> None:
    """Make the actual sales what the counted orders say, for the distributors of a query or for all."""
    theirs = "true" if distributors is None else f"placed.distributor_id IN ({distributors})"
    parameters: Mapping[str, Any] = {"counted": sorted(COUNTED_STATUSES)}
    sold = _sold(f"placed.status = ANY(%(counted)s) AND {theirs}")
    repost_actual_sales(sold=sold, parameters=parameters, distributors=distributors)
