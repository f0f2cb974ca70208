"""The delivery claims of orders that came with their whole life: what did not arrive was credited."""

from django.db import connection

from company.enums import DocumentKind
from company.services.number_series import NEXT_NUMBER, series_sql
from orders.fulfilment.claims.enums import ClaimCause, ClaimKind, ClaimOutcome, ClaimStatus
from orders.fulfilment.enums import DifferenceKind

_SERIES = series_sql(DocumentKind.DELIVERY_CLAIM, company="short.company_id", on="short.received_at")
_CREDIT = f"""
WITH part AS MATERIALIZED (
    SELECT part.id, part.shipment_id, part.order_line_id, part.missing, part.difference_reason, line.product_id,
           round(line.net_amount * part.missing / (line.ordered - line.cancelled), 2) AS net,
           round((line.net_amount + line.tax_amount) * part.missing / (line.ordered - line.cancelled), 2) AS gross
    FROM orders_shipmentline AS part
    JOIN orders_orderline AS line ON line.id = part.order_line_id
    WHERE part.missing > 0 AND line.order_id IN ({{orders}})
), short AS MATERIALIZED (
    SELECT shipment.id AS shipment_id, shipment.order_id, shipment.received_at, placed.company_id, placed.distributor_id,
           placed.currency, placed.exchange_rate, SUM(part.net) AS net, SUM(part.gross) AS gross
    FROM part
    JOIN orders_shipment AS shipment ON shipment.id = part.shipment_id
    JOIN orders_order AS placed ON placed.id = shipment.order_id
    GROUP BY shipment.id, placed.id
    ORDER BY shipment.received_at
), claim AS (
    INSERT INTO orders_deliveryclaim (
        company_id, number, order_id, shipment_id, distributor_id, currency, exchange_rate, net_amount, tax_amount,
        total_amount, status, opened_at, due_on, closed_at
    )
    SELECT short.company_id, {NEXT_NUMBER}, short.order_id, short.shipment_id, short.distributor_id, short.currency,
           short.exchange_rate, short.net, short.gross - short.net, short.gross, '{ClaimStatus.CLOSED}',
           short.received_at, (short.received_at AT TIME ZONE 'UTC')::date + 7, short.received_at
    FROM short CROSS JOIN LATERAL {_SERIES}
    RETURNING id, shipment_id, closed_at
), line AS (
    INSERT INTO orders_deliveryclaimline (
        claim_id, kind, product_id, shipment_line_id, order_line_id, pieces, reason, note, net_amount, tax_amount, credited,
        reshipped, refused, accepted, sent_back
    )
    SELECT claim.id, '{ClaimKind.MISSING}', part.product_id, part.id, part.order_line_id, part.missing,
           '{DifferenceKind.SHORT}', part.difference_reason, part.net, part.gross - part.net, part.missing, 0, 0, 0, 0
    FROM claim JOIN part ON part.shipment_id = claim.shipment_id
    RETURNING id, claim_id, pieces, net_amount, tax_amount
)
INSERT INTO orders_claimdecision (
    line_id, outcome, pieces, called_off, cause, reason, net_amount, tax_amount, decided_at
)
SELECT line.id, '{ClaimOutcome.CREDIT}', line.pieces, 0, '{ClaimCause.CARRIER}', '', line.net_amount, line.tax_amount,
       claim.closed_at
FROM line JOIN claim ON claim.id = line.claim_id
"""


def credit_missing(*, orders: str) -> None:
    """Write the claims of the orders of a query, whose missing pieces were credited when they were counted.

    Amounts are the pieces' part of their line, in the order's currency of two digits. Nobody is notified. Before: inside the
    transaction that wrote the orders with their shipments, which are not imported and have no claims.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CREDIT.format(orders=orders))
