"""Notifications as their reader sees them: a sentence in the reader's language and the page they lead to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.actors import Actor
from core.registry import registry
from core.subjects import subject_types, visible_subjects
from messaging.enums import MESSAGE_KINDS, NotificationLevel
from messaging.kinds import ANY, NOTIFICATION_KINDS, NotificationKind
from messaging.models import Notification

MISSING = "–"


@dataclass(frozen=True, kw_only=True)
class ShownNotification:
    """`address` is empty where it leads nowhere, or nowhere any more."""

    notification: Notification
    text: str
    address: str
    level: NotificationLevel


def count_unread(actor: Actor) -> Mapping[str, int]:
    """For the head of every page: unread notifications, and how many of them are of messages. One query."""
    rows = Notification.objects.visible_to(actor).unread()
    found: Mapping[str, int] = rows.aggregate(
        notifications=Count("pk"), messages=Count("pk", filter=Q(kind__in=MESSAGE_KINDS))
    )
    return found


def shown(rows: Iterable[Notification], *, actor: Actor) -> list[ShownNotification]:
    """The notifications of one reader, in the given order. At most two queries for each type of subject.

    Names are shown whether the reader may still see what they name: the notification was about it. The link is made only
    where the page would open.
    """
    rows = list(rows)
    labels = _labels(rows)
    links = visible_subjects({(row.subject_type, row.subject_id) for row in rows if not _route(row)}, actor=actor)
    addresses = {(subject.type, subject.id): link.address for subject, link in links.items()}
    return [
        ShownNotification(
            notification=row,
            text=_text(row, labels),
            address=_route(row) or addresses.get((row.subject_type, row.subject_id), ""),
            level=NotificationLevel(row.level),
        )
        for row in rows
    ]


def shown_to_recipient(row: Notification) -> ShownNotification:
    """As its recipient sees it, for mail and chat."""
    (line,) = shown([row], actor=row.recipient)
    return line


def _route(row: Notification) -> str:
    kind = NOTIFICATION_KINDS.get(row.kind)
    return reverse(kind.route) if kind and kind.route else ""


def _text(row: Notification, labels: Mapping[tuple[str, int], str]) -> str:
    kind = NOTIFICATION_KINDS.get(row.kind)
    if kind is None:
        return _("New event: %(kind)s") % {"kind": row.kind}
    blanks: dict[str, Any] = defaultdict(lambda: MISSING, row.params)
    for name, subject_type in _subjects(kind, row):
        blanks[name] = labels.get((subject_type, row.params.get(name, 0)), MISSING)
    return str(kind.text) % blanks


def _subjects(kind: NotificationKind | None, row: Notification) -> list[tuple[str, str]]:
    """The blanks and the types of what they name."""
    named = kind.subjects.items() if kind else ()
    return [(name, str(row.params.get(f"{name}_type", "")) if of == ANY else of) for name, of in named]


def _labels(rows: Sequence[Notification]) -> Mapping[tuple[str, int], str]:
    """What the subjects that the sentences name are called now, in the reader's language."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        kind = NOTIFICATION_KINDS.get(row.kind)
        for name, subject_type in _subjects(kind, row):
            if row.params.get(name) and subject_type in registry.subject_types:
                wanted[subject_type].add(row.params[name])
    types = subject_types()
    labels: dict[tuple[str, int], str] = {}
    for name, ids in wanted.items():
        model: Any = types[name].model
        rows_by_id = model.objects.select_related(*types[name].related).in_bulk(ids) if ids else {}
        labels |= {(name, pk): types[name].label(row) for pk, row in rows_by_id.items()}
    return labels
