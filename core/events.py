"""Business facts: written with the change they tell of, read by timelines, notices and tracking."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import structlog
from django.db import models
from django.utils import timezone

from core.models import Event
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
        publish(topic=kind, payload={"event_id": event.pk, "subject_id": subject_id, "actor_id": actor_id, **event.data})
    return event
