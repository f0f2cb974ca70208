"""The events of a thing, as lines for people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.events import kind_label
from core.models import Event

MOST_EVENTS = 200


@dataclass(frozen=True, kw_only=True)
class TimelineRow:
    at: datetime
    label: str
    person: str
    note: str
    data: dict[str, Any]


def timeline(subjects: Sequence[tuple[str, int]], *, limit: int = MOST_EVENTS) -> list[TimelineRow]:
    """The newest first, one query. The caller has checked that the person may see the subjects."""
    events = Event.objects.about(subjects).select_related("actor").order_by("-at", "-id")[:limit]
    return [
        TimelineRow(
            at=event.at,
            label=kind_label(event.kind),
            person=str(event.actor or ""),
            note=str(event.data.get("reason") or event.data.get("note") or ""),
            data=event.data,
        )
        for event in events
    ]
