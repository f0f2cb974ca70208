"""Receipt by itself (自动收货): what was delivered long enough ago and nobody counted is received whole, by nobody."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction

from company.models import Company
from core.events import EventInput, ExtraSubject, record_events
from inventory.services.channel_stock import ReceivedGoods, receive_at_distributors
from orders.fulfilment.claims.services.settling import lock_replaced, settle_claims
from orders.fulfilment.enums import ShipmentStatus
from orders.ordering.enums import OrderEvent, OrderSource, OrderStatus
from orders.ordering.selectors.consignees import GOODS_RECEIVER

MOST_AT_ONCE: Final = 2_000
_DUE = f"""
SELECT shipment.id, shipment.number, placed.id, placed.number, placed.distributor_id, placed.manager_id, placed.status
FROM orders_shipment AS shipment
JOIN orders_order AS placed ON placed.id = shipment.order_id
JOIN unnest(%(companies)s::bigint[], %(days)s::int[]) AS setting (company_id, days) ON setting.company_id = placed.company_id
LEFT JOIN channel_agreement AS agreement ON agreement.id = placed.agreement_id
WHERE shipment.status = '{ShipmentStatus.DELIVERED}' AND placed.source <> '{OrderSource.IMPORT}'
  AND placed.seller_company_id IS NOT NULL
  AND shipment.delivered_at <= %(now)s::timestamptz - COALESCE(agreement.report_days, setting.days) * interval '1 day'
ORDER BY placed.id, shipment.id
LIMIT %(most)s
FOR UPDATE OF placed, shipment SKIP LOCKED
"""  # noqa: S608 - put together from constants, values are bound
_RECEIVE = f"""
WITH received AS (
    UPDATE orders_shipment SET status = '{ShipmentStatus.RECEIVED}', received_at = %(now)s WHERE id = ANY(%(shipments)s)
    RETURNING id, number, order_id
), counted AS (
    UPDATE orders_shipmentline AS part SET received = part.quantity FROM received WHERE part.shipment_id = received.id
    RETURNING part.id, part.order_line_id, part.quantity, received.number
), added AS (
    UPDATE orders_orderline AS line SET received = line.received + came.quantity
    FROM (SELECT order_line_id, SUM(quantity)::int AS quantity FROM counted GROUP BY order_line_id) AS came
    WHERE line.id = came.order_line_id
)
SELECT {GOODS_RECEIVER}, line.product_id, COALESCE(sent.pieces, counted.quantity), counted.number, sent.lot_id
FROM counted
LEFT JOIN orders_shipmentlot AS sent ON sent.shipment_line_id = counted.id
JOIN orders_orderline AS line ON line.id = counted.order_line_id
JOIN orders_order AS placed ON placed.id = line.order_id
ORDER BY line.product_id, 1
"""  # noqa: S608 - put together from constants, values are bound
_FINISH = f"""
UPDATE orders_order AS placed SET status = '{OrderStatus.RECEIVED}', received_at = %(now)s
WHERE placed.id = ANY(%(orders)s) AND placed.status = '{OrderStatus.DELIVERED}'
  AND NOT EXISTS (
      SELECT FROM orders_shipment AS part WHERE part.order_id = placed.id AND part.status <> '{ShipmentStatus.RECEIVED}'
  )
RETURNING placed.id
"""  # noqa: S608 - put together from constants, values are bound


@transaction.atomic
def receive_by_itself(*, now: datetime, most: int = MOST_AT_ONCE) -> int:
    """Receive whole what was delivered as many days ago as its agreement or company says; returns how many shipments.

    Nothing where neither has set any days, which is how it begins; never what a distributor sells. The goods are
    in the receiver's stock, where it is kept here, in nobody's where they went to an outlet; the order is received with its
    last shipment. Each shipment is one event of its order by nobody, of which the distributor is notified. What somebody
    works on this moment is left for the next run. A fixed number of statements, whatever the number of shipments.
    """
    settings = dict(Company.objects.values_list("pk", "receipt_days"))
    asked = {"companies": list(settings), "days": list(settings.values()), "now": now, "most": most}
    due = _rows(_DUE, asked)
    if not due:
        return 0
    orders = sorted({row[2] for row in due})
    replaced = lock_replaced(orders)
    goods = _rows(_RECEIVE, {"now": now, "shipments": [row[0] for row in due]})
    finished = {pk for (pk,) in _rows(_FINISH, {"now": now, "orders": orders})}
    receive_at_distributors(
        goods=[
            ReceivedGoods(distributor_id=distributor, product_id=product, pieces=pieces, reference=number, lot_id=lot)
            for distributor, product, pieces, number, lot in goods
            if distributor is not None
        ],
        actor_id=None,
        at=now,
    )
    record_events([_event(row, finished) for row in due], actor_id=None, at=now)
    settle_claims(replaced, actor_id=None, now=now)
    return len(due)


def _event(row: Sequence[Any], finished: set[int]) -> EventInput:
    shipment_id, shipment, order_id, number, distributor_id, manager_id, before = row
    return EventInput(
        kind=OrderEvent.RECEIVED_BY_ITSELF,
        subject_type="order",
        subject_id=order_id,
        distributor_id=distributor_id,
        extra_subjects=[ExtraSubject("shipment", shipment_id, "shipment")],
        data={
            "number": number,
            "manager_id": manager_id,
            "shipment": shipment,
            "before": before,
            "after": str(OrderStatus.RECEIVED) if order_id in finished else before,
        },
    )


def _rows(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
