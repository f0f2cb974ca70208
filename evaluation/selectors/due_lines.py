"""Order lines due and how they were delivered: one text for the figure of a run and for the rows behind it."""

DUE_LINES = """
due AS (
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
    SELECT part.order_line_id, sum(COALESCE(part.received, part.quantity)) AS quantity
    FROM due
    JOIN orders_shipment AS shipment ON shipment.order_id = due.id
    JOIN orders_shipmentline AS part ON part.shipment_id = shipment.id
    WHERE NOT due.on_time
        AND (COALESCE(shipment.delivered_at, shipment.received_at) AT TIME ZONE %(zone)s)::date <= due.promised_on
    GROUP BY part.order_line_id
),
delivered AS (
    SELECT due.{grouped} AS {grouped}, count(*) AS lines,
        count(*) FILTER (
            WHERE CASE WHEN due.on_time THEN CASE WHEN due.confirmed THEN line.received ELSE line.shipped END
                ELSE early.quantity END >= line.ordered - line.cancelled
        ) AS on_time
    FROM due
    JOIN orders_orderline AS line ON line.order_id = due.id
    LEFT JOIN early ON early.order_line_id = line.id
    WHERE line.cancelled < line.ordered
    GROUP BY due.{grouped}
)
"""
"""Adds `delivered(<grouped>, lines, on_time)`: `grouped` is a column of `due`, `condition` narrows the orders."""

LINES_OF_DISTRIBUTORS = DUE_LINES.format(grouped="distributor_id", condition="")
LINES_OF_ORDERS = DUE_LINES.format(grouped="id", condition=" AND distributor_id = %(distributor)s")
