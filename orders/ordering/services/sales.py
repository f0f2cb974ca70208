"""The actual sales of an order that is approved or reversed, or of all that there is; the relations are in `posted_sales`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from company.selectors import PERIOD_OF_DAY
from core.importing.staging import run
from orders.ordering.enums import COUNTED_STATUSES, OrderStatus
from orders.ordering.models import Order
from orders.ordering.services.posted_sales import (
    COUNTED,
    COUNTS,
    INSPECTED,
    SHIPPED_ON,
    all_sales,
    ordered_sales,
    returned_sales,
    shipped_sales,
)
from planning.enums import SalesBasis
from planning.services.actuals import post_actual_sales, repost_actual_sales

_ONE_ORDER = ordered_sales("placed.id = %(order)s", sign="%(sign)s")
_COUNTED_NOW = "placed.status = ANY(%(counted)s)"


def count_sales(order: Order, *, sign: Literal[1, -1]) -> None:
    """Post the order's lines to the actual sales of its day, or with -1 take them back as they were posted. One statement.

    Before: the order is locked, its row and lines are as they are to be counted, and `sales_period` is the period they
    count in: set when they are posted, and never after.
    """
    post_actual_sales(sold=_ONE_ORDER, parameters={"order": order.pk, "sign": sign})


def count_all_sales() -> None:
    """Post all orders that count, all shipments and returns. Before: none of them was posted yet."""
    post_actual_sales(sold=all_sales(_COUNTED_NOW), parameters={"counted": sorted(COUNTED_STATUSES)})


def recount_sales(*, distributors: str | None) -> None:
    """Make the actual sales what orders, shipments and returns say, for the distributors of a query or for all."""
    theirs = "true" if distributors is None else f"placed.distributor_id IN ({distributors})"
    parameters: Mapping[str, Any] = {"counted": sorted(COUNTED_STATUSES)}
    repost_actual_sales(sold=all_sales(_COUNTED_NOW, theirs=theirs), parameters=parameters, distributors=distributors)


POSTED = f"""(
    SELECT distributor_id, currency, ordered_on AS day, net_amount, sales_period_id AS period_id
    FROM orders_order AS placed WHERE status IN ({COUNTED}) AND {COUNTS}
    UNION ALL
    SELECT distributor_id, currency, day, net_amount, period_id FROM {returned_sales("true")} AS returned
    WHERE basis = '{SalesBasis.ORDERED}'
)"""
"""Orders whose sales are posted, and what returns took back of them, as `core.posted_documents` reads them."""
AWAITED = f"""(
    SELECT distributor_id, currency, net_amount FROM orders_order AS placed
    WHERE status = '{OrderStatus.SUBMITTED}' AND {COUNTS}
)"""
"""Orders that wait for their approval."""
POSTED_SHIPMENTS = f"""(
    SELECT distributor_id, currency, day, net_amount, period_id FROM {shipped_sales("true")} AS shipped
)"""
AWAITED_SHIPMENTS = f"(SELECT * FROM {AWAITED} AS awaited WHERE false)"


@dataclass(frozen=True, kw_only=True)
class _Posted:
    """Documents of one table that were posted: of which day each is, which count, and how `sold` names them."""

    table: str
    name: str
    source: str
    day: str
    sold: Callable[..., str]


_ORDERS = _Posted(
    table="orders_order",
    name="placed",
    source=f"orders_order AS placed WHERE placed.status IN ({COUNTED})",
    day="placed.ordered_on",
    sold=ordered_sales,
)
_SHIPMENTS = _Posted(
    table="orders_shipment",
    name="shipment",
    source="orders_shipment AS shipment WHERE shipment.posts_sales",
    day=SHIPPED_ON,
    sold=shipped_sales,
)
_RETURNS = _Posted(
    table="orders_return",
    name="document",
    source=f"orders_return AS document WHERE {INSPECTED}",
    day="document.inspected_on",
    sold=returned_sales,
)


def post_unplaced_sales() -> None:
    """Post the sales that had no business period under that of their day, where one was opened since.

    Before: inside the transaction that opened it, in which nobody else posts.
    """
    post_unplaced_orders()
    post_unplaced_shipments()


def post_unplaced_orders() -> None:
    """Those of orders and returns; see `post_unplaced_sales`."""
    _post_unplaced(_ORDERS)
    _post_unplaced(_RETURNS)


def post_unplaced_shipments() -> None:
    """Those of shipments; see `post_unplaced_sales`."""
    _post_unplaced(_SHIPMENTS)


def _post_unplaced(documents: _Posted) -> None:
    name = documents.name
    run("DROP TABLE IF EXISTS placed_now")
    run(
        f"""
        CREATE TEMPORARY TABLE placed_now ON COMMIT DROP AS
        SELECT unplaced.id AS document_id, period.id AS period_id
        FROM (
            SELECT {name}.id, {documents.day} AS day FROM {documents.source} AND {name}.sales_period_id IS NULL
            ORDER BY {name}.id FOR UPDATE OF {name}
        ) AS unplaced
        JOIN {PERIOD_OF_DAY} AS period ON period.day = unplaced.day
        """
    )
    chosen = f"{name}.id IN (SELECT document_id FROM placed_now)"
    post_actual_sales(sold=documents.sold(chosen, sign="-1"), parameters={})
    run(
        f"UPDATE {documents.table} AS o SET sales_period_id = n.period_id FROM placed_now AS n WHERE n.document_id = o.id"
    )
    post_actual_sales(sold=documents.sold(chosen), parameters={})
