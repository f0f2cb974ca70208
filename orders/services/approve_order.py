"""The brand owner takes an order on."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from core.rules import require
from orders.enums import ORDER_STATES, OrderAction, OrderEvent
from orders.models import Order
from orders.rules import can_decide
from orders.services.count_sales import count_sales
from orders.services.facts import record_fact
from orders.services.locking import lock_order, save_order
from orders.services.reserve_missing import reserve_for_good


@transaction.atomic
def approve_order(*, order_id: int, actor: User, now: datetime, expected_version: int | None = None) -> Order:
    """Approve an order that waits or is on hold: its stock is held for good, its sales are counted from now on.

    Stock whose reservation expired is reserved again. Raises NotVisible, NotAllowed, StaleVersion, and Conflict where
    the state does not allow it or the stock has gone meanwhile.
    """
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    require(can_decide(actor, order))
    before, _after = ORDER_STATES.advance(order, OrderAction.APPROVE)
    order.approved_at, order.hold_reason = now, ""
    save_order(order, "status", "approved_at", "hold_reason")
    count_sales(order, sign=1)
    record_fact(order, OrderEvent.APPROVED, actor=actor, now=now, before=before)
    reserve_for_good(order)
    return order
