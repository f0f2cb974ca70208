from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import InvalidInput
from core.permissions import require
from inventory.services.stock import release
from orders.ordering.enums import COUNTED_STATUSES, ORDER, Lateness, OrderAction, OrderEvent, OrderStatus
from orders.ordering.models import Order, OrderLine
from orders.ordering.permissions import ORDER_STATES
from orders.ordering.services.credit import settle_orders
from orders.ordering.services.holds import close_holds
from orders.ordering.services.locking import lock_order, record_order_event, save_order
from orders.ordering.services.sales import count_sales
from orders.permissions import can_cancel, can_decide


@transaction.atomic
def cancel_order(
    *, order_id: int, actor: Actor, now: datetime, reason: str = "", expected_version: int | None = None
) -> Order:
    """Cancel an order: its stock is free again, and what was counted as sold is reversed.

    A draft needs no reason. Raises NotVisible, NotAllowed, StaleVersion, Conflict, and InvalidInput without a reason.
    """
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    require(can_cancel(actor, order) or ORDER_STATES.target(order.status, OrderAction.CANCEL) is None)
    before, _after = ORDER_STATES.advance(order, OrderAction.CANCEL)
    if before != OrderStatus.DRAFT and not reason.strip():
        raise InvalidInput(_("Enter a reason for cancelling."), code="required", field="reason")
    return _call_off(order, OrderEvent.CANCELLED, before=before, actor=actor, now=now, reason=reason)


@transaction.atomic
def reject_order(
    *, order_id: int, actor: Actor, now: datetime, reason: str, expected_version: int | None = None
) -> Order:
    """Reject an order that waits for approval: it is cancelled, its stock is free again, its buyers are notified.

    Raises NotVisible, NotAllowed, StaleVersion, Conflict, and InvalidInput without a reason.
    """
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    require(can_decide(actor, order))
    before, _after = ORDER_STATES.advance(order, OrderAction.REJECT)
    if not reason.strip():
        raise InvalidInput(_("Give a reason for the rejection."), code="required", field="reason")
    return _call_off(order, OrderEvent.REJECTED, before=before, actor=actor, now=now, reason=reason)


def _call_off(order: Order, kind: OrderEvent, *, before: str, actor: Actor, now: datetime, reason: str) -> Order:
    """Write what calling off makes of an order that is locked and cancelled already."""
    order.cancel_reason, order.cancelled_at, order.lateness = reason.strip(), now, Lateness.ON_TIME
    save_order(order, "status", "cancel_reason", "cancelled_at", "lateness")
    close_holds(order, actor=actor, now=now)
    if before in COUNTED_STATUSES:
        count_sales(order, sign=-1)
    OrderLine.objects.filter(order=order).update(cancelled=F("ordered") - F("shipped"))
    if before != OrderStatus.DRAFT:
        settle_orders([order.pk], now=now)
    publish = before != OrderStatus.DRAFT  # of a draft nobody else knew
    record_order_event(order, kind, actor=actor, now=now, before=before, publish=publish, reason=order.cancel_reason)
    release(source_type=ORDER, source_id=order.pk)
    return order
