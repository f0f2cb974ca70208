from typing import Any, Self

from django.db.models import Case, OuterRef, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce

from core.actors import Actor
from core.enums import DeliveryStatus
from core.models import Delivery
from core.querysets import ScopedQuerySet
from integration.permissions import can_manage_webhooks
from messaging.enums import SendingState


class WebhookQuerySet(ScopedQuerySet[Any]):
    def scope(self, actor: Actor) -> Self:
        """Those who manage webhooks see all, others none: an event may be about anything."""
        return self if can_manage_webhooks(actor) else self.none()


class WebhookDeliveryQuerySet(WebhookQuerySet):
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
                When(sent_at__isnull=False, then=Value(SendingState.SENT.value)),
                When(outbox_status=DeliveryStatus.FAILED, then=Value(SendingState.FAILED.value)),
                When(outbox_status=DeliveryStatus.DELIVERED, then=Value(SendingState.SKIPPED.value)),
                When(attempts__gt=0, then=Value(SendingState.RETRYING.value)),
                default=Value(SendingState.WAITING.value),
            )
        )
