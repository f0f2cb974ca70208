from typing import TYPE_CHECKING, Any, Self

from django.db.models import Case, OuterRef, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce

from accounts.permissions import can_administer
from core.actors import Actor
from core.enums import DeliveryStatus
from core.models import Delivery
from core.querysets import ScopedQuerySet
from messaging.enums import SendingState

if TYPE_CHECKING:  # named in the bases' text, where ruff does not look
    from messaging.models import Notification, Sending  # noqa: F401 - as said above


class NotificationQuerySet(ScopedQuerySet["Notification"]):
    def scope(self, actor: Actor) -> Self:
        """One's own."""
        return self.filter(recipient=actor.pk)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)


class PersonalQuerySet(ScopedQuerySet[Any]):
    """What a person sets for oneself."""

    def scope(self, actor: Actor) -> Self:
        return self.filter(person=actor.pk)


class SendingQuerySet(ScopedQuerySet["Sending"]):
    def scope(self, actor: Actor) -> Self:
        """Administrators see everybody's, others their own."""
        return self if can_administer(actor) else self.filter(notification__recipient=actor.pk)

    def with_state(self) -> Self:
        """Each with `state`, `attempts` and `last_error`, as the outbox has them; in the same query."""
        there = Delivery.objects.filter(message=OuterRef("message_id"))[:1]
        rows = self.annotate(
            outbox_status=Subquery(there.values("status")),
            attempts=Coalesce(Subquery(there.values("attempts")), Value(0)),
            last_error=Coalesce(Subquery(there.values("last_error")), Value(""), output_field=TextField()),
        )
        return rows.annotate(
            state=Case(
                When(was_needed=False, then=Value(SendingState.SKIPPED.value)),
                When(sent_at__isnull=False, then=Value(SendingState.SENT.value)),
                When(outbox_status=DeliveryStatus.FAILED, then=Value(SendingState.FAILED.value)),
                When(attempts__gt=0, then=Value(SendingState.RETRYING.value)),
                default=Value(SendingState.WAITING.value),
            )
        )
