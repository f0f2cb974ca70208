"""An order over the credit limit goes all the same: released by name, up to an amount, until a day."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import InvalidInput, NotAllowed, Problem
from core.permissions import require
from inventory.services.stock import set_expiry
from orders.ordering.enums import ORDER, HoldKind, OrderAction, OrderEvent, OrderStatus
from orders.ordering.models import Order, OrderLine
from orders.ordering.permissions import ORDER_STATES
from orders.ordering.services.credit import settle_orders
from orders.ordering.services.holds import close_holds
from orders.ordering.services.limits import RESERVATION_LIFE
from orders.ordering.services.locking import lock_order, record_order_event
from orders.ordering.services.reserving import require_reserved
from orders.permissions import can_release_credit, may_release_amount


@transaction.atomic
def release_credit(
    *,
    order_id: int,
    actor: Actor,
    now: datetime,
    reason: str,
    amount: Decimal | None = None,
    until: date | None = None,
    expected_version: int | None = None,
) -> Order:
    """Lift the hold of an order that is over the credit limit: for this order, up to `amount` with tax, until a day.

    Without `amount` it is the total of the order, in its currency; without `until` there is no end. At the release to the
    warehouse it counts while the order is not above the amount. Its total is reserved from now on, above the limit; stock that
    went back meanwhile is reserved again. Records one event. Raises NotVisible, NotAllowed (the amount is above what a grant
    allows), StaleVersion, InvalidInput, and Conflict (not on such a hold, or its stock has gone).
    """
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    before, _after = ORDER_STATES.advance(order, OrderAction.RELEASE_CREDIT)
    require(can_release_credit(actor, order))
    amount = order.total_amount if amount is None else amount
    _check(order, reason, amount, until, today=timezone.localdate(now))
    if not may_release_amount(actor, order, amount):
        raise NotAllowed(_("This order is above the amount that you may release."))
    order.holds.open().filter(kind=HoldKind.CREDIT).update(amount=amount, until=until)
    close_holds(order, actor=actor, now=now, kinds=[HoldKind.CREDIT])
    record_order_event(
        order,
        OrderEvent.CREDIT_RELEASED,
        actor=actor,
        now=now,
        before=before,
        reason=reason.strip(),
        amount=str(amount),
        currency=order.currency,
        until=until.isoformat() if until else "",
    )
    settle_orders([order.pk], now=now)
    keep_stock(order, now=now)
    return order


def _check(order: Order, reason: str, amount: Decimal, until: date | None, *, today: date) -> None:
    problems = []
    if not reason.strip():
        problems.append(Problem(message=_("Enter a reason for the release."), code="required", field="reason"))
    if amount < order.total_amount:
        message = _("The order comes to more than this amount.")
        problems.append(Problem(message=message, code="below_total", field="amount"))
    if until is not None and until < today:
        message = _("Enter a day that is not in the past.")
        problems.append(Problem(message=message, code="in_past", field="until"))
    if problems:
        raise InvalidInput(problems=problems)


def keep_stock(order: Order, *, now: datetime) -> None:
    """What a locked order reserves from now on: for three days where it waits for approval, else for good, and all of it.

    Raises Conflict where stock has gone meanwhile.
    """
    if order.status == OrderStatus.SUBMITTED:
        set_expiry(source_type=ORDER, source_id=order.pk, expires_at=now + RESERVATION_LIFE)
        return
    lines = OrderLine.objects.filter(order=order).select_related("product").order_by("product_id")
    require_reserved(order, [line for line in lines if line.outstanding > 0])
    close_holds(order, actor=None, now=now, kinds=[HoldKind.RESERVATION])
