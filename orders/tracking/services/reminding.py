"""A reminder of an order that is late or about to be, to whoever acts next: channel manager, warehouse, or distributor."""

from datetime import datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import Conflict
from core.models import Event
from core.permissions import require
from orders.ordering.enums import OrderEvent, OrderStatus
from orders.ordering.models import Order
from orders.ordering.services.locking import lock_order, record_order_event
from orders.permissions import can_remind, is_at_risk

_TURN = {
    OrderStatus.APPROVED: OrderEvent.REMINDED_WAREHOUSE,
    OrderStatus.PICKING: OrderEvent.REMINDED_WAREHOUSE,
    OrderStatus.PARTLY_SHIPPED: OrderEvent.REMINDED_WAREHOUSE,
    OrderStatus.DELIVERED: OrderEvent.REMINDED_KEEPER,
}


@transaction.atomic
def remind_of_order(*, order_id: int, actor: Actor, now: datetime, expected_version: int | None = None) -> Order:
    """Remind who acts next of an order that is late or about to be. Records one event, from which they are notified.

    Raises NotVisible, NotAllowed, StaleVersion, and Conflict where it is neither, or somebody reminded them today.
    """
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    require(can_remind(actor, order))
    if not is_at_risk(order):
        raise Conflict(_("This order is not late."), code="wrong_state")
    if reminded_today(order, now=now):
        raise Conflict(_("A reminder has been sent today already."), code="reminded_today")
    record_order_event(order, _turn(order), actor=actor, now=now, before=order.status, publish=True)
    return order


def reminded_today(order: Order, *, now: datetime) -> bool:
    """Whether anybody has sent a reminder of the step that the order waits for on this day."""
    start = timezone.make_aware(datetime.combine(timezone.localdate(now), time.min))
    reminders = Event.objects.filter(subject_type="order", subject_id=order.pk, kind=_turn(order))
    return reminders.filter(at__gte=start, data__before=order.status).exists()


def _turn(order: Order) -> OrderEvent:
    if order.is_on_hold:
        return OrderEvent.REMINDED_MANAGER
    return _TURN.get(OrderStatus(order.status), OrderEvent.REMINDED_MANAGER)
