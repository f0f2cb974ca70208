"""What a distributor ordered lately: read when a draft is looked at, never when an order is placed."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import connection

from orders.ordering.enums import OrderStatus
from orders.ordering.models import Order, OrderLine
from orders.ordering.selectors.unusual import Bought

HISTORY = timedelta(days=365)
SAME_ORDER_DAYS = 7
"""Who orders the very same within so many days may have ordered it already."""
MOST_SAME = 5

_BOUGHT = """
WITH recent AS MATERIALIZED (
    SELECT id, ordered_at, ordered_on FROM orders_order
    WHERE distributor_id = %(distributor)s AND ordered_at >= %(since)s AND status NOT IN ('draft', 'cancelled')
      AND id IS DISTINCT FROM %(order)s
    ORDER BY ordered_at DESC, id DESC LIMIT 100
)
SELECT line.product_id, (array_agg(line.ordered ORDER BY recent.ordered_at DESC, recent.id DESC))[:24],
       (array_agg(line.unit_price ORDER BY recent.ordered_at DESC, recent.id DESC))[1], MAX(recent.ordered_on)
FROM recent JOIN orders_orderline AS line ON line.order_id = recent.id
WHERE line.product_id = ANY(%(products)s)
GROUP BY line.product_id
"""


def bought_before(
    *, distributor_id: int, product_ids: Collection[int], today: date, order_id: int | None = None
) -> Mapping[int, Bought]:
    """By product: the last orders of the distributor that had it, but `order_id`. One query.

    Products never ordered are left out.
    """
    if not product_ids:
        return {}
    with connection.cursor() as cursor:
        parameters: dict[str, Any] = {
            "distributor": distributor_id,
            "since": today - HISTORY,
            "products": list(product_ids),
        }
        cursor.execute(_BOUGHT, {**parameters, "order": order_id})
        return {
            product_id: Bought(quantities=quantities, last_price=price, last_on=last_on)
            for product_id, quantities, price, last_on in cursor.fetchall()
        }


def orders_alike(*, distributor_id: int, line_count: int, unit_count: int, today: date) -> dict[int, dict[int, int]]:
    """The orders of the last days with as many lines and pieces, each as quantity by product. Two queries at most."""
    since = today - timedelta(days=SAME_ORDER_DAYS)
    rows = Order.objects.filter(
        distributor_id=distributor_id, ordered_on__gte=since, line_count=line_count, unit_count=unit_count
    ).exclude(status__in=[OrderStatus.DRAFT, OrderStatus.CANCELLED])
    ids = list(rows.order_by("-ordered_at").values_list("pk", flat=True)[:MOST_SAME])
    found: dict[int, dict[int, int]] = defaultdict(dict)
    if ids:
        lines = OrderLine.objects.filter(order__in=ids).values_list("order_id", "product_id", "ordered")
        for order_id, product_id, ordered in lines:
            found[order_id][product_id] = found[order_id].get(product_id, 0) + ordered
    return dict(found)
