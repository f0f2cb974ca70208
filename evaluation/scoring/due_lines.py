"""Order lines due and how they were delivered: one text for the figure of a run and for the rows behind it.

The lines of orders that arrived by the promised day as a whole are counted in one pass (`counted`); those of orders that
came in parts, some of them in time, are few and are added (`rescued`). Written so that PostgreSQL can use all its workers.
"""

DUE_LINES = """
due AS NOT MATERIALIZED (
    SELECT id, distributor_id, status = 'received' AS confirmed, promised_on,
        COALESCE(
            (COALESCE(delivered_at, received_at,
                CASE WHEN status IN ('delivered', 'received') THEN shipped_at END
            ) AT TIME ZONE %(zone)s)::date <= promised_on,
            false
        ) AS on_time
    FROM orders_order
    WHERE status = ANY(%(order_statuses)s) AND promised_on BETWEEN %(starts_on)s AND %(due_until)s{condition}
),
early AS (
    SELECT due.{grouped} AS {grouped}, part.order_line_id, sum(COALESCE(part.received, part.quantity)) AS quantity
    FROM due
    JOIN orders_shipment AS shipment ON shipment.order_id = due.id
    JOIN orders_shipmentline AS part ON part.shipment_id = shipment.id
    WHERE NOT due.on_time
        AND (COALESCE(shipment.delivered_at, shipment.received_at) AT TIME ZONE %(zone)s)::date <= due.promised_on
    GROUP BY due.{grouped}, part.order_line_id
),
rescued AS (
    SELECT early.{grouped}, count(*) AS lines
    FROM early
    CROSS JOIN LATERAL (  -- OFFSET keeps this a look-up by key: the planner cannot know how few they are
        SELECT ordered - cancelled AS wanted FROM orders_orderline WHERE id = early.order_line_id OFFSET 0
    ) AS line
    WHERE line.wanted > 0 AND early.quantity >= line.wanted
    GROUP BY early.{grouped}
),
counted AS (
    SELECT due.{grouped} AS {grouped}, count(*) AS lines,
        count(*) FILTER (
            WHERE due.on_time
                AND CASE WHEN due.confirmed THEN line.received ELSE line.shipped END >= line.ordered - line.cancelled
        ) AS on_time
    FROM due
    JOIN orders_orderline AS line ON line.order_id = due.id
    WHERE line.cancelled < line.ordered
    GROUP BY due.{grouped}
),
delivered AS (
    SELECT counted.{grouped}, counted.lines, counted.on_time + COALESCE(rescued.lines, 0) AS on_time
    FROM counted LEFT JOIN rescued ON rescued.{grouped} = counted.{grouped}
)
"""
"""Adds `delivered(<grouped>, lines, on_time)`: `grouped` is a column of `due`, `condition` narrows the orders."""

LINES_OF_DISTRIBUTORS = DUE_LINES.format(grouped="distributor_id", condition="")
LINES_OF_ORDERS = DUE_LINES.format(grouped="id", condition=" AND distributor_id = %(distributor)s")
