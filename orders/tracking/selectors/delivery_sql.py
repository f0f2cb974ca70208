"""How orders that were due were delivered, in one statement over a set of orders; see `delivery_performance`.

`due` is a relation of orders with the columns that `due_columns` annotates. The rest is constant: everything that comes
from outside is bound inside `due`.
"""

from inventory.enums import InventoryEvent
from inventory.querysets import supply_routes_sql
from orders.ordering.enums import ORDER, OrderEvent

SELLER_CHANGES = (
    OrderEvent.LINES_CHANGED.value,
    OrderEvent.REST_CANCELLED.value,
    OrderEvent.PROMISE_CORRECTED.value,
    OrderEvent.PROMISE_CHANGED.value,
    InventoryEvent.RESERVATION_DISPLACED.value,
    InventoryEvent.BACK_ORDER_PROMISED.value,
)
"""What the seller does to an order that was placed, and what a perfect order never sees."""

_SHIPMENTS = """
departed AS MATERIALIZED (
    SELECT shipment.id, shipment.order_id, shipment.carrier_id, shipment.shipped_at, shipment.status = 'received' AS is_received,
        (shipment.shipped_at AT TIME ZONE due.zone)::date AS left_on,
        (COALESCE(shipment.delivered_at, shipment.received_at,
            CASE WHEN shipment.status <> 'shipped' THEN shipment.shipped_at END) AT TIME ZONE due.zone)::date AS arrived_on,
        row_number() OVER (
            PARTITION BY shipment.order_id, shipment.warehouse_id ORDER BY shipment.shipped_at, shipment.id
        ) = 1 AS is_first
    FROM due JOIN orders_shipment AS shipment ON shipment.order_id = due.id
),
journey AS (
    SELECT order_id, count(*) AS shipments, max(left_on) AS left_on, bool_and(is_received) AS is_received,
        CASE WHEN bool_and(arrived_on IS NOT NULL) THEN max(arrived_on) END AS arrived_on,
        (array_agg(carrier_id ORDER BY shipped_at DESC, id DESC))[1] AS carrier_id
    FROM departed GROUP BY order_id
),
divided AS (  -- lines of orders that left in several shipments: few
    SELECT contents.order_line_id, max(departed.left_on) AS left_on,
        sum(COALESCE(contents.received, contents.quantity)) AS arrived,
        CASE WHEN bool_and(departed.arrived_on IS NOT NULL) THEN max(departed.arrived_on) END AS arrived_on,
        COALESCE(sum(contents.quantity) FILTER (WHERE departed.is_first), 0) AS filled
    FROM journey
    JOIN departed ON departed.order_id = journey.order_id
    JOIN orders_shipmentline AS contents ON contents.shipment_id = departed.id
    WHERE journey.shipments > 1
    GROUP BY contents.order_line_id
)"""

_LINES = """
dated AS (
    SELECT due.id, line.id AS line_id, line.ordered - line.cancelled AS pieces,
        due.promised_on, COALESCE(line.wanted_on, due.wanted_on, due.promised_on) AS wanted_on,
        line.shipped >= line.ordered - line.cancelled AS is_shipped,
        CASE WHEN line.shipped = 0 THEN NULL
            WHEN journey.shipments > 1 THEN divided.left_on ELSE COALESCE(journey.left_on, due.shipped_on) END AS left_on,
        CASE WHEN line.shipped = 0 THEN NULL
            WHEN journey.shipments > 1 THEN divided.arrived_on
            ELSE COALESCE(journey.arrived_on, CASE WHEN journey.order_id IS NULL THEN due.arrived_on END) END AS arrived_on,
        CASE WHEN journey.shipments > 1 THEN COALESCE(divided.arrived, 0)
            WHEN COALESCE(journey.is_received, due.status = 'received') THEN line.received
            ELSE line.shipped END AS arrived,
        CASE WHEN journey.shipments > 1 THEN COALESCE(divided.filled, 0) ELSE line.shipped END AS filled
    FROM due
    JOIN orders_orderline AS line ON line.order_id = due.id
    LEFT JOIN journey ON journey.order_id = due.id
    LEFT JOIN divided ON divided.order_line_id = line.id
    WHERE line.cancelled < line.ordered
),
delivered AS (
    SELECT dated.*, LEAST(filled, pieces) AS filled_pieces,
        COALESCE(arrived_on <= promised_on, false) AS by_promise, COALESCE(arrived_on <= wanted_on, false) AS by_wish,
        arrived_on IS NOT NULL AND arrived >= pieces AS in_full
    FROM dated
)"""

LINES = f"""{_SHIPMENTS},
{_LINES}"""
"""Adds `delivered`: one row for each order line of `due` that was not cancelled whole."""

_ORDERS = """
summed AS (
    SELECT id, count(*) AS lines, sum(pieces) AS pieces, sum(filled_pieces) AS filled,
        count(*) FILTER (WHERE {on_time}) AS lines_on_time,
        count(*) FILTER (WHERE in_full) AS lines_in_full,
        count(*) FILTER (WHERE {on_time} AND in_full) AS lines_kept,
        bool_and({on_time}) AS is_on_time, bool_and(in_full) AS is_in_full, bool_and(by_promise) AS is_by_promise,
        bool_and(is_shipped) AS is_shipped,
        min({target}) AS target_on, CASE WHEN bool_and(arrived_on IS NOT NULL) THEN max(arrived_on) END AS arrived_on,
        CASE WHEN bool_and(left_on IS NOT NULL) THEN max(left_on) END AS left_on
    FROM delivered GROUP BY id
),
flawed AS (
    SELECT departed.order_id
    FROM orders_shipmentline AS contents
    JOIN departed ON departed.id = contents.shipment_id
    WHERE contents.difference_kind <> ''
    UNION
    SELECT departed.order_id
    FROM orders_deliveryclaim AS claim
    JOIN departed ON departed.id = claim.shipment_id
),
changed AS (
    SELECT DISTINCT event.subject_id AS order_id
    FROM core_event AS event
    WHERE event.subject_type = '{order}' AND event.kind IN ({changes}) AND event.at >= (SELECT min(ordered_at) FROM due)
),
judged AS (
    SELECT due.id AS order_id, due.distributor_id, due.warehouse_id, journey.carrier_id, due.approved_on, due.ordered_on,
        date_trunc('month', due.promised_on)::date AS month,
        summed.lines, summed.pieces, summed.filled, summed.lines_on_time, summed.lines_in_full, summed.lines_kept,
        summed.is_on_time, summed.is_in_full, summed.is_by_promise, summed.is_shipped,
        summed.target_on, summed.arrived_on, summed.left_on,
        summed.is_on_time AND summed.is_in_full AS is_kept,
        flawed.order_id IS NOT NULL AS is_flawed, changed.order_id IS NOT NULL AS is_changed
    FROM summed
    JOIN due ON due.id = summed.id
    LEFT JOIN journey ON journey.order_id = due.id
    LEFT JOIN flawed ON flawed.order_id = due.id
    LEFT JOIN changed ON changed.order_id = due.id
),
missed AS (
    SELECT judged.order_id, judged.target_on - COALESCE(route.days, 0) AS leave_by
    FROM judged
    LEFT JOIN LATERAL (
        SELECT CASE WHEN way.working_days IS NULL THEN way.lead_days
            ELSE ceil(way.lead_days * 7.0 / length(way.working_days::json ->> 'weekdays'))::int END AS days
        FROM {routes} AS way
        WHERE way.warehouse_id = judged.warehouse_id
        ORDER BY way.priority LIMIT 1
    ) AS route ON true
    WHERE NOT judged.is_kept
),
waited AS (
    SELECT back.source_id AS order_id,
        max(COALESCE((back.filled_at AT TIME ZONE due.zone)::date, 'infinity')) AS filled_on
    FROM inventory_backorder AS back
    JOIN missed ON back.source_type = '{order}' AND back.source_id = missed.order_id
    JOIN due ON due.id = missed.order_id
    GROUP BY back.source_id
),
measured AS (
    SELECT judged.*, judged.is_kept AND NOT judged.is_flawed AND NOT judged.is_changed AS is_perfect,
        CASE
            WHEN judged.is_kept AND judged.is_flawed THEN 'receipt'
            WHEN judged.is_kept AND judged.is_changed THEN 'change'
            WHEN judged.is_kept THEN ''
            WHEN judged.is_by_promise AND NOT judged.is_on_time THEN 'promise'
            WHEN judged.is_on_time AND judged.is_shipped THEN 'receipt'
            WHEN judged.approved_on > missed.leave_by THEN 'approval'
            WHEN waited.filled_on > missed.leave_by THEN 'stock'
            WHEN NOT judged.is_shipped OR judged.left_on > missed.leave_by THEN 'shipping'
            ELSE 'carrier' END AS step
    FROM judged
    LEFT JOIN missed ON missed.order_id = judged.order_id
    LEFT JOIN waited ON waited.order_id = judged.order_id
)"""


def _orders(on_time: str, target: str) -> str:
    return _ORDERS.format(
        on_time=on_time,
        target=target,
        order=ORDER,
        changes=", ".join(f"'{kind}'" for kind in SELLER_CHANGES),
        routes=supply_routes_sql("judged.distributor_id", "judged.ordered_on"),
    )


BY_PROMISE = _orders("by_promise", "promised_on")
BY_WISH = _orders("by_wish", "wanted_on")
"""Add `measured`, a row for each order, to `LINES`: against the day promised first, or the day wanted."""
