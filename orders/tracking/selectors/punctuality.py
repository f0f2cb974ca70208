"""How punctually a distributor is supplied."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, F, Q, When
from django.db.models.functions import Coalesce, TruncDate

from core.actors import Actor
from orders.ordering.enums import COUNTED_STATUSES, OrderStatus
from orders.ordering.models import Order

WINDOW_DAYS = 91


# Where only the shipping is known of goods that arrived, as in imported history, its day is taken.
_ARRIVED = Coalesce(
    "delivered_at",
    "received_at",
    Case(When(status__in=[OrderStatus.DELIVERED, OrderStatus.RECEIVED], then="shipped_at")),
)


@dataclass(frozen=True, kw_only=True)
class Punctuality:
    """Orders promised in the last 91 days and in the 91 before, and how many of each arrived by the promised day."""

    due: int
    kept: int
    due_before: int
    kept_before: int

    @property
    def share(self) -> float | None:
        return self.kept / self.due if self.due else None

    @property
    def change(self) -> float | None:
        """Against the window before, in percentage points; None where either has no orders."""
        if not self.due or not self.due_before:
            return None
        return 100 * (self.kept / self.due - self.kept_before / self.due_before)


def read_punctuality(actor: Actor, distributor_id: int, *, today: date) -> Punctuality:
    """Of one distributor, as far as `actor` sees its orders. An order that has not arrived by then was not kept.

    One query.
    """
    start, middle = today - timedelta(days=2 * WINDOW_DAYS), today - timedelta(days=WINDOW_DAYS)
    now = Q(promised_on__gt=middle, promised_on__lte=today)
    before = Q(promised_on__gt=start, promised_on__lte=middle)
    kept = Q(arrived_on__lte=F("promised_on"))
    rows = Order.objects.visible_to(actor).filter(
        distributor_id=distributor_id, promised_on__gt=start, status__in=COUNTED_STATUSES
    )
    found = rows.annotate(arrived_on=TruncDate(_ARRIVED)).aggregate(
        due=Count("pk", filter=now),
        kept=Count("pk", filter=now & kept),
        due_before=Count("pk", filter=before),
        kept_before=Count("pk", filter=before & kept),
    )
    return Punctuality(**found)
