"""An order that stays late is brought before the supervisor of whoever answers for it."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from accounts.selectors.responsibilities import first_accountable
from core.events import EventInput, record_events
from core.models import Event
from orders.ordering.enums import OPEN_STATUSES, ORDER, Lateness, OrderEvent, OrderSource
from orders.ordering.models import Order

AFTER: Final = timedelta(days=3)
"""How long an order is late before the supervisor is told."""
BATCH: Final = 500


@transaction.atomic
def escalate_late_orders(*, now: datetime, after: timedelta = AFTER) -> int:
    """Tell the supervisor of who acts for the distributor, or else the directors, of each order late for that long, once.

    Records one event for each order; a fixed number of statements. What was imported tells nobody, and an order that
    somebody is working on this moment is left for the next run. Returns how many were escalated.
    """
    today = timezone.localdate(now)
    known = Event.objects.filter(subject_type=ORDER, subject_id=OuterRef("pk"), kind=OrderEvent.ESCALATED)
    late = (
        Order.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(lateness=Lateness.LATE, status__in=OPEN_STATUSES, promised_on__lte=today - after)
        .filter(seller_distributor__isnull=True)
        .exclude(source=OrderSource.IMPORT)
        .exclude(Exists(known))
        .order_by("pk")
    )
    orders = list(late[:BATCH])
    if not orders:
        return 0
    people = first_accountable({order.distributor_id for order in orders}, on=today)
    supervisors = dict(
        User.objects.filter(pk__in=people.values(), supervisor__is_active=True).values_list("pk", "supervisor_id")
    )
    directors = list(User.objects.with_roles({Role.DIRECTOR}).filter(is_active=True).values_list("pk", flat=True))
    events = [
        EventInput(
            kind=OrderEvent.ESCALATED.value,
            subject_type=ORDER,
            subject_id=order.pk,
            distributor_id=order.distributor_id,
            data={
                "number": order.reference,
                "before": order.status,
                "after": order.status,
                "days": (today - order.promised_on).days if order.promised_on else 0,
                "people": _recipients(people.get(order.distributor_id), supervisors, directors),
            },
        )
        for order in orders
    ]
    record_events(events, actor_id=None, at=now)
    return len(events)


def _recipients(person: int | None, supervisors: dict[int, int], directors: list[int]) -> list[int]:
    supervisor = supervisors.get(person) if person is not None else None
    return directors if supervisor is None else [supervisor]
