"""The warehouse begins."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from core.rules import require
from orders.enums import ORDER_STATES, OrderAction, OrderEvent
from orders.models import Order
from orders.rules import can_handle
from orders.services.facts import record_fact
from orders.services.locking import lock_order, save_order


@transaction.atomic
def start_picking(*, order_id: int, actor: User, now: datetime, expected_version: int | None = None) -> Order:
    """Note that an approved order is being picked. Raises NotVisible, NotAllowed, StaleVersion, Conflict."""
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    require(can_handle(actor, order))
    before, _after = ORDER_STATES.advance(order, OrderAction.PICK)
    save_order(order, "status")
    record_fact(order, OrderEvent.PICKING, actor=actor, now=now, before=before)
    return order
