"""Notifications: written where an event concerns somebody, read and acknowledged by their recipient."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from core.actors import Actor
from core.errors import Message
from core.models import Event
from core.outbox import subscribe_many
from messaging.enums import NotificationLevel
from messaging.kinds import GROUPS, NOTIFICATION_KINDS, NotificationKind
from messaging.models import Notification, Preference
from messaging.services.channels import CHANNELS
from messaging.services.recipients import recipients_of


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
_AT_ONCE = 1000


def declare_notifications(*kinds: NotificationKind, group: str, label: Message) -> None:
    """Declare which events notify people, and what people call the group of those that they choose channels for.

    Called from AppConfig.ready of the app that records them, or of one above.
    """
    GROUPS.add(group, label)
    for kind in kinds:
        NOTIFICATION_KINDS.add(kind.kind, kind)
        subscribe_many(kind.kind, CONSUMER, notify)


def notify(events: Sequence[Event]) -> None:
    """Write the notifications of events and hand them to the channels that their recipients want.

    Nobody is notified of what they did themselves, nobody twice of one event however often it is delivered, nobody who is
    not active. Of several audiences the most urgent one counts. A fixed number of statements, however many events and
    people. Before: inside the transaction that marks the deliveries, a bounded batch of them.
    """
    concerned = [event for event in events if _concerns(event)]
    if not concerned:
        return
    levels = recipients_of(concerned, today=timezone.localdate())
    there = set(Notification.objects.filter(event__in=concerned).values_list("event_id", "recipient_id"))
    active = User.objects.filter(is_active=True).in_bulk({person for found in levels.values() for person in found})
    rows = [
        _notification(NOTIFICATION_KINDS[event.kind], event, active[person], level)
        for event in concerned
        for person, level in sorted(levels[event.pk].items())
        if person in active and (event.pk, person) not in there
    ]
    by_group: dict[str, list[Notification]] = defaultdict(list)
    for row in Notification.objects.bulk_create(rows, batch_size=_AT_ONCE):
        by_group[NOTIFICATION_KINDS[row.kind].group].append(row)
    for group, written in by_group.items():
        _deliver(group, written)


def _concerns(event: Event) -> bool:
    condition = NOTIFICATION_KINDS[event.kind].condition
    return condition is None or condition(event.data)


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


def _deliver(group: str, rows: Sequence[Notification]) -> None:
    wanted = _preferences(group, [row.recipient_id for row in rows])
    for channel in CHANNELS:
        by_default = channel.is_on_by_default(group)
        by_choice = [row for row in rows if channel.is_fixed or wanted[row.recipient_id].get(channel.name, by_default)]
        if by_choice:
            channel.deliver(by_choice)


def _preferences(group: str, people: Collection[int]) -> Mapping[int, Mapping[str, bool]]:
    chosen: dict[int, dict[str, bool]] = defaultdict(dict)
    rows = Preference.objects.filter(person__in=people, group=group)
    for person, channel, is_on in rows.values_list("person_id", "channel", "is_on"):
        chosen[person][channel] = is_on
    return chosen
