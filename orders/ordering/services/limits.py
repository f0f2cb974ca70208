"""The buyer's own limit: an order above it is placed, and on hold until the distributor confirms it."""

from datetime import datetime, timedelta
from typing import Any

from core.events import record_event
from orders.ordering.enums import ORDER, HoldKind, OrderEvent
from orders.ordering.models import Order, OrderHold
from orders.ordering.services.quote import Quote

KEEP_DAYS = 3
RESERVATION_LIFE = timedelta(days=KEEP_DAYS)
"""How long stock is reserved for an order that is not approved."""


def hold_above_limit(written: Any, quote: Quote, *, now: datetime) -> int:
    """Put an order that was just written on hold, with its event; returns its version. Before: `above_limit` is set."""
    params = dict(quote.above_limit or {})
    OrderHold.objects.create(
        order_id=written.id, kind=HoldKind.LIMIT, code=HoldKind.LIMIT, params=params, placed_at=now
    )
    waiting = Order.objects.filter(pk=written.id, is_on_hold=False).update(is_on_hold=True)
    record_event(
        kind=OrderEvent.ABOVE_LIMIT,
        subject_type=ORDER,
        subject_id=written.id,
        actor_id=None,
        distributor_id=quote.distributor_id,
        data={"number": written.number, **params},
        at=now,
    )
    return int(written.version) + waiting
