"""What distributors bought in the last 91 days, kept beside their stock for the days of cover."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from channel_stock.enums import ChannelStockEvent
from channel_stock.selectors.cover import stocked_distributors
from core.models import Event
from inventory.rules import SELL_IN_DAYS
from inventory.services.channel_stock import SellIn, keep_sell_in
from orders.ordering.enums import COUNTED_STATUSES, ORDER, OrderEvent
from orders.ordering.models import Order
from orders.ordering.selectors.consignees import GOODS_RECEIVER

TOPICS = (ChannelStockEvent.STOCK_REPORTED.value, OrderEvent.RECEIVED.value, OrderEvent.RECEIVED_BY_ITSELF.value)
BATCH = 200

# Narrowed by the moment, too, because the index is by it: a day more at either end, whatever the time zone.
_COUNTS = """placed.status = ANY(%(counted)s) AND placed.counts_as_sale
      AND placed.ordered_on BETWEEN %(first)s AND %(today)s
      AND placed.ordered_at BETWEEN %(first)s::date - 1 AND %(today)s::date + 2"""
# What lies in a distributor's stock: goods of a drop shipment are its consignee's.
_SOLD = f"""
SELECT sale.distributor_id, line.product_id, SUM(line.ordered - line.cancelled)::bigint AS pieces
FROM (
    SELECT placed.id, placed.distributor_id FROM orders_order AS placed
    WHERE placed.distributor_id = ANY(%(distributors)s) AND {GOODS_RECEIVER} = placed.distributor_id AND {_COUNTS}
    UNION ALL
    SELECT placed.id, placed.consignee_distributor_id FROM orders_order AS placed
    WHERE placed.consignee_distributor_id = ANY(%(distributors)s) AND {_COUNTS}
) AS sale
JOIN orders_orderline AS line ON line.order_id = sale.id
GROUP BY sale.distributor_id, line.product_id
HAVING SUM(line.ordered - line.cancelled) > 0
"""  # noqa: S608 - put together from constants, values are bound


def count_sell_in(*, today: date, distributor_ids: Sequence[int] | None = None) -> int:
    """Count what distributors that keep their stock here bought from `today` back, by the orders that count as sales.

    Three statements for every 200 distributors, each in a transaction of its own; running it again changes nothing.
    Returns how many distributors were counted.
    """
    ids = stocked_distributors(distributor_ids)
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        with transaction.atomic():
            keep_sell_in(distributor_ids=some, sold=_sold(some, today))
    return len(ids)


def count_again(event: Event) -> None:
    """Outbox consumer: stock was reported or received, so the cover of who has the goods is shown as of now."""
    ids = {event.distributor_id}
    if event.subject_type == ORDER:
        ids |= set(Order.objects.filter(pk=event.subject_id).values_list("consignee_distributor_id", flat=True))
    known = sorted(one for one in ids if one is not None)
    if known:
        count_sell_in(today=timezone.localdate(), distributor_ids=known)


def _sold(distributor_ids: Sequence[int], today: date) -> list[SellIn]:
    parameters: dict[str, Any] = {
        "distributors": list(distributor_ids),
        "counted": sorted(COUNTED_STATUSES),
        "first": today - timedelta(days=SELL_IN_DAYS - 1),
        "today": today,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SOLD, parameters)
        return [
            SellIn(distributor_id=distributor, product_id=product, pieces=pieces)
            for distributor, product, pieces in cursor.fetchall()
        ]
