"""The seller names another day for an order; what is on time stays measured by the first one."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import Conflict, InvalidInput
from core.permissions import require
from orders.ordering.enums import OPEN_STATUSES, OrderEvent
from orders.ordering.services.locking import lock_order, record_order_event
from orders.permissions import can_decide
from orders.tracking.models import PromiseChange


@transaction.atomic
def change_promise(
    *,
    order_id: int,
    promised_on: date,
    reason: str,
    actor: Actor,
    now: datetime,
    expected_version: int | None = None,
) -> PromiseChange:
    """Name another day for an open order, with the reason that the distributor reads. The first promise stays.

    Records one event, by which the distributor is notified. Raises NotVisible, NotAllowed, StaleVersion, Conflict where the
    order is not open, and InvalidInput at `promised_on` or `reason`.
    """
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    require(can_decide(actor, order))
    if order.status not in OPEN_STATUSES:
        raise Conflict(_("Nothing of this order is still to come."), code="wrong_state")
    if promised_on < timezone.localdate(now):
        raise InvalidInput(_("Choose a day from today on."), code="past", field="promised_on")
    if not reason.strip():
        raise InvalidInput(_("Enter a reason for the other day."), code="required", field="reason")
    before = order.promise_changes.order_by("-pk").values_list("promised_on", flat=True).first() or order.promised_on
    if promised_on == before:
        raise InvalidInput(_("This is the day that is promised already."), code="same", field="promised_on")
    change = PromiseChange.objects.create(
        order=order, promised_on=promised_on, reason=reason.strip(), changed_by_id=actor.pk, changed_at=now
    )
    record_order_event(
        order,
        OrderEvent.PROMISE_CHANGED,
        actor=actor,
        now=now,
        before=order.status,
        day_before=before.isoformat() if before else None,
        day_after=promised_on.isoformat(),
        reason=change.reason,
    )
    return change
