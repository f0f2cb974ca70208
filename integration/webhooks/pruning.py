"""The log of what systems were sent, kept as long as that of notifications."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from core.enums import DeliveryStatus
from core.models import Delivery
from integration.models import WebhookDelivery
from messaging.services.pruning import delete_in_batches, log_begins


def prune_webhook_deliveries(*, now: datetime) -> int:
    """Delete what was sent, or has failed, before the log begins; returns how many. What waits is kept."""
    waiting = Delivery.objects.filter(message=OuterRef("message_id"), status=DeliveryStatus.WAITING)

    def rows() -> QuerySet[WebhookDelivery]:
        return WebhookDelivery.objects.filter(~Exists(waiting), created_at__lt=log_begins(now))

    return delete_in_batches(rows)
