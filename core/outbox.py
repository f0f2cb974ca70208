"""What must leave the transaction: written with the change, then delivered to each consumer once.

A message is written in the transaction whose change it reports. The relay fans a new message out into one delivery per
consumer of its topic and gives it its position in the feed; then it runs each waiting delivery in a savepoint of its
own, in the transaction that marks it as delivered: what a consumer writes to the database happens once. A consumer with
an effect elsewhere (mail, webhook) sends the number of the event or message along, so that the other side can drop a
repeat.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

import structlog
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from core.enums import DeliveryStatus
from core.idempotency import lock_number
from core.models import Delivery, Event, OutboxMessage
from core.registry import registry

EventConsumer = Callable[[Event], None]
MessageConsumer = Callable[[OutboxMessage], None]

BATCH = 100
MOST_ATTEMPTS = 20
"""About half a day: the delay doubles up to an hour."""
MAX_DELAY = timedelta(hours=1)
KEPT = timedelta(days=30)
_ELSEWHERE: set[str] = set()
log = structlog.get_logger(__name__)

# Positions are in the order of commits, because one relay at a time gives them, to messages that it can see, and they
# are seen before the next relay gets the lock. A message that commits later than others gets a later position, whatever
# its id is.
_FAN_OUT = """
WITH new AS MATERIALIZED (
    SELECT id, topic, available_at FROM core_outboxmessage WHERE feed_position IS NULL ORDER BY id LIMIT %(limit)s
), delivery AS (
    INSERT INTO core_delivery (message_id, consumer, status, attempts, available_at, last_error)
    SELECT new.id, subscribed.consumer, 'waiting', 0, new.available_at, ''
    FROM new JOIN unnest(%(topics)s::text[], %(consumers)s::text[]) AS subscribed (topic, consumer) USING (topic)
    RETURNING message_id
), counted AS (
    SELECT message_id, count(*) AS consumers FROM delivery GROUP BY message_id
), placed AS MATERIALIZED (
    SELECT id, nextval('core_feed_position_seq') AS position FROM (SELECT id FROM new ORDER BY id) AS ordered
)
UPDATE core_outboxmessage AS message
SET feed_position = placed.position, consumer_count = coalesce(counted.consumers, 0)
FROM placed LEFT JOIN counted ON counted.message_id = placed.id
WHERE message.id = placed.id
"""

_FORGET = """
WITH old AS MATERIALIZED (
    SELECT message.id FROM core_outboxmessage AS message
    WHERE message.created_at < %(before)s AND message.feed_position IS NOT NULL
      AND NOT EXISTS (
          SELECT 1 FROM core_delivery AS delivery
          WHERE delivery.message_id = message.id
            AND (delivery.status <> 'delivered' OR delivery.delivered_at >= %(before)s)
      )
), gone AS (
    DELETE FROM core_delivery WHERE message_id IN (SELECT id FROM old)
)
DELETE FROM core_outboxmessage WHERE id IN (SELECT id FROM old)
"""


def subscribe(topic: str, name: str, consumer: EventConsumer) -> None:
    """Let `consumer` receive the events of a kind. Called from AppConfig.ready; a name occurs once per topic."""
    subscribe_message(topic, name, _OfEvent(consumer))


def subscribe_message(topic: str, name: str, consumer: MessageConsumer, *, elsewhere: bool = False) -> None:
    """Likewise the messages of a topic, with or without an event. With an effect `elsewhere`: see `deliver_elsewhere`."""
    registry.consumers.add((str(topic), name), consumer)
    if elsewhere:
        _ELSEWHERE.add(name)


class _OfEvent:
    """A consumer of events as a consumer of messages."""

    def __init__(self, consumer: EventConsumer) -> None:
        self.consumer = consumer

    def __call__(self, message: OutboxMessage) -> None:
        if message.event is None:
            raise ValueError(f"message {message.pk} of {message.topic} has no event")
        self.consumer(message.event)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _OfEvent) and other.consumer == self.consumer

    def __hash__(self) -> int:
        return hash(self.consumer)


def publish(*, topic: str, payload: Mapping[str, Any], not_before: datetime | None = None) -> OutboxMessage:
    """Write a message that reports no event. Before: inside the transaction whose change it belongs to."""
    now = timezone.now()
    return OutboxMessage.objects.create(
        topic=topic, payload=dict(payload), created_at=now, available_at=not_before or now
    )


def publish_many(*, topic: str, payloads: Sequence[Mapping[str, Any]]) -> list[OutboxMessage]:
    """The same for many, in one statement."""
    now = timezone.now()
    return OutboxMessage.objects.bulk_create(
        OutboxMessage(topic=topic, payload=dict(payload), created_at=now, available_at=now) for payload in payloads
    )


def relay(*, now: datetime | None = None, limit: int = BATCH) -> int:
    """Fan out up to `limit` new messages and run up to `limit` deliveries; returns how many rows that were.

    Any number of relays may run at once. Two transactions: a position in the feed never waits for a consumer.
    """
    moment = now or timezone.now()
    taken = fan_out(limit=limit) + deliver_batch(now=moment, limit=limit)
    return taken + sum(deliver_elsewhere(name, now=moment, limit=limit) for name in waiting_elsewhere(now=moment))


def fan_out(*, limit: int = BATCH) -> int:
    """Give new messages their deliveries and positions; none while another relay does. Returns how many messages."""
    pairs = registry.consumers.keys()
    values: dict[str, Any] = {
        "limit": limit,
        "topics": [topic for topic, _name in pairs],
        "consumers": [name for _topic, name in pairs],
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [lock_number("outbox.feed")])
        (got,) = cursor.fetchone()
        if not got:
            return 0
        cursor.execute(_FAN_OUT, values)
        return int(cursor.rowcount)


def waiting_elsewhere(*, now: datetime) -> list[str]:
    """The consumers with an effect elsewhere that have something to do."""
    rows = _waiting(now).filter(consumer__in=_ELSEWHERE).order_by("consumer")
    return list(rows.values_list("consumer", flat=True).distinct())


def deliver_batch(*, now: datetime, limit: int = BATCH) -> int:
    """Run up to `limit` waiting deliveries in one transaction; returns how many rows were taken.

    A consumer that raises loses its own changes only; its delivery is tried again later with growing delay and jitter,
    and has failed after `MOST_ATTEMPTS`. Consumers with an effect elsewhere are left to `deliver_elsewhere`.
    """
    return _run(_waiting(now).exclude(consumer__in=_ELSEWHERE), now, limit)


def deliver_elsewhere(consumer: str, *, now: datetime, limit: int = BATCH) -> int:
    """Likewise those of one consumer, each in a transaction of its own: whoever is killed repeats one at most."""
    return sum(
        1 for _ in takewhile(bool, (_run(_waiting(now).filter(consumer=consumer), now, 1) for _ in range(limit)))
    )


def _waiting(now: datetime) -> QuerySet[Delivery]:
    return Delivery.objects.filter(status=DeliveryStatus.WAITING, available_at__lte=now)


def _run(rows: QuerySet[Delivery], now: datetime, limit: int) -> int:
    locked = rows.select_for_update(skip_locked=True, of=("self",)).select_related("message__event")
    with transaction.atomic():
        waiting = list(locked.order_by("available_at", "id")[:limit])
        for delivery in waiting:
            _deliver(delivery, now)
        Delivery.objects.bulk_update(waiting, ["status", "delivered_at", "attempts", "last_error", "available_at"])
    return len(waiting)


def _deliver(delivery: Delivery, now: datetime) -> None:
    message = delivery.message
    delivery.attempts += 1
    try:
        consumer = registry.consumers[message.topic, delivery.consumer]
        with transaction.atomic():
            consumer(message)
    except Exception as error:  # a consumer may fail in any way, and none may stop the others
        log.exception("outbox_consumer_failed", topic=message.topic, message=message.pk, consumer=delivery.consumer)
        delivery.last_error = f"{type(error).__name__}: {error}"[:2000]
        delivery.available_at = now + retry_delay(delivery.attempts)
        if delivery.attempts >= MOST_ATTEMPTS:
            delivery.status = DeliveryStatus.FAILED
    else:
        delivery.status = DeliveryStatus.DELIVERED
        delivery.delivered_at = now
        delivery.last_error = ""


def retry_deliveries(*, delivery_ids: Sequence[int], now: datetime) -> int:
    """Retry failed or waiting deliveries at once, with all their attempts; returns how many."""
    return (
        Delivery.objects.filter(pk__in=delivery_ids)
        .exclude(status=DeliveryStatus.DELIVERED)
        .update(status=DeliveryStatus.WAITING, attempts=0, available_at=now)
    )


def forget_delivered(*, now: datetime) -> int:
    """Delete messages delivered to everybody more than a month ago, in one statement; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, {"before": now - KEPT})
        return int(cursor.rowcount)


def retry_delay(attempts: int) -> timedelta:
    """Exponential backoff with full jitter (Brooker, 2015), at most an hour."""
    ceiling = min(MAX_DELAY.total_seconds(), 2.0**attempts)
    return timedelta(seconds=random.uniform(ceiling / 2, ceiling))  # noqa: S311 - jitter is no secret
