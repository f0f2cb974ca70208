"""Notifications: written where an event concerns somebody, read and acknowledged by their recipient."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from accounts.selectors.responsibilities import accountable_people
from core.actors import Actor
from core.errors import Message
from core.models import Event
from core.outbox import subscribe
from messaging.enums import NotificationLevel
from messaging.kinds import (
    GROUPS,
    NOTIFICATION_KINDS,
    Audience,
    NotificationKind,
    ToAccountable,
    ToBrand,
    ToDistributor,
    ToPeople,
    ToPerson,
)
from messaging.models import Notification, Preference
from messaging.services.channels import CHANNELS


def mark_notifications_read(*, actor: Actor, now: datetime, notification_ids: Collection[int] | None = None) -> int:
    """Mark the actor's unread notifications (those named, or all) as read; returns how many were unread."""
    unread = Notification.objects.visible_to(actor).unread()
    if notification_ids is not None:
        unread = unread.filter(pk__in=notification_ids)
    return int(unread.update(read_at=now))


def acknowledge_notifications(*, actor: Actor, now: datetime, notification_ids: Collection[int]) -> int:
    """Record that the actor has taken note of these, which also reads them; returns how many were not acknowledged yet."""
    rows = Notification.objects.visible_to(actor).filter(pk__in=notification_ids, acknowledged_at__isnull=True)
    return int(rows.update(acknowledged_at=now, read_at=Coalesce("read_at", Value(now))))


CONSUMER = "messaging.notify"


def declare_notifications(*kinds: NotificationKind, group: str, label: Message) -> None:
    """Declare which events notify people, and what people call the group of those that they choose channels for.

    Called from AppConfig.ready of the app that records them, or of one above.
    """
    GROUPS.add(group, label)
    for kind in kinds:
        NOTIFICATION_KINDS.add(kind.kind, kind)
        subscribe(kind.kind, CONSUMER, notify)


def notify(event: Event) -> None:
    """Write the notifications of an event and hand them to the channels that their recipients want.

    Nobody is notified of what they did themselves, nobody twice of one event however often it is delivered, nobody who is
    not active. Of several audiences the most urgent one counts. Before: inside the transaction that marks the delivery.
    """
    kind = NOTIFICATION_KINDS[event.kind]
    if kind.condition is not None and not kind.condition(event.data):
        return
    levels = _recipients(kind, event)
    levels.pop(event.actor_id or 0, None)
    there = set(Notification.objects.filter(event=event).values_list("recipient_id", flat=True))
    active = User.objects.filter(pk__in=levels.keys() - there, is_active=True).order_by("pk")
    rows = [_notification(kind, event, person, levels[person.pk]) for person in active]
    if rows:
        _deliver(kind, Notification.objects.bulk_create(rows))


def _recipients(kind: NotificationKind, event: Event) -> dict[int, NotificationLevel]:
    levels: dict[int, NotificationLevel] = {}
    for audience in kind.audiences:
        for person in _people(audience, event):
            before = levels.get(person)
            if before is None or audience.level.rank > before.rank:
                levels[person] = audience.level
    return levels


def _people(audience: Audience, event: Event) -> Collection[int]:
    if isinstance(audience, ToPerson):
        person = event.data.get(audience.key)
        return [] if person is None else [int(person)]
    if isinstance(audience, ToPeople):
        return [int(person) for person in event.data.get(audience.key, ())]
    if isinstance(audience, ToBrand):
        people = User.objects.with_roles(audience.roles).filter(is_active=True)
        return list(people.values_list("pk", flat=True))
    if event.distributor_id is None:
        return []
    if isinstance(audience, ToDistributor):
        roles = audience.roles | frozenset(event.data.get(audience.roles_key, ()))
        people = User.objects.of_distributors([event.distributor_id], roles)
        return list(people.values_list("pk", flat=True))
    return _accountable(audience, event.distributor_id)


def _accountable(audience: ToAccountable, distributor_id: int) -> Sequence[int]:
    """Today's: who has been handed the work since the event happened is whom it concerns."""
    people = accountable_people([distributor_id], on=timezone.localdate(), duty_codes=audience.duty_codes)
    everybody = people.get(distributor_id, [])
    return everybody if audience.every_duty else everybody[:1]


def _notification(kind: NotificationKind, event: Event, person: User, level: NotificationLevel) -> Notification:
    params: dict[str, Any] = {name: event.data.get(name) for name in (*kind.params, *kind.subjects)}
    if "distributor" in kind.subjects and params["distributor"] is None:
        params["distributor"] = event.distributor_id
    return Notification(
        recipient=person,
        event=event,
        kind=event.kind,
        subject_type=event.subject_type,
        subject_id=event.subject_id,
        params={name: value for name, value in params.items() if value is not None},
        level=level,
        created_at=timezone.now(),
    )


def _deliver(kind: NotificationKind, rows: Sequence[Notification]) -> None:
    wanted = _preferences(kind.group, [row.recipient_id for row in rows])
    for channel in CHANNELS:
        by_default = channel.is_on_by_default(kind.group)
        by_choice = [row for row in rows if channel.is_fixed or wanted[row.recipient_id].get(channel.name, by_default)]
        if by_choice:
            channel.deliver(by_choice)


def _preferences(group: str, people: Collection[int]) -> Mapping[int, Mapping[str, bool]]:
    chosen: dict[int, dict[str, bool]] = defaultdict(dict)
    rows = Preference.objects.filter(person__in=people, group=group)
    for person, channel, is_on in rows.values_list("person_id", "channel", "is_on"):
        chosen[person][channel] = is_on
    return chosen
