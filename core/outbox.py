"""What must leave the transaction: written with the change, delivered after it, exactly once.

`publish` writes a row. The relay takes waiting rows with FOR UPDATE SKIP LOCKED and runs the topic's one consumer in
the same transaction as the mark of delivery: what a consumer writes to the database happens once. A consumer with an
effect elsewhere (mail, webhook) gets the message's id to send along, so that the other side can drop a repeat. A topic
without a consumer is delivered to nobody.
"""

import random
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone

from core.models import OutboxMessage

Consumer = Callable[[OutboxMessage], None]

BATCH = 100
MAX_DELAY = timedelta(hours=1)
KEPT = timedelta(days=30)
_consumers: dict[str, Consumer] = {}
log = structlog.get_logger(__name__)


def subscribe(topic: str, consumer: Consumer) -> None:
    """Name the one consumer of a topic. Called from AppConfig.ready."""
    if _consumers.get(topic, consumer) is not consumer:
        raise ValueError(f"{topic} has a consumer already")
    _consumers[topic] = consumer


def publish(*, topic: str, payload: Mapping[str, Any], not_before: datetime | None = None) -> OutboxMessage:
    """Write a message. Before: inside the transaction whose change it tells of."""
    now = timezone.now()
    return OutboxMessage.objects.create(
        topic=topic, payload=dict(payload), created_at=now, available_at=not_before or now
    )


def deliver_batch(*, now: datetime | None = None, limit: int = BATCH) -> int:
    """Deliver up to `limit` waiting messages in one transaction; returns how many rows were taken.

    A consumer that raises loses its own changes only; its message is tried again later with growing delay and jitter.
    """
    moment = now or timezone.now()
    with transaction.atomic():
        waiting = list(
            OutboxMessage.objects.select_for_update(skip_locked=True)
            .filter(delivered_at__isnull=True, available_at__lte=moment)
            .order_by("available_at", "id")[:limit]
        )
        for message in waiting:
            _deliver(message, moment)
        OutboxMessage.objects.bulk_update(waiting, ["delivered_at", "attempts", "last_error", "available_at"])
    return len(waiting)


def _deliver(message: OutboxMessage, now: datetime) -> None:
    message.attempts += 1
    consumer = _consumers.get(message.topic)
    try:
        if consumer is not None:
            with transaction.atomic():
                consumer(message)
    except Exception as error:  # a consumer may fail in any way, and none may stop the others
        log.exception("outbox_consumer_failed", topic=message.topic, message=message.pk)
        message.last_error = f"{type(error).__name__}: {error}"[:2000]
        message.available_at = now + retry_delay(message.attempts)
    else:
        message.delivered_at = now
        message.last_error = ""


def forget_delivered(*, now: datetime) -> int:
    """Delete messages that were delivered more than a month ago, in one statement; returns how many."""
    deleted, _by_model = OutboxMessage.objects.filter(delivered_at__lt=now - KEPT).delete()
    return deleted


def retry_delay(attempts: int) -> timedelta:
    """Exponential backoff with full jitter (Brooker, 2015), at most an hour."""
    ceiling = min(MAX_DELAY.total_seconds(), 2.0**attempts)
    return timedelta(seconds=random.uniform(ceiling / 2, ceiling))  # noqa: S311 - jitter is no secret
