"""When all rows are there: quantities from shipments, totals and states of orders, and the actual sales."""

from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _

from company.selectors import PERIOD_OF_DAY
from core.importing import ImportRefused
from core.importing.staging import rows, run
from orders.bulk.services.orders import SOLD_TO, TOTALS, TOUCHED, remember_distributors
from orders.bulk.services.reservations import reserve_open_lines
from orders.fulfilment.enums import ShipmentStatus
from orders.ordering.enums import COUNTED_STATUSES, DERIVED_STATUSES, OrderStatus
from orders.ordering.lateness import lateness_sql
from orders.ordering.models.sums import SETTING, unequal_sums_of_many
from orders.ordering.services.credit import settle_query
from orders.ordering.services.sales import post_unplaced_sales, recount_sales

_COUNTED = ", ".join(f"'{status}'" for status in sorted(COUNTED_STATUSES))
_DERIVED = ", ".join(f"'{status}'" for status in sorted(DERIVED_STATUSES))

_QUANTITIES = f"""
UPDATE orders_orderline AS line SET shipped = parts.shipped, received = parts.received
FROM (
    SELECT part.order_line_id, sum(part.quantity) AS shipped, sum(coalesce(part.received, 0)) AS received
    FROM {TOUCHED} AS touched
    JOIN orders_shipment AS shipment ON shipment.order_id = touched.order_id
    JOIN orders_shipmentline AS part ON part.shipment_id = shipment.id
    GROUP BY part.order_line_id
) AS parts
WHERE line.id = parts.order_line_id AND (line.shipped, line.received) IS DISTINCT FROM (parts.shipped, parts.received)
"""

_SENT_WITHOUT = f"""
SELECT o.number, line.position, count(*) OVER () AS found
FROM {TOUCHED} AS touched
JOIN orders_orderline AS line USING (order_id)
JOIN orders_order AS o ON o.id = line.order_id
WHERE line.shipped + line.received > 0
AND NOT EXISTS (SELECT FROM orders_shipmentline AS part WHERE part.order_line_id = line.id)
ORDER BY 1, 2 LIMIT 5
"""

_HEADS = f"""
WITH lines AS (
    SELECT line.order_id, {TOTALS}, sum(tax_amount) AS tax_amount, sum(rounding_amount) AS rounding_amount,
           sum(ordered - cancelled - shipped) AS missing, sum(shipped) AS shipped, sum(received) AS received
    FROM {TOUCHED} AS touched JOIN orders_orderline AS line USING (order_id) GROUP BY line.order_id
),
sent AS (
    SELECT shipment.order_id, max(shipped_at) AS shipped_at, max(delivered_at) AS delivered_at,
           max(received_at) AS received_at, bool_and(shipment.status = '{ShipmentStatus.RECEIVED}') AS all_received,
           bool_and(shipment.status <> '{ShipmentStatus.SHIPPED}') AS all_delivered
    FROM {TOUCHED} AS touched JOIN orders_shipment AS shipment USING (order_id) GROUP BY shipment.order_id
),
heads AS (
    SELECT touched.order_id, period.id AS period_id, coalesce(lines.gross_amount, 0) AS gross,
           coalesce(lines.discount_amount, 0) AS discount,
           coalesce(lines.net_amount, 0) AS net, coalesce(lines.tax_amount, 0) AS tax,
           coalesce(lines.rounding_amount, 0) AS rounding,
           coalesce(lines.cost_amount_company, 0) AS cost,
           coalesce(lines.line_count, 0) AS lines, coalesce(lines.unit_count, 0) AS units, sent.shipped_at,
           CASE WHEN o.status IN ('{OrderStatus.DELIVERED}', '{OrderStatus.RECEIVED}') OR all_delivered
               THEN sent.delivered_at END AS delivered_at,
           CASE WHEN o.status = '{OrderStatus.RECEIVED}' OR all_received THEN sent.received_at END AS received_at,
           CASE
               WHEN touched.status_given OR o.status NOT IN ({_DERIVED}) THEN o.status
               WHEN coalesce(shipped, 0) = 0 AND sent.order_id IS NULL THEN '{OrderStatus.APPROVED}'
               WHEN missing > 0 THEN '{OrderStatus.PARTLY_SHIPPED}'
               WHEN all_received OR (sent.order_id IS NULL AND received = shipped) THEN '{OrderStatus.RECEIVED}'
               WHEN all_delivered THEN '{OrderStatus.DELIVERED}'
               ELSE '{OrderStatus.SHIPPED}'
           END AS status
    FROM {TOUCHED} AS touched
    JOIN orders_order AS o ON o.id = touched.order_id
    LEFT JOIN lines USING (order_id)
    LEFT JOIN sent USING (order_id)
    LEFT JOIN {PERIOD_OF_DAY} AS period ON period.day = o.ordered_on
),
judged AS (
    SELECT heads.*, {lateness_sql("heads", "o.promised_on", "o.lateness", "%(zone)s")} AS lateness
    FROM heads JOIN orders_order AS o ON o.id = heads.order_id
)
UPDATE orders_order AS o SET
    gross_amount = heads.gross, discount_amount = heads.discount,
    rounding_amount = heads.rounding, net_amount = heads.net,
    tax_amount = heads.tax, total_amount = heads.net + heads.tax, cost_amount_company = heads.cost,
    line_count = heads.lines, unit_count = heads.units, status = heads.status,
    sales_period_id = CASE WHEN heads.status IN ({_COUNTED}) THEN heads.period_id END,
    approved_at = CASE WHEN heads.status IN ({_COUNTED}) THEN coalesce(o.approved_at, o.ordered_at) END,
    shipped_at = heads.shipped_at, delivered_at = heads.delivered_at, received_at = heads.received_at,
    lateness = heads.lateness
FROM judged AS heads
WHERE o.id = heads.order_id AND (
    o.gross_amount, o.discount_amount, o.rounding_amount, o.net_amount, o.tax_amount, o.cost_amount_company,
    o.line_count, o.unit_count, o.sales_period_id,
    o.status, o.shipped_at, o.delivered_at, o.received_at, o.lateness
) IS DISTINCT FROM (
    heads.gross, heads.discount, heads.rounding, heads.net, heads.tax, heads.cost, heads.lines, heads.units,
    CASE WHEN heads.status IN ({_COUNTED}) THEN heads.period_id END,
    heads.status, heads.shipped_at, heads.delivered_at, heads.received_at, heads.lateness
)
"""

_REFILED = frozenset({"business_year", "business_period"})
"""Entities that decide under which period a sale is counted; its category is in the line."""


def finish_orders(changed: Collection[str]) -> None:
    """Bring lines and heads of the orders written in line with their shipments, and post their actual sales again.

    What is still to be shipped is held as far as it lies there. Changes only what differs. Raises ImportRefused where
    lines are shipped that no shipment holds.
    """
    run(f"ANALYZE {TOUCHED}")
    run(_QUANTITIES)
    run(_HEADS, {"zone": timezone.get_default_timezone_name()})
    _check_sums()
    _refuse_sent_without_shipment()
    settle_query(orders=f"SELECT order_id FROM {TOUCHED}", on=timezone.localdate())
    reserve_open_lines(orders=f"SELECT order_id FROM {TOUCHED}")
    if not _REFILED.isdisjoint(changed):
        post_unplaced_sales()
        recount_sales(distributors=None)
    elif not {"order", "order_line"}.isdisjoint(changed):
        remember_distributors(f"{TOUCHED} AS touched JOIN orders_order AS o ON o.id = touched.order_id")
        recount_sales(distributors=f"SELECT distributor_id FROM {SOLD_TO}")


def _check_sums() -> None:
    """All orders that were written are the sums of their lines: what the triggers hold of one, here of many at once."""
    unequal = rows(unequal_sums_of_many(f"placed.id IN (SELECT order_id FROM {TOUCHED})") + " LIMIT 3")
    if unequal:
        raise RuntimeError(f"orders do not add up: {unequal}")
    run("SELECT set_config(%s, '', true)", [SETTING])


def _refuse_sent_without_shipment() -> None:
    found = rows(_SENT_WITHOUT)
    if found:
        shown = ", ".join(f"{number}/{position}" for number, position, _found in found)
        reason = _(
            "%(count)s lines are marked as shipped, but are in no shipment (order/line: %(shown)s, …). Import "
            "shipment and shipment_line as well, or leave out shipped and received."
        ) % {"count": found[0][2], "shown": shown}
        raise ImportRefused("order_line.shipped", reason)
