"""Credit came free: orders that were over the limit and fit by now go on, the oldest first."""

from datetime import datetime

from django.db import transaction

from billing.enums import BillingEvent
from billing.selectors.sharing import distributors_sharing
from core.errors import DomainError, NotVisible
from core.models import Event
from orders.ordering.enums import HoldKind, OrderEvent, OrderStatus
from orders.ordering.models import OrderHold
from orders.ordering.services.credit import ask_credit
from orders.ordering.services.credit_release import keep_stock
from orders.ordering.services.locking import lock_order, record_order_event

TOPICS = (
    BillingEvent.ENTRY_POSTED,
    BillingEvent.ENTRY_REVERSED,
    BillingEvent.LIMIT_SET,
    BillingEvent.LIMIT_ASSIGNED,
)


def ask_waiting_orders(event: Event) -> None:
    """Outbox consumer: an account or a limit changed. Each order in a transaction of its own; again changes nothing."""
    distributors = distributors_sharing(subject_type=event.subject_type, subject_id=event.subject_id)
    waiting = OrderHold.objects.open().filter(kind=HoldKind.CREDIT, order__distributor__in=distributors)
    for order_id in list(waiting.order_by("order__ordered_at", "order_id").values_list("order_id", flat=True)):
        try:
            ask_waiting_order(order_id=order_id, now=event.at)
        except DomainError:  # its stock has gone: it stays on hold until somebody looks at it
            continue


@transaction.atomic
def ask_waiting_order(*, order_id: int, now: datetime) -> bool:
    """Lift the hold of an order that fits under its limit by now, and reserve its stock again; returns whether it does.

    Records one event. Raises Conflict where its stock has gone: then nothing is changed.
    """
    try:
        order = lock_order(order_id=order_id, actor=None, expected_version=None)
    except NotVisible:
        return False
    waiting = order.holds.open().filter(kind=HoldKind.CREDIT)
    if order.status not in {OrderStatus.SUBMITTED, OrderStatus.APPROVED} or not waiting.exists():
        return False
    ask_credit(order, now=now)
    if waiting.exists():
        return False
    record_order_event(order, OrderEvent.CREDIT_RELEASED, actor=None, now=now, before=order.status)
    keep_stock(order, now=now)
    return True
