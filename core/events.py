"""Business facts: written with the change they tell of, read by timelines, notices and tracking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from django.db import models
from django.utils import timezone

from core.models import Event, OutboxMessage
from core.outbox import publish

_labels: dict[str, str] = {}


def register_kinds(kinds: type[models.TextChoices]) -> None:
    """Make the kinds of an app known, so that a timeline can name them. Called from AppConfig.ready."""
    _labels.update(dict(kinds.choices))


def kind_label(kind: str) -> str:
    return str(_labels.get(kind, kind))


def request_id() -> str:
    """The id of the request or task under way, empty outside of one."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))


def record(
    *,
    kind: str,
    subject_type: str,
    subject_id: int,
    actor_id: int | None,
    data: Mapping[str, Any] | None = None,
    at: datetime | None = None,
    tell: bool = True,
) -> Event:
    """Write one event and, unless `tell` is off, the outbox message that lets others react to it.

    Before: inside the transaction of the change. `data` is plain JSON (Decimals as text).
    """
    event = Event.objects.create(
        at=at or timezone.now(),
        actor_id=actor_id,
        kind=kind,
        subject_type=subject_type,
        subject_id=subject_id,
        data=dict(data or {}),
        request_id=request_id(),
    )
    if tell:
        payload = {"event_id": event.pk, "subject_id": subject_id, "actor_id": actor_id, **event.data}
        publish(topic=kind, payload=payload)
    return event


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One event of many that are written together."""

    kind: str
    subject_type: str
    subject_id: int
    data: Mapping[str, Any] = field(default_factory=dict)


def record_many(facts: Sequence[Fact], *, actor_id: int | None, at: datetime | None = None) -> list[Event]:
    """Write many events and their outbox messages in two statements, whatever their number. Before: as for `record`."""
    now = at or timezone.now()
    events = Event.objects.bulk_create(
        Event(
            at=now,
            actor_id=actor_id,
            kind=fact.kind,
            subject_type=fact.subject_type,
            subject_id=fact.subject_id,
            data=dict(fact.data),
            request_id=request_id(),
        )
        for fact in facts
    )
    OutboxMessage.objects.bulk_create(
        OutboxMessage(
            topic=event.kind,
            payload={"event_id": event.pk, "subject_id": event.subject_id, "actor_id": actor_id, **event.data},
            created_at=now,
            available_at=now,
        )
        for event in events
    )
    return events
