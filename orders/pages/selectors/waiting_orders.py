"""Why the orders of a list wait: for approval, or for what holds them."""

from collections.abc import Sequence
from typing import Any

from core.sentences import sentences
from orders.amounts import hold_reason
from orders.changes.selectors.waiting import waiting_reasons
from orders.ordering.enums import OrderStatus
from orders.ordering.models import OrderHold
from orders.permissions import can_see_prices


def give_reasons(orders: Sequence[Any], reader: Any) -> None:
    """Give each order that waits or is on hold its reasons as `waits_because`, as `reader` may know them. At most two queries."""
    held = [order.pk for order in orders if order.is_on_hold]
    waiting = [order.pk for order in orders if order.status == OrderStatus.SUBMITTED and not order.is_on_hold]
    reasons = dict(waiting_reasons(waiting, with_amounts=can_see_prices(reader))) if waiting else {}
    if held:
        for hold in OrderHold.objects.open().filter(order__in=held).order_by("id"):
            reasons[hold.order_id] = [*reasons.get(hold.order_id, ()), hold_reason(hold, reader)]
    for order in orders:
        order.waits_because = sentences(reasons.get(order.pk, ()))
