"""What of a distributor's orders is open, said before the distributor is suspended or ended."""

from django.utils.translation import ngettext

from core.sentences import listed
from orders.ordering.enums import OPEN_STATUSES, OrderStatus
from orders.ordering.models import Order

MOST_NAMED = 5


def open_orders(distributor_id: int) -> str:
    """The open orders, the first of them by number. Two queries."""
    rows = Order.objects.filter(distributor_id=distributor_id, status__in=OPEN_STATUSES | {OrderStatus.DELIVERED})
    count = rows.count()
    if not count:
        return ""
    numbers = [order.reference for order in rows.order_by("ordered_at", "pk")[:MOST_NAMED]]
    named = listed(numbers) + (" …" if count > MOST_NAMED else "")
    return ngettext("%(count)d open order: %(named)s", "%(count)d open orders: %(named)s", count) % {
        "count": count,
        "named": named,
    }


def open_drafts(distributor_id: int) -> str:
    """How many drafts it has: what stands in them is its own business. One query."""
    count = Order.objects.filter(distributor_id=distributor_id, status=OrderStatus.DRAFT).count()
    return (
        ngettext("%(count)d draft of an order", "%(count)d drafts of orders", count) % {"count": count} if count else ""
    )
