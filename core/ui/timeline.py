"""The events of a thing, as lines for people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.actors import Actor
from core.events import kind_label
from core.models import Event, Subject
from core.registry import registry
from core.subjects import SubjectLink, visible_subjects

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST_EVENTS = 200
PrivateEvents = Callable[[Actor, Sequence[tuple[str, int]]], "QuerySet[Any, Any] | None"]
"""Keys of events that are not about the subjects themselves, because not everybody who sees those may read them.

They stand in the time line of whom the app that registers it says; None where there are none for the actor.
"""


@dataclass(frozen=True, kw_only=True)
class TimelineRow:
    at: datetime
    label: str
    person: str
    on_behalf_of: str
    note: str
    data: dict[str, Any]
    related: Sequence[SubjectLink] = ()


def timeline(
    subjects: Sequence[tuple[str, int]], *, actor: Actor, limit: int = MOST_EVENTS, but: Sequence[str] = ()
) -> list[TimelineRow]:
    """The newest first: two queries, and one for each type of other subjects, which `actor` sees where they may.

    Kinds of events that are in `but` are left out. The caller has checked that they may see `subjects`.
    """
    private = [keys for events_of in registry.private_events if (keys := events_of(actor, subjects)) is not None]
    about = Event.objects.about(subjects, also=private) if subjects else Event.objects.none()
    events = about.select_related("actor", "on_behalf_of").prefetch_related("extra_subjects")
    found = list(events.exclude(kind__in=but).order_by("-at", "-id")[:limit])
    others = {event.pk: _other_subjects(event, subjects) for event in found}
    links = visible_subjects([subject for some in others.values() for subject in some], actor=actor)
    return [
        TimelineRow(
            at=event.at,
            label=kind_label(event.kind),
            person=str(event.actor or ""),
            on_behalf_of=str(event.on_behalf_of or ""),
            note=str(event.data.get("reason") or event.data.get("note") or ""),
            data=event.data,
            related=[links[subject] for subject in others[event.pk] if subject in links],
        )
        for event in found
    ]


def _other_subjects(event: Event, shown: Sequence[tuple[str, int]]) -> list[Subject]:
    """What the event is about beside the things whose timeline this is, each once."""
    extra = [Subject(extra.subject_type, extra.subject_id) for extra in event.extra_subjects.all()]
    return [subject for subject in dict.fromkeys([event.subject, *extra]) if subject not in shown]
