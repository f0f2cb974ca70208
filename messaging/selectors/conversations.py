"""A conversation as its reader sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Distributor
from accounts.permissions import is_brand
from core.actors import Actor
from core.models import Event
from core.subjects import SubjectLink, visible_subjects
from messaging.conversations import CONVERSATIONS, ConversationType
from messaging.enums import ConversationEvent
from messaging.models import ConversationMessage, ConversationRead
from messaging.permissions import can_converse_internally

SHOWN = 100
"""The newest ones; the API has all."""
_WITHDRAWABLE_SECONDS = 600


@dataclass(frozen=True, kw_only=True)
class ShownMessage:
    message: ConversationMessage
    is_unread: bool
    can_withdraw: bool


def messages_of(subject_type: str, subject_id: int, *, actor: Actor) -> Any:
    """Those of one conversation that are for the actor, whose right to see the subject the caller has checked."""
    rows = ConversationMessage.objects.about(subject_type, subject_id).of_side(actor)
    return rows.select_related("author", "distributor").prefetch_related("files", "mentions")


def shown_messages(subject_type: str, subject_id: int, *, actor: Actor, now: datetime) -> list[ShownMessage]:
    """The newest, in the order in which they were written. A fixed number of queries."""
    rows = list(messages_of(subject_type, subject_id, actor=actor).order_by("-pk")[:SHOWN])
    read_up_to = _read_up_to(subject_type, subject_id, actor)
    return [
        ShownMessage(
            message=row,
            is_unread=row.pk > read_up_to and row.author_id != actor.pk,
            can_withdraw=row.author_id == actor.pk
            and row.withdrawn_at is None
            and (now - row.created_at).total_seconds() < _WITHDRAWABLE_SECONDS,
        )
        for row in reversed(rows)
    ]


def internal_message_events(actor: Actor, subjects: Sequence[tuple[str, int]]) -> QuerySet[Any, Any] | None:
    """For the time lines of those who may read them: internal messages about the subjects, written and withdrawn.

    The events are about the messages, so that nobody else finds them at the subject. Part of the time line's query.
    """
    there = [Q(subject_type=name, subject_id=number) for name, number in subjects if name in CONVERSATIONS]
    if not there or not can_converse_internally(actor):
        return None
    messages = ConversationMessage.objects.of_side(actor).filter(reduce(or_, there), is_internal=True)
    kinds = (ConversationEvent.INTERNAL, ConversationEvent.WITHDRAWN)
    events = Event.objects.filter(subject_type="conversation_message", subject_id__in=messages.order_by().values("pk"))
    return events.filter(kind__in=kinds).values("pk")


def count_unread_messages(subject_type: str, subject_id: int, *, actor: Actor) -> int:
    """How many are for the actor, by others, and not read yet. Two queries."""
    rows = ConversationMessage.objects.about(subject_type, subject_id).of_side(actor)
    return int(rows.filter(pk__gt=_read_up_to(subject_type, subject_id, actor)).exclude(author=actor.pk).count())


def _read_up_to(subject_type: str, subject_id: int, actor: Actor) -> int:
    rows = ConversationRead.objects.visible_to(actor).filter(subject_type=subject_type, subject_id=subject_id)
    return rows.values_list("message_id", flat=True).first() or 0


def unread_conversations(actor: Actor) -> Sequence[Mapping[str, Any]]:
    """By subject, what is for the actor and unread, the newest first: of what the actor may see. One query."""
    read = ConversationRead.objects.filter(
        person=actor.pk, subject_type=OuterRef("subject_type"), subject_id=OuterRef("subject_id")
    )
    rows = ConversationMessage.objects.visible_to(actor).exclude(author=actor.pk).order_by()
    rows = rows.annotate(read_up_to=Coalesce(Subquery(read.values("message_id")[:1]), 0))
    counted = rows.values("subject_type", "subject_id").annotate(
        unread=Count("pk", filter=Q(pk__gt=F("read_up_to"))), messages=Count("pk"), last_at=Max("created_at")
    )
    return list(counted.order_by("-last_at")[:SHOWN])


def subjects_of(rows: Sequence[Mapping[str, Any]], *, actor: Actor) -> list[tuple[SubjectLink, Mapping[str, Any]]]:
    """Each with its label and page."""
    links = visible_subjects({(row["subject_type"], row["subject_id"]) for row in rows}, actor=actor)
    by_key = {(subject.type, subject.id): link for subject, link in links.items()}
    keys = [((row["subject_type"], row["subject_id"]), row) for row in rows]
    return [(by_key[key], row) for key, row in keys if key in by_key]


def sides_to_choose(kind: ConversationType, row: Any, subject_id: int, *, actor: Actor) -> Sequence[Distributor]:
    """Whose conversation the brand can answer in, where a subject is about several: those who wrote there."""
    if kind.distributor_of(row) is not None or not is_brand(actor):
        return []
    wrote = ConversationMessage.objects.about(kind.name, subject_id).of_side(actor).order_by().values("distributor")
    return list(Distributor.objects.visible_to(actor).filter(pk__in=wrote).order_by("name"))


def can_write_to_both(kind: ConversationType, row: Any, subject_id: int, *, actor: Actor) -> bool:
    return (
        not is_brand(actor)
        or kind.distributor_of(row) is not None
        or bool(sides_to_choose(kind, row, subject_id, actor=actor))
    )


def can_write_internally(actor: Actor) -> bool:
    return can_converse_internally(actor)
