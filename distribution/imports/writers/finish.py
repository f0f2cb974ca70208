"""When all rows are there: quantities from shipments, totals and states of orders, and the actual sales."""

from distribution.imports.stage import rows, run, value
from distribution.imports.writers.orders import SOLD_TO, TOUCHED, remember_distributors
from orders.enums import COUNTED_STATUSES

_DERIVED = "('approved', 'partly_shipped', 'shipped', 'delivered', 'received')"

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
    SELECT line.order_id, sum(gross_amount) AS gross, sum(discount_amount) AS discount, sum(net_amount) AS net,
           sum(cost_amount) AS cost, count(*) AS lines, sum(ordered) AS units, sum(ordered - cancelled - shipped) AS
               missing,
           sum(shipped) AS shipped, sum(received) AS received
    FROM {TOUCHED} AS touched JOIN orders_orderline AS line USING (order_id) GROUP BY line.order_id
),
parts AS (
    SELECT shipment.order_id, max(shipped_at) AS shipped_at, max(delivered_at) AS delivered_at, max(received_at) AS
        received_at,
           bool_and(shipment.status = 'received') AS all_received, bool_and(shipment.status <> 'shipped') AS
               all_delivered
    FROM {TOUCHED} AS touched JOIN orders_shipment AS shipment USING (order_id) GROUP BY shipment.order_id
),
heads AS (
    SELECT touched.order_id, coalesce(gross, 0) AS gross, coalesce(discount, 0) AS discount, coalesce(net, 0) AS net,
           coalesce(cost, 0) AS cost, coalesce(lines.lines, 0) AS lines, coalesce(units, 0) AS units, parts.shipped_at,
           CASE WHEN o.status IN ('delivered', 'received') OR all_delivered THEN parts.delivered_at END AS delivered_at,
           CASE WHEN o.status = 'received' OR all_received THEN parts.received_at END AS received_at,
           CASE
               WHEN touched.status_given OR o.status NOT IN {_DERIVED} THEN o.status
               WHEN coalesce(shipped, 0) = 0 AND parts.order_id IS NULL THEN 'approved'
               WHEN missing > 0 THEN 'partly_shipped'
               WHEN all_received OR (parts.order_id IS NULL AND received = shipped) THEN 'received'
               WHEN all_delivered THEN 'delivered'
               ELSE 'shipped'
           END AS status
    FROM {TOUCHED} AS touched
    JOIN orders_order AS o ON o.id = touched.order_id
    LEFT JOIN lines USING (order_id)
    LEFT JOIN parts USING (order_id)
)
UPDATE orders_order AS o SET
    gross_amount = heads.gross, discount_amount = heads.discount, net_amount = heads.net, cost_amount = heads.cost,
    line_count = heads.lines, unit_count = heads.units, status = heads.status, approved_at = coalesce(o.approved_at,
    o.ordered_at), shipped_at = heads.shipped_at, delivered_at = heads.delivered_at, received_at = heads.received_at
FROM heads
WHERE o.id = heads.order_id AND (
    o.gross_amount, o.discount_amount, o.net_amount, o.cost_amount, o.line_count, o.unit_count, o.status, o.shipped_at,
    o.delivered_at, o.received_at
) IS DISTINCT FROM (
    heads.gross, heads.discount, heads.net, heads.cost, heads.lines, heads.units, heads.status, heads.shipped_at,
    heads.delivered_at, heads.received_at
)
"""

_EXPECTED = f"""
CREATE TEMPORARY TABLE import_actual ON COMMIT DROP AS
WITH counted AS MATERIALIZED (
    SELECT o.id, o.distributor_id, o.manager_id, date_trunc('month', o.ordered_on::timestamp)::date AS month,
           period.id AS period_id, o.currency
    FROM orders_order AS o
    LEFT JOIN core_businessperiod AS period ON o.ordered_on BETWEEN period.starts_on AND period.ends_on
    WHERE o.status = ANY(%(counted)s)
    AND (%(everything)s OR o.distributor_id IN (SELECT distributor_id FROM {SOLD_TO}))
)
SELECT distributor_id, manager_id, product.category_id, month, period_id, currency,
       sum(line.ordered - line.cancelled) AS units, count(*) AS lines, sum(line.gross_amount) AS gross_amount,
       sum(line.discount_amount) AS discount_amount, sum(line.net_amount) AS net_amount, sum(line.cost_amount) AS cost_amount
FROM counted
JOIN orders_orderline AS line ON line.order_id = counted.id
JOIN inventory_product AS product ON product.id = line.product_id
GROUP BY 1, 2, 3, 4, 5, 6
"""

_SAME_PLACE = """
    actual.distributor_id = e.distributor_id AND actual.month = e.month AND actual.category_id = e.category_id
    AND actual.manager_id IS NOT DISTINCT FROM e.manager_id AND actual.period_id IS NOT DISTINCT FROM e.period_id
    AND actual.currency = e.currency
"""

_SAME_SUMS = """
    (actual.units, actual.lines, actual.gross_amount, actual.discount_amount, actual.net_amount, actual.cost_amount)
    IS NOT DISTINCT FROM (e.units, e.lines, e.gross_amount, e.discount_amount, e.net_amount, e.cost_amount)
"""

_REMOVE = f"""
DELETE FROM planning_salesactual AS actual
WHERE (%(everything)s OR actual.distributor_id IN (SELECT distributor_id FROM {SOLD_TO}))
AND NOT EXISTS (SELECT FROM import_actual AS e WHERE {_SAME_PLACE} AND {_SAME_SUMS})
"""

_ADD = f"""
INSERT INTO planning_salesactual (distributor_id, manager_id, category_id, month, period_id, currency, units, lines,
    gross_amount, discount_amount, net_amount, cost_amount)
SELECT distributor_id, manager_id, category_id, month, period_id, currency, units, lines, gross_amount, discount_amount,
    net_amount, cost_amount
FROM import_actual AS e
WHERE NOT EXISTS (SELECT FROM planning_salesactual AS actual WHERE {_SAME_PLACE})
ORDER BY distributor_id, month, category_id
"""


def finish_orders() -> None:
    """Bring lines and heads of the imported orders in line with their shipments. Changes only what differs."""
    run(f"ANALYZE {TOUCHED}")
    run(_QUANTITIES)
    run(_HEADS)


def sent_without_shipment() -> tuple[int, str]:
    """How many lines say that they were shipped while no shipment holds them, and the first of them in words."""
    found = rows(_SENT_WITHOUT)
    shown = ", ".join(f"{number}/{position}" for number, position, _found in found)
    return (int(found[0][2]) if found else 0), shown


def finish_sales(*, everything: bool) -> None:
    """Post the actual sales of the distributors whose orders were imported, or of all. Changes only what differs.

    `everything` is for imports of periods or products: they decide under which period and category a sale stands.
    """
    if not everything and not value(f"SELECT count(*) FROM {TOUCHED}"):
        return
    remember_distributors(f"{TOUCHED} AS touched JOIN orders_order AS o ON o.id = touched.order_id")
    run("DROP TABLE IF EXISTS import_actual")
    options = {"counted": sorted(COUNTED_STATUSES), "everything": everything}
    run("LOCK TABLE planning_salesactual IN SHARE ROW EXCLUSIVE MODE")
    run(_EXPECTED, options)
    run("ANALYZE import_actual")
    run(_REMOVE, options)
    run(_ADD, options)
