"""An order is stopped for a reason, and let go again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import InvalidInput
from core.rules import require
from inventory.services.stock import set_expiry
from orders.enums import COUNTED_STATUSES, ORDER_STATES, OrderAction, OrderEvent
from orders.models import Order
from orders.rules import can_decide
from orders.services.count_sales import count_sales
from orders.services.facts import record_fact
from orders.services.locking import lock_order, save_order
from orders.services.place_order import RESERVATION_LIFE


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
    record_fact(order, OrderEvent.HELD, actor=actor, now=now, before=before, reason=order.hold_reason)
    set_expiry(claim=order.pk, expires_at=now + RESERVATION_LIFE)
    return order
