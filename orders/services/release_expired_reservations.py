"""Stock that was held too long for an order nobody approved."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from core.errors import NotVisible
from inventory.models import Reservation
from inventory.services.stock import expired_claims, held_pieces, release
from orders.enums import ORDER_STATES, OrderAction, OrderEvent, OrderStatus
from orders.services.facts import record_fact
from orders.services.locking import lock_order, save_order

REASON = gettext_noop("The reservation of its stock expired.")


def release_expired_reservations(*, now: datetime) -> int:
    """Free stock whose time is over and put its orders on hold; returns how many orders. A transaction an order.

    An order that was approved meanwhile keeps its stock: that is asked again under its lock.
    """
    return sum(_release_one(order_id, now) for order_id in expired_claims(now))


@transaction.atomic
def _release_one(order_id: int, now: datetime) -> bool:
    try:
        order = lock_order(order_id=order_id, actor=None, expected_version=None)
    except NotVisible:
        return False
    expired = Reservation.objects.filter(claim=order_id, quantity__gt=0, expires_at__lte=now).exists()
    if not expired or order.status not in {OrderStatus.SUBMITTED, OrderStatus.ON_HOLD}:
        return False
    before = order.status
    if before == OrderStatus.SUBMITTED:
        ORDER_STATES.advance(order, OrderAction.HOLD)
        order.hold_reason = REASON
        save_order(order, "status", "hold_reason")
    units = sum(held_pieces(claim=order.pk).values())
    record_fact(order, OrderEvent.RESERVATION_EXPIRED, actor=None, now=now, before=before, units=units, reason=REASON)
    release(claim=order.pk)
    return True
