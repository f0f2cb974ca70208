"""The promises about orders, recomputed over the whole database (invariants 2, 3 and 10)."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.invariants import Invariant, violations_of
from orders.ordering.enums import ORDER
from orders.ordering.lateness import lateness_sql
from orders.ordering.models.sums import unequal_sums_of_many
from orders.ordering.services.posted_sales import COUNTS, returned_sales, shipped_sales

ZONE = f"'{settings.TIME_ZONE}'"
_COUNTED = "('approved', 'picking', 'partly_shipped', 'shipped', 'delivered', 'received')"
_HOLDING = "('approved', 'picking', 'partly_shipped')"
_CLAIMED = """
    SELECT id, source_type, source_id, source_line_id, product_id, warehouse_id, quantity
    FROM inventory_reservation WHERE quantity > 0
    UNION ALL
    SELECT id, source_type, source_id, source_line_id, product_id, warehouse_id, quantity
    FROM inventory_backorder WHERE quantity > 0
"""

INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        name="orders.total_is_sum_of_lines",
        statement=_(
            "An order's amounts and counts are the sums of its lines, and a line's discount is that of its adjustments."
        ),
        find=violations_of(unequal_sums_of_many("TRUE")),
    ),
    Invariant(
        name="orders.on_hold_is_an_open_hold",
        statement=_("An order is on hold while it has a hold that nobody has lifted."),
        find=violations_of("""
            SELECT placed.id, placed.number, placed.is_on_hold
            FROM orders_order AS placed
            LEFT JOIN (SELECT DISTINCT order_id FROM orders_orderhold WHERE lifted_at IS NULL) AS open
                ON open.order_id = placed.id
            WHERE placed.is_on_hold <> (open.order_id IS NOT NULL)
        """),
    ),
    Invariant(
        name="orders.finished_late_is_late",
        statement=_("An order that arrived after its promised day stays late."),
        find=violations_of(f"""
            SELECT placed.id, placed.number, placed.lateness, placed.promised_on
            FROM orders_order AS placed
            WHERE placed.status IN ('delivered', 'received')
              AND placed.lateness <> {lateness_sql("placed", "placed.promised_on", "placed.lateness", ZONE)}
        """),  # noqa: S608 - put together from constants
    ),
    Invariant(
        name="orders.line_quantities",
        statement=_("Of a line no more is received than shipped, and no more shipped than ordered."),
        find=violations_of("""
            SELECT id, order_id, ordered, cancelled, shipped, received FROM orders_orderline
            WHERE NOT (0 <= received AND received <= shipped AND shipped <= ordered - cancelled)
        """),
    ),
    Invariant(
        name="orders.lots_of_a_shipment_add_up",
        statement=_("The lots of a shipment line, where it has any, add up to its quantity and are of its product."),
        find=violations_of("""
            SELECT part.id AS shipment_line, part.quantity, SUM(sent.pieces) AS in_lots
            FROM orders_shipmentlot AS sent
            JOIN orders_shipmentline AS part ON part.id = sent.shipment_line_id
            JOIN orders_orderline AS line ON line.id = part.order_line_id
            JOIN inventory_lot AS lot ON lot.id = sent.lot_id
            GROUP BY part.id, part.quantity
            HAVING SUM(sent.pieces) <> part.quantity OR bool_or(lot.product_id <> line.product_id)
        """),
    ),
    Invariant(
        name="orders.shipped_is_sum_of_shipments",
        statement=_("What a line has shipped and received is the sum of its shipments."),
        find=violations_of("""
            SELECT line.id, line.order_id, line.shipped, COALESCE(part.quantity, 0) AS in_shipments, line.received,
                   COALESCE(part.received, 0) AS received_in_shipments
            FROM orders_orderline AS line
            LEFT JOIN (
                SELECT order_line_id, SUM(quantity) AS quantity, SUM(COALESCE(received, 0)) AS received
                FROM orders_shipmentline GROUP BY order_line_id
            ) AS part ON part.order_line_id = line.id
            WHERE line.shipped <> COALESCE(part.quantity, 0) OR line.received <> COALESCE(part.received, 0)
        """),
    ),
    Invariant(
        name="orders.shipment_lines_of_own_order",
        statement=_("A shipment holds lines of its own order only."),
        find=violations_of("""
            SELECT part.id, part.shipment_id, line.order_id
            FROM orders_shipmentline AS part
            JOIN orders_shipment AS shipment ON shipment.id = part.shipment_id
            JOIN orders_orderline AS line ON line.id = part.order_line_id
            WHERE line.order_id <> shipment.order_id
        """),
    ),
    Invariant(
        name="orders.supplied_by_the_seller",
        statement=_("Orders are supplied from warehouses of their seller."),
        find=violations_of("""
            SELECT placed.id AS order_id, warehouse.code
            FROM inventory_warehouse AS warehouse
            JOIN orders_order AS placed ON placed.warehouse_id = warehouse.id
            WHERE warehouse.distributor_id IS DISTINCT FROM placed.seller_distributor_id
        """),
    ),
    Invariant(
        name="orders.reservations_match_orders",
        statement=_(
            "Stock is reserved or on back order for open lines of waiting orders only, and for all once an order is approved."
        ),
        find=violations_of(f"""
            SELECT reserved.id AS reservation, reserved.source_id, reserved.source_line_id, reserved.quantity,
                   NULL::int AS outstanding
            FROM (
                SELECT MIN(id) AS id, source_type, source_id, source_line_id, product_id, SUM(quantity) AS quantity
                FROM ({_CLAIMED}) AS claimed GROUP BY source_type, source_id, source_line_id, product_id
            ) AS reserved
            LEFT JOIN orders_orderline AS line ON line.id = reserved.source_line_id AND line.order_id = reserved.source_id
            LEFT JOIN orders_order AS placed ON placed.id = reserved.source_id
            WHERE reserved.source_type = '{ORDER}' AND reserved.quantity > 0
              AND (line.id IS NULL OR reserved.product_id <> line.product_id
                   OR reserved.quantity > line.ordered - line.cancelled - line.shipped
                   OR placed.status NOT IN ('submitted', 'approved', 'picking', 'partly_shipped'))
            UNION ALL
            SELECT NULL, placed.id, line.id, COALESCE(reserved.quantity, 0), line.ordered - line.cancelled - line.shipped
            FROM orders_order AS placed
            JOIN orders_orderline AS line ON line.order_id = placed.id
            LEFT JOIN (
                SELECT source_id, source_line_id, SUM(quantity) AS quantity
                FROM ({_CLAIMED}) AS claimed WHERE source_type = '{ORDER}' GROUP BY source_id, source_line_id
            ) AS reserved ON reserved.source_id = placed.id AND reserved.source_line_id = line.id
            WHERE placed.status IN {_HOLDING} AND placed.source <> 'import'
              AND line.ordered - line.cancelled - line.shipped <> COALESCE(reserved.quantity, 0)
        """),  # noqa: S608 - a constant of this file
    ),
    Invariant(
        name="orders.back_orders_of_their_lines",
        statement=_(
            "A back order of an order waits for a line that chose to wait, of its distributor, in a warehouse of the seller."
        ),
        find=violations_of(f"""
            SELECT waiting.id, waiting.source_id AS order_id, waiting.source_line_id, waiting.quantity
            FROM inventory_backorder AS waiting
            LEFT JOIN orders_orderline AS line ON line.id = waiting.source_line_id
            LEFT JOIN orders_order AS placed ON placed.id = waiting.source_id
            LEFT JOIN inventory_warehouse AS warehouse ON warehouse.id = waiting.warehouse_id
            WHERE waiting.source_type = '{ORDER}' AND waiting.quantity > 0
              AND (line.order_id IS DISTINCT FROM waiting.source_id OR line.product_id <> waiting.product_id
                   OR line.when_short NOT IN ('wait', 'part') AND NOT waiting.is_displaced
                   OR placed.distributor_id <> waiting.distributor_id
                   OR warehouse.distributor_id IS DISTINCT FROM placed.seller_distributor_id)
        """),  # noqa: S608 - a constant of this file
    ),
    Invariant(
        name="orders.claimed_where_the_line_leaves",
        statement=_(
            "All that is reserved or on back order for a line of an order is in the warehouse that the line leaves."
        ),
        find=violations_of(f"""
            SELECT claimed.id, claimed.source_id AS order_id, claimed.source_line_id, claimed.warehouse_id
            FROM ({_CLAIMED}) AS claimed
            JOIN orders_orderline AS line ON line.id = claimed.source_line_id
            JOIN orders_order AS placed ON placed.id = claimed.source_id AND placed.id = line.order_id
            WHERE claimed.source_type = '{ORDER}' AND claimed.quantity > 0
              AND claimed.warehouse_id <> COALESCE(line.warehouse_id, placed.warehouse_id)
        """),  # noqa: S608 - a constant of this file
    ),
    Invariant(
        name="orders.actuals_are_counted_orders",
        statement=_(
            "The actual sales are the sums of the orders that count, of the shipments, and of what was returned."
        ),
        find=violations_of(f"""
            WITH sold AS (
                SELECT placed.distributor_id, placed.manager_id, line.category_id, placed.ordered_on AS day,
                       placed.sales_period_id AS period_id, placed.currency, 'ordered' AS basis,
                       line.ordered - line.cancelled AS units, 1 AS lines, line.gross_amount AS gross,
                       line.discount_amount AS discount, line.net_amount AS net, line.cost_amount_company AS cost
                FROM orders_order AS placed
                JOIN orders_orderline AS line ON line.order_id = placed.id
                WHERE placed.status IN {_COUNTED} AND {COUNTS}
                UNION ALL SELECT * FROM {shipped_sales("true")} AS shipped
                UNION ALL SELECT * FROM {returned_sales("true")} AS returned
            ), counted AS (
                SELECT distributor_id, manager_id, category_id, date_trunc('month', day)::date AS month, period_id, currency,
                       basis, SUM(units) AS units, SUM(lines) AS lines, SUM(gross) AS gross, SUM(discount) AS discount,
                       SUM(net) AS net, SUM(cost) AS cost
                FROM sold GROUP BY 1, 2, 3, 4, 5, 6, 7
                HAVING (SUM(units), SUM(lines), SUM(gross), SUM(discount), SUM(net), SUM(cost)) <> (0, 0, 0, 0, 0, 0)
            ), posted AS (
                SELECT distributor_id, manager_id, category_id, month, period_id, currency, basis, units, lines,
                       gross_amount AS gross, discount_amount AS discount, net_amount AS net, cost_amount_company AS cost
                FROM planning_salesactual
                WHERE basis IN ('ordered', 'shipped')
                  AND (units, lines, gross_amount, discount_amount, net_amount, cost_amount_company) <> (0, 0, 0, 0, 0, 0)
            )
            (SELECT 'not posted' AS what, counted.* FROM counted EXCEPT ALL SELECT 'not posted', posted.* FROM posted)
            UNION ALL
            (SELECT 'not sold' AS what, posted.* FROM posted EXCEPT ALL SELECT 'not sold', counted.* FROM counted)
        """),  # noqa: S608 - put together from constants, values are bound
    ),
    Invariant(
        name="orders.every_order_has_its_event",
        statement=_("Every order that was entered here has the event that made it."),
        find=violations_of("""
            SELECT placed.id, placed.number, placed.status
            FROM orders_order AS placed
            WHERE placed.source <> 'import'
              AND NOT EXISTS (SELECT 1 FROM core_event AS event
                              WHERE event.subject_type = 'order' AND event.subject_id = placed.id)
        """),
    ),
    Invariant(
        name="orders.submitted_once",
        statement=_("An order is placed once and announced once."),
        find=violations_of("""
            SELECT subject_id AS order_id, COUNT(*) AS times FROM core_event
            WHERE subject_type = 'order' AND kind = 'order.submitted' GROUP BY subject_id HAVING COUNT(*) > 1
        """),
    ),
    Invariant(
        name="orders.proofs_are_of_their_link",
        statement=_(
            "Each proof of delivery is of the shipment of its link, which is used up, and the shipment has arrived."
        ),
        find=violations_of("""
            SELECT proof.id, proof.shipment_id FROM orders_proofofdelivery AS proof
            JOIN orders_deliverylink AS link ON link.id = proof.link_id
            JOIN orders_shipment AS shipment ON shipment.id = proof.shipment_id
            WHERE link.shipment_id <> proof.shipment_id OR link.used_at IS NULL OR shipment.status = 'shipped'
        """),
    ),
)
