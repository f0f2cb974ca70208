"""An order on hold goes back to those that wait for approval."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from core.rules import require
from inventory.services.stock import set_expiry
from orders.enums import ORDER_STATES, OrderAction, OrderEvent
from orders.models import Order
from orders.rules import can_decide
from orders.services.facts import record_fact
from orders.services.locking import lock_order, save_order
from orders.services.place_order import RESERVATION_LIFE


@transaction.atomic
def release_order(*, order_id: int, actor: User, now: datetime, expected_version: int | None = None) -> Order:
    """Let an order on hold wait for approval again; what stock it still holds, it holds for three more days.

    Raises NotVisible, NotAllowed, StaleVersion, Conflict.
    """
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    require(can_decide(actor, order))
    before, _after = ORDER_STATES.advance(order, OrderAction.RELEASE)
    order.hold_reason = ""
    save_order(order, "status", "hold_reason")
    record_fact(order, OrderEvent.RELEASED, actor=actor, now=now, before=before)
    set_expiry(claim=order.pk, expires_at=now + RESERVATION_LIFE)
    return order
