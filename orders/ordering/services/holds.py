from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from core.errors import InvalidInput, NotVisible
from core.permissions import require
from inventory.models import Reservation
from inventory.services.stock import expired_sources, release, reserved_pieces, set_expiry
from orders.ordering.enums import COUNTED_STATUSES, ORDER, OrderAction, OrderEvent, OrderStatus
from orders.ordering.models import Order
from orders.ordering.permissions import ORDER_STATES
from orders.ordering.services.locking import lock_order, record_order_event, save_order
from orders.ordering.services.placing import RESERVATION_LIFE
from orders.ordering.services.sales import count_sales
from orders.permissions import can_decide


@transaction.atomic
def hold_order(*, order_id: int, actor: User, reason: str, now: datetime, expected_version: int | None = None) -> Order:
    """Put an order on hold. It keeps its stock, for three days; an approved one is no longer counted as sold.

    Raises NotVisible, NotAllowed, StaleVersion, Conflict, and InvalidInput without a reason.
    """
    if not reason.strip():
        raise InvalidInput(_("Say why the order is put on hold."), code="required", field="reason")
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    require(can_decide(actor, order))
    before, _after = ORDER_STATES.advance(order, OrderAction.HOLD)
    order.hold_reason, order.approved_at = reason.strip(), None
    save_order(order, "status", "hold_reason", "approved_at")
    if before in COUNTED_STATUSES:
        count_sales(order, sign=-1)
    record_order_event(order, OrderEvent.PUT_ON_HOLD, actor=actor, now=now, before=before, reason=order.hold_reason)
    set_expiry(source_type=ORDER, source_id=order.pk, expires_at=now + RESERVATION_LIFE)
    return order


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
    record_order_event(order, OrderEvent.RELEASED, actor=actor, now=now, before=before)
    set_expiry(source_type=ORDER, source_id=order.pk, expires_at=now + RESERVATION_LIFE)
    return order


REASON = gettext_noop("The reservation of its stock expired.")


def release_expired_reservations(*, now: datetime) -> int:
    """Free stock whose time is over and put its orders on hold; returns how many orders. A transaction an order.

    An order that was approved meanwhile keeps its stock: that is asked again under its lock.
    """
    return sum(_release_one(order_id, now) for order_id in expired_sources(source_type=ORDER, now=now))


@transaction.atomic
def _release_one(order_id: int, now: datetime) -> bool:
    try:
        order = lock_order(order_id=order_id, actor=None, expected_version=None)
    except NotVisible:
        return False
    expired = Reservation.objects.filter(
        source_type=ORDER, source_id=order_id, quantity__gt=0, expires_at__lte=now
    ).exists()
    if not expired or order.status not in {OrderStatus.SUBMITTED, OrderStatus.ON_HOLD}:
        return False
    before = order.status
    if before == OrderStatus.SUBMITTED:
        ORDER_STATES.advance(order, OrderAction.HOLD)
        order.hold_reason = REASON
        save_order(order, "status", "hold_reason")
    units = sum(reserved_pieces(source_type=ORDER, source_id=order.pk).values())
    record_order_event(
        order, OrderEvent.RESERVATION_EXPIRED, actor=None, now=now, before=before, units=units, reason=REASON
    )
    release(source_type=ORDER, source_id=order.pk)
    return True
