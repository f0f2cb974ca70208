"""What orders have in the actual sales: one that is approved or reversed, or all of a history."""

from collections.abc import Mapping
from typing import Any, Literal

from company.selectors import PERIOD_OF_DAY
from core.importing.staging import run
from orders.ordering.enums import COUNTED_STATUSES, OrderStatus
from orders.ordering.models import Order
from planning.enums import SalesBasis
from planning.services.actuals import post_actual_sales, repost_actual_sales

COUNTS = "placed.counts_as_sale AND placed.seller_company_id IS NOT NULL"
"""Of `placed`: an order of a type that counts as sale, by the company. What a distributor sells is no sale of the brand."""


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
    WHERE ({orders}) AND {COUNTS}
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


_COUNTED = ", ".join(f"'{status}'" for status in sorted(COUNTED_STATUSES))
POSTED = f"""(
    SELECT distributor_id, currency, ordered_on AS day, net_amount, sales_period_id AS period_id
    FROM orders_order AS placed WHERE status IN ({_COUNTED}) AND {COUNTS}
)"""
"""Orders whose sales are posted, as `core.posted_documents` reads them."""
AWAITED = f"""(
    SELECT distributor_id, currency, net_amount FROM orders_order AS placed
    WHERE status = '{OrderStatus.SUBMITTED}' AND {COUNTS}
)"""
"""Orders that wait for their approval."""


def post_unplaced_sales() -> None:
    """Post the sales that had no business period under that of their day, where one was opened since.

    Before: inside the transaction that opened it, in which nobody else posts.
    """
    run("DROP TABLE IF EXISTS placed_now")
    run(
        f"""
        CREATE TEMPORARY TABLE placed_now ON COMMIT DROP AS
        SELECT placed.id AS order_id, period.id AS period_id
        FROM orders_order AS placed JOIN {PERIOD_OF_DAY} AS period ON period.day = placed.ordered_on
        WHERE placed.sales_period_id IS NULL AND placed.status IN ({_COUNTED})
        ORDER BY placed.id FOR UPDATE OF placed
        """
    )
    chosen = "placed.id IN (SELECT order_id FROM placed_now)"
    post_actual_sales(sold=_sold(chosen, sign="-1"), parameters={})
    run("UPDATE orders_order AS o SET sales_period_id = n.period_id FROM placed_now AS n WHERE n.order_id = o.id")
    post_actual_sales(sold=_sold(chosen), parameters={})
