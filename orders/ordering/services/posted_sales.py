"""All that orders, shipments and returns have in the actual sales, each as a relation that posting reads.

An order posts on the basis "ordered" when it is approved, a shipment on "shipped" when it leaves, and a return takes its
accepted pieces from each that was posted, on the day of its inspection, under the category, currency and manager of its
order. Imported shipments post nothing.
"""

from django.conf import settings

from orders.ordering.enums import COUNTED_STATUSES
from planning.enums import SalesBasis

COUNTS = "placed.counts_as_sale AND placed.seller_company_id IS NOT NULL"
"""Of `placed`: an order of a type that counts as sale, by the company. What a distributor sells is no sale of the brand."""
COUNTED = ", ".join(f"'{status}'" for status in sorted(COUNTED_STATUSES))
SHIPPED_ON = f"(shipment.shipped_at AT TIME ZONE '{settings.TIME_ZONE}')::date"
_WAS_SHIPPED = """EXISTS (
        SELECT FROM orders_shipmentline AS sent JOIN orders_shipment AS shipment ON shipment.id = sent.shipment_id
        WHERE sent.order_line_id = line.id AND shipment.posts_sales
    )"""
INSPECTED = "document.inspected_on IS NOT NULL"


def ordered_sales(orders: str, *, sign: str = "1") -> str:
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


def shipped_sales(shipments: str, *, sign: str = "1") -> str:
    """What shipments sold. `shipments` selects among `shipment` and `placed`, its order."""
    return f"""(
    SELECT placed.distributor_id, placed.manager_id, line.category_id, {SHIPPED_ON} AS day,
           shipment.sales_period_id AS period_id, placed.currency, '{SalesBasis.SHIPPED}'::text AS basis,
           part.quantity * {sign} AS units, {sign} AS lines, part.gross_amount * {sign} AS gross_amount,
           part.discount_amount * {sign} AS discount_amount, part.net_amount * {sign} AS net_amount,
           part.cost_amount_company * {sign} AS cost_amount_company
    FROM orders_shipment AS shipment
    JOIN orders_order AS placed ON placed.id = shipment.order_id
    JOIN orders_shipmentline AS part ON part.shipment_id = shipment.id
    JOIN orders_orderline AS line ON line.id = part.order_line_id
    WHERE shipment.posts_sales AND ({shipments}) AND {COUNTS}
    )"""


def returned_sales(returns: str, *, sign: str = "1") -> str:
    """What inspected returns take back, on both bases. `returns` selects among `document` and `placed`, the order.

    A return takes back pieces, no line of an order.
    """
    return f"""(
    SELECT placed.distributor_id, placed.manager_id, line.category_id, document.inspected_on AS day,
           document.sales_period_id AS period_id, placed.currency, basis.name AS basis,
           -part.accepted * {sign} AS units, 0 AS lines, -part.gross_amount * {sign} AS gross_amount,
           -part.discount_amount * {sign} AS discount_amount, -part.net_amount * {sign} AS net_amount,
           -part.cost_amount_company * {sign} AS cost_amount_company
    FROM orders_return AS document
    JOIN orders_returnline AS part ON part.document_id = document.id AND part.accepted > 0
    JOIN orders_orderline AS line ON line.id = part.order_line_id
    JOIN orders_order AS placed ON placed.id = line.order_id
    CROSS JOIN (VALUES ('{SalesBasis.ORDERED}'::text), ('{SalesBasis.SHIPPED}'::text)) AS basis (name)
    WHERE {INSPECTED} AND ({returns}) AND {COUNTS} AND (basis.name = '{SalesBasis.ORDERED}' OR {_WAS_SHIPPED})
    )"""


def all_sales(orders: str, *, theirs: str = "true") -> str:
    """All that is posted for some distributors: `orders` selects among orders, `theirs` among `placed` of all three."""
    relations = (ordered_sales(f"{orders} AND {theirs}"), shipped_sales(theirs), returned_sales(theirs))
    return "(" + " UNION ALL ".join(f"SELECT * FROM {one} AS posted" for one in relations) + ")"
