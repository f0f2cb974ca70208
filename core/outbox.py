"""What must leave the transaction: written with the change, then delivered to each consumer once.

A message is written in the transaction whose change it reports. The relay fans a new message out into one delivery per
consumer of its topic and gives it its position in the feed; then it runs each waiting delivery in a savepoint of its
own, in the transaction that marks it as delivered: what a consumer writes to the database happens once. A consumer with
an effect elsewhere (mail, webhook) sends the number of the event or message along, so that the other side can drop a
repeat. Notifications by mail and chat have a queue of their own: `messaging.services.sendings`.
"""

import random
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Deferred:
    """Returned by a consumer that keeps what it wrote and is asked again: at a time, or as after a failed attempt."""

    reason: str
    until: datetime | None = None


EventConsumer = Callable[[Event], None]
MessageConsumer = Callable[[OutboxMessage], Deferred | None]

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


def subscribe(topic: str, name: str, consumer: EventConsumer, *, elsewhere: bool = False) -> None:
    """Let `consumer` receive the events of a kind. Called from AppConfig.ready; a name occurs once per topic.

    One that locks orders, stock or other documents is `elsewhere`, too: a batch would keep its locks until the end, against
    the order in which everybody locks.
    """
    subscribe_message(topic, name, _OfEvents(consumer), elsewhere=elsewhere)


def subscribe_many(topic: str, name: str, consumer: Callable[[Sequence[Event]], None]) -> None:
    """Likewise, but all events that wait are received at once, of whatever kinds, in their order."""
    subscribe_message(topic, name, _OfEvents(consumer, at_once=True))


def subscribe_message(topic: str, name: str, consumer: MessageConsumer, *, elsewhere: bool = False) -> None:
    """Likewise the messages of a topic, with or without an event. With an effect `elsewhere`: see `deliver_elsewhere`."""
    registry.consumers.add((str(topic), name), consumer)
    if elsewhere:
        _ELSEWHERE.add(name)


@dataclass(frozen=True)
class _OfEvents:
    """A consumer of events as a consumer of messages: of one, or of all that wait."""

    consumer: Callable[[Any], None]
    at_once: bool = False

    def __call__(self, *messages: OutboxMessage) -> None:
        events = [message.event for message in messages]
        if None in events:
            raise ValueError(f"a message of {messages[0].topic} has no event")
        self.consumer(events if self.at_once else events[0])


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
        for group in _groups(waiting):
            _deliver(group, now)
        Delivery.objects.bulk_update(waiting, ["status", "delivered_at", "attempts", "last_error", "available_at"])
    return len(waiting)


def _groups(waiting: Sequence[Delivery]) -> Collection[list[Delivery]]:
    """Together what a consumer receives at once, the others one by one."""
    groups: dict[str | int, list[Delivery]] = {}
    for delivery in waiting:
        consumer = registry.consumers.get((delivery.message.topic, delivery.consumer))
        at_once = isinstance(consumer, _OfEvents) and consumer.at_once
        groups.setdefault(delivery.consumer if at_once else delivery.pk, []).append(delivery)
    return groups.values()


def _deliver(group: Sequence[Delivery], now: datetime) -> None:
    """Where one of several fails each is delivered by itself, so that it delays no other."""
    name, topic, first = group[0].consumer, group[0].message.topic, group[0].message_id
    try:
        consumer: Any = registry.consumers[topic, name]
        with transaction.atomic():
            deferred = consumer(*(delivery.message for delivery in group))
    except Exception as error:  # a consumer may fail in any way, and none may stop the others
        log.exception("outbox_consumer_failed", topic=topic, message=first, consumer=name, messages=len(group))
        if len(group) > 1:
            for delivery in group:
                _deliver([delivery], now)
            return
        deferred = Deferred(f"{type(error).__name__}: {error}")
    for delivery in group:
        _note(delivery, deferred, now)


def _note(delivery: Delivery, deferred: Deferred | None, now: datetime) -> None:
    delivery.attempts += 1
    if deferred is None:
        delivery.status, delivery.delivered_at, delivery.last_error = DeliveryStatus.DELIVERED, now, ""
        return
    delivery.last_error = deferred.reason[:2000]
    delivery.available_at = deferred.until or now + retry_delay(delivery.attempts)
    if deferred.until is not None:
        delivery.attempts -= 1
    elif delivery.attempts >= MOST_ATTEMPTS:
        delivery.status = DeliveryStatus.FAILED


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
