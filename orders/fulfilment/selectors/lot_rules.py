"""Which lots the lines of orders may have: what each customer's agreement says, and what it got last."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import connection

from channel.selectors.lot_terms import Purchase, lot_terms_of
from inventory.rules import LotRule
from orders.ordering.models import Order, OrderLine

_LAST = """
SELECT DISTINCT ON (placed.distributor_id, line.product_id) placed.distributor_id, line.product_id,
       MAX(lot.produced_on) OVER (PARTITION BY shipment.id, line.product_id)
FROM (
    SELECT DISTINCT distributor_id, product_id
    FROM unnest(%(distributors)s::bigint[], %(products)s::bigint[]) AS given (distributor_id, product_id)
) AS asked
JOIN inventory_lot AS lot ON lot.product_id = asked.product_id AND lot.produced_on IS NOT NULL
JOIN orders_shipmentlot AS sent ON sent.lot_id = lot.id
JOIN orders_shipmentline AS part ON part.id = sent.shipment_line_id
JOIN orders_orderline AS line ON line.id = part.order_line_id AND line.product_id = asked.product_id
JOIN orders_order AS placed ON placed.id = line.order_id AND placed.distributor_id = asked.distributor_id
JOIN orders_shipment AS shipment ON shipment.id = part.shipment_id
ORDER BY placed.distributor_id, line.product_id, shipment.shipped_at DESC, shipment.id DESC
"""


def last_production_dates(pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], date]:
    """The newest production date in the last shipment of a product (with dates) to a distributor. One query."""
    if not pairs:
        return {}
    columns = {"distributors": [pair[0] for pair in pairs], "products": [pair[1] for pair in pairs]}
    with connection.cursor() as cursor:
        cursor.execute(_LAST, columns)
        return {(distributor, product): day for distributor, product, day in cursor.fetchall()}


def lot_rules(
    orders: Mapping[int, Order], lines: Sequence[OrderLine], *, today: date, arrives_on: date | None = None
) -> dict[int, LotRule]:
    """The rule of each line, by its id. Two queries at most, whatever the number of lines and orders.

    The goods arrive on the promised day, or today where that is past; `arrives_on` says it of all instead.
    """
    asked = {}
    for line in lines:
        order = orders[line.order_id]
        seller = order.seller_company_id
        if seller is not None:
            asked[line.pk] = Purchase(seller, order.distributor_id, line.product.brand_id, order.ordered_on or today)
    terms = lot_terms_of(list(asked.values()))
    of_line = {line: terms[purchase] for line, purchase in asked.items() if purchase in terms}
    pairs = {
        line.pk: (orders[line.order_id].distributor_id, line.product_id)
        for line in lines
        if line.pk in of_line and of_line[line.pk].never_older
    }
    last = last_production_dates(list(pairs.values()))
    found = {}
    for line in lines:
        promised = line.promised_on or orders[line.order_id].promised_on or today
        agreed = of_line.get(line.pk)
        found[line.pk] = LotRule(
            arrives_on=arrives_on or max(promised, today),
            least_days=agreed.least_remaining_days if agreed else None,
            not_before=last.get(pairs[line.pk]) if line.pk in pairs else None,
        )
    return found
