"""Business events: written with the change they record; read by timelines, notifications and feeds.

This is the one writer of events. Hand-written statements use `event_ctes`, everybody else `record_event(s)`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import structlog
from django.db import models
from django.utils import timezone

from core.models import Event, EventSubject, OutboxMessage
from core.registry import registry


def register_kinds(kinds: type[models.TextChoices]) -> None:
    """Make the kinds of an app known, so that a timeline can name them. Called from AppConfig.ready."""
    for kind in kinds:
        registry.event_kinds.add(kind.value, kind.label)


def kind_label(kind: str) -> str:
    return str(registry.event_kinds.get(kind) or kind)


def request_id() -> str:
    """The id of the request or task under way, empty outside of one."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))


class ExtraSubject(NamedTuple):
    """A further subject of an event, and what it has to do with the event ("shipment", "previous person")."""

    type: str
    id: int
    relation: str


@dataclass(frozen=True, kw_only=True)
class EventInput:
    """An event to be written. `data` is plain JSON (Decimals as text); without `publish` no consumer receives it."""

    kind: str
    subject_type: str
    subject_id: int
    distributor_id: int | None = None
    extra_subjects: Sequence[ExtraSubject] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    publish: bool = True


def record_event(
    *,
    kind: str,
    subject_type: str,
    subject_id: int,
    actor_id: int | None,
    distributor_id: int | None = None,
    extra_subjects: Sequence[ExtraSubject] = (),
    data: Mapping[str, Any] | None = None,
    at: datetime | None = None,
    publish: bool = True,
) -> Event:
    """Write one event and, unless `publish` is off, the outbox message by which consumers receive it.

    Before: inside the transaction of the change. `data` is plain JSON (Decimals as text).
    """
    written = EventInput(
        kind=kind,
        subject_type=subject_type,
        subject_id=subject_id,
        distributor_id=distributor_id,
        extra_subjects=extra_subjects,
        data=data or {},
        publish=publish,
    )
    return record_events([written], actor_id=actor_id, at=at)[0]


def record_events(inputs: Sequence[EventInput], *, actor_id: int | None, at: datetime | None = None) -> list[Event]:
    """Write many events, their extra subjects and messages in at most three statements. Before: as `record_event`."""
    events = Event.objects.bulk_create(_event(one, actor_id, at or timezone.now()) for one in inputs)
    for event in events:
        vars(event).pop("on_behalf_of_id")  # an expression: what became of it is read when it is asked for
    pairs = list(zip(events, inputs, strict=True))
    extra = [
        EventSubject(event=event, subject_type=subject.type, subject_id=subject.id, relation=subject.relation)
        for event, one in pairs
        for subject in one.extra_subjects
    ]
    if extra:
        EventSubject.objects.bulk_create(extra)
    now = timezone.now()
    messages = [
        OutboxMessage(event=event, topic=event.kind, created_at=now, available_at=now)
        for event, one in pairs
        if one.publish
    ]
    if messages:
        OutboxMessage.objects.bulk_create(messages)
    return events


def _event(one: EventInput, actor_id: int | None, at: datetime) -> Event:
    whom = [find(actor_id, one.distributor_id, at) for find in registry.represented if actor_id and one.distributor_id]
    return Event(
        at=at,
        actor_id=actor_id,
        on_behalf_of_id=whom[0] if whom else None,
        distributor_id=one.distributor_id,
        kind=one.kind,
        subject_type=one.subject_type,
        subject_id=one.subject_id,
        data=dict(one.data),
        request_id=request_id(),
    )


def event_ctes(  # noqa: PLR0913 - the columns of an event
    source: str,
    *,
    at: str,
    actor_id: str,
    on_behalf_of: str,
    distributor_id: str,
    kind: str,
    subject_type: str,
    subject_id: str,
    data: str,
    request_id: str = "''",
    publish: str = "TRUE",
) -> str:
    """The CTEs `event` and `message` for a hand-written statement: an event for each row of `source`, in its order.

    `source` is what stands after FROM; each argument is an SQL expression over its columns. `on_behalf_of` is never left
    out: `accounts.expressions.represented_sql`, or NULL where the actor is nobody or nobody's stand-in. `publish` is a
    condition on the columns of the written event that says for which of them a message is written. It can be delivered
    from the time of its event on, so that one clock, the program's, decides.
    """
    return f"""event AS (
    INSERT INTO core_event (at, actor_id, on_behalf_of_id, distributor_id, kind, subject_type, subject_id, data, request_id)
    SELECT {at}, {actor_id}, {on_behalf_of}, {distributor_id}, {kind}, {subject_type}, {subject_id}, {data}, {request_id}
    FROM {source}
    RETURNING id, at, kind, data
), message AS (
    INSERT INTO core_outboxmessage (event_id, topic, payload, created_at, available_at)
    SELECT id, kind, '{{}}', at, at FROM event WHERE {publish}
)"""  # noqa: S608 - put together from constants of the caller, values are bound
