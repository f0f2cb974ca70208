"""An event as a system receives it: JSON, signed as Standard Webhooks say (https://www.standardwebhooks.com)."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from core.models import Event, OutboxMessage
from core.outbox import Deferred, publish_many
from integration.models import WebhookDelivery, WebhookEndpoint
from messaging.services.endpoints import note_answer, note_no_answer, paused_until
from messaging.services.outgoing import CallRefused, post, server_of

TOPIC = "webhook.event"
BATCH = 500
PREFIX = "whsec_"


def collect_events(*, now: datetime) -> int:
    """Give the outbox what is new in the feed for each active endpoint, in the order of the feed; returns how many.

    An endpoint that another run has now is left to it. Before: inside a transaction.
    """
    last: int = OutboxMessage.objects.aggregate(last=Max("feed_position"))["last"] or 0
    endpoints = WebhookEndpoint.objects.filter(is_active=True, feed_position__lt=last).order_by("pk")
    return sum(_collect(endpoint, last, now) for endpoint in endpoints.select_for_update(skip_locked=True))


def _collect(endpoint: WebhookEndpoint, last: int, now: datetime) -> int:
    rows = OutboxMessage.objects.filter(
        feed_position__gt=endpoint.feed_position, feed_position__lte=last, topic__in=endpoint.kinds, event__isnull=False
    )
    new = list(rows.order_by("feed_position").values_list("feed_position", "event_id")[:BATCH])
    send_events(endpoint, [event_id for _position, event_id in new if event_id is not None], now=now)
    reached = new[-1][0] if len(new) == BATCH else last
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(feed_position=reached)
    return len(new)


def send_events(endpoint: WebhookEndpoint, event_ids: Sequence[int], *, now: datetime) -> None:
    """One message and one row of the log for each. Before: inside a transaction. Two statements."""
    payloads = [{"endpoint_id": endpoint.pk, "event_id": pk} for pk in event_ids]
    messages = publish_many(topic=TOPIC, payloads=payloads)
    WebhookDelivery.objects.bulk_create(
        WebhookDelivery(endpoint=endpoint, event_id=pk, message_id=message.pk, created_at=now)
        for pk, message in zip(event_ids, messages, strict=True)
    )


def send_event(message: OutboxMessage) -> Deferred | None:
    """Consumer: send one event to one endpoint that is still active, later where its server does not answer.

    Raises CallRefused where it answers that it does not take it.
    """
    row = (
        WebhookDelivery.objects.select_related("endpoint", "event")
        .filter(message_id=message.pk, sent_at__isnull=True, endpoint__is_active=True)
        .first()
    )
    if row is None:
        return None
    now, server = timezone.now(), server_of(row.endpoint.url)
    if (until := paused_until(server, now=now)) is not None:
        return Deferred("the server did not answer a moment ago", until)
    content = json.dumps(body_of(row.event), ensure_ascii=False).encode()
    number = f"event-{row.event_id}"
    secrets = secrets_of(row.endpoint, now=now)
    headers = signed_headers(secrets, number=number, timestamp=int(now.timestamp()), content=content)
    try:
        post(row.endpoint.url, content, {"Content-Type": "application/json", **headers})
    except CallRefused as error:
        if error.status is not None:
            raise
        note_no_answer(server, now=now)
        return Deferred(f"{type(error).__name__}: {error}")
    note_answer(server)
    WebhookDelivery.objects.filter(pk=row.pk).update(sent_at=now)
    return None


def body_of(event: Event) -> dict[str, object]:
    return {
        "id": event.pk,
        "kind": event.kind,
        "at": event.at.isoformat(),
        "subject": {"type": event.subject_type, "id": event.subject_id},
        "distributor_id": event.distributor_id,
        "data": event.data,
    }


def secrets_of(endpoint: WebhookEndpoint, *, now: datetime) -> list[str]:
    """The secret, and the one before while it still signs."""
    overlaps = endpoint.previous_until is not None and endpoint.previous_until > now
    return [endpoint.secret, *([endpoint.previous_secret] if overlaps else [])]


def signed_headers(secrets: Sequence[str], *, number: str, timestamp: int, content: bytes) -> Mapping[str, str]:
    """Number, time, and a signature by each secret over all three: a receiver refuses what is old or was changed."""
    signed = f"{number}.{timestamp}.".encode() + content
    signatures = [
        base64.b64encode(hmac.new(base64.b64decode(one.removeprefix(PREFIX)), signed, hashlib.sha256).digest()).decode()
        for one in secrets
    ]
    return {
        "webhook-id": number,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(f"v1,{one}" for one in signatures),
    }
