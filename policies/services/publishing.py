"""Announcements reach their audience: published, sent to whoever joins, reminded of, acknowledged, withdrawn."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput
from core.events import EventInput, record_events
from core.locks import lock_row
from core.models import Event
from core.permissions import require
from core.state import check_version
from policies.enums import AnnouncementEvent, AnnouncementStatus
from policies.models import Announcement, AnnouncementRecipient
from policies.permissions import can_acknowledge, can_change_announcements
from policies.selectors.audience import audience_of, distributors_now
from policies.services.announcements import lock_draft, record

BATCH = 5000


def publish_announcement(*, announcement_id: int, actor: Actor, expected_version: int | None) -> Announcement:
    """Freeze the audience and send it: to each distributor one event, by which its people are notified.

    The revision before is superseded: what of it was not acknowledged no longer has to be. Raises NotVisible,
    NotAllowed, StaleVersion, Conflict unless it is a draft, InvalidInput where nobody would receive it.
    """
    with explained(), transaction.atomic():
        announcement = lock_draft(announcement_id, actor, expected_version)
        ids = list(audience_of(announcement).order_by("pk").values_list("pk", flat=True))
        if not ids:
            raise InvalidInput(_("No distributor meets these criteria."), code="nobody", field="distributors")
        now = timezone.now()
        announcement.status = AnnouncementStatus.PUBLISHED
        announcement.published_at = now
        announcement.published_by_id = actor.pk
        others = distributors_now().exclude(pk__in=ids).order_by("pk")
        announcement.not_addressed = list(others.values_list("pk", flat=True))
        announcement.save(update_fields=["status", "published_at", "published_by", "not_addressed"])
        if announcement.previous_id is not None:
            _close(announcement.previous_id, AnnouncementStatus.SUPERSEDED, AnnouncementEvent.SUPERSEDED, actor)
        _send(announcement, ids, actor_id=actor.pk, now=now)
        record(announcement, AnnouncementEvent.PUBLISHED, actor, recipients=len(ids))
    announcement.refresh_from_db()
    return announcement


def withdraw_announcement(*, announcement_id: int, actor: Actor, expected_version: int | None) -> Announcement:
    """It holds no longer: nobody has to acknowledge it any more, and no order is refused for it. Raises as `publish…`."""
    with explained(), transaction.atomic():
        announcement: Announcement = lock_row(Announcement.objects.visible_to(actor), announcement_id)
        require(can_change_announcements(actor))
        check_version(announcement, expected_version)
        if announcement.status != AnnouncementStatus.PUBLISHED:
            raise Conflict(_("Only what is in force can be withdrawn."), code="wrong_state")
        _close(announcement.pk, AnnouncementStatus.WITHDRAWN, AnnouncementEvent.WITHDRAWN, actor)
    announcement.refresh_from_db()
    return announcement


def acknowledge_announcement(*, announcement_id: int, name: str, actor: Actor) -> AnnouncementRecipient:
    """Record that the actor's distributor has taken note: by whom, in which role, when. The first one counts.

    Raises NotVisible, NotAllowed, Conflict where it holds no longer or need not be acknowledged, InvalidInput (name).
    """
    with explained(), transaction.atomic():
        rows = AnnouncementRecipient.objects.visible_to(actor).filter(distributor=actor.distributor_id)
        row = rows.filter(announcement=announcement_id).values_list("pk", flat=True).first()
        recipient: AnnouncementRecipient = lock_row(rows, row or 0)
        announcement = recipient.announcement
        require(can_acknowledge(actor, announcement))
        if announcement.status != AnnouncementStatus.PUBLISHED or not announcement.needs_acknowledgement:
            raise Conflict(_("There is nothing to acknowledge any more."), code="wrong_state")
        if not name.strip():
            raise InvalidInput(_("Enter your name."), code="required", field="name")
        if recipient.acknowledged_at is not None:
            return recipient
        recipient.acknowledged_at = timezone.now()
        recipient.acknowledged_by_id = actor.pk
        recipient.acknowledged_name = name.strip()
        recipient.acknowledged_role = actor.role
        recipient.save(update_fields=["acknowledged_at", "acknowledged_by", "acknowledged_name", "acknowledged_role"])
        data = {"name": recipient.acknowledged_name, "role": actor.role}
        event = _event(announcement, AnnouncementEvent.ACKNOWLEDGED, recipient.distributor_id, **data)
        record_events([event], actor_id=actor.pk)
    return recipient


def send_to_joiners(*, now: datetime, distributor_ids: Collection[int] | None = None) -> int:
    """Send all in force to distributors that were none when it was published; returns how many were sent.

    Of these distributors, or of all. An announcement that a distributor has, or was not meant for, is not sent to it.
    """
    count = 0
    for announcement in Announcement.objects.in_force().order_by("pk"):
        with transaction.atomic():
            locked: Announcement = lock_row(Announcement.objects.in_force(), announcement.pk)
            there = locked.recipients.values("distributor")
            new = audience_of(locked).exclude(pk__in=there).exclude(pk__in=locked.not_addressed)
            if distributor_ids is not None:
                new = new.filter(pk__in=distributor_ids)
            ids = list(new.order_by("pk").values_list("pk", flat=True))
            _send(locked, ids, actor_id=None, now=now)
            count += len(ids)
    return count


def send_to_new_distributor(event: Event) -> None:
    """Consumer: a distributor was created."""
    if event.distributor_id is not None:
        send_to_joiners(now=timezone.now(), distributor_ids=[event.distributor_id])


def remind(*, today: date) -> int:
    """Remind of what is not acknowledged, as often as its announcement says, and on its last day; returns how many."""
    with transaction.atomic():
        open_rows = AnnouncementRecipient.objects.to_acknowledge().exclude(reminded_on=today)
        due = open_rows.filter(
            Q(reminded_on__lte=Value(today) - F("announcement__remind_every_days"))
            | Q(due_on=today, due_on__isnull=False)
        )
        rows = list(due.select_for_update(of=("self",), skip_locked=True).select_related("announcement").order_by("pk"))
        AnnouncementRecipient.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_on=today)
        events = [
            _event(row.announcement, AnnouncementEvent.REMINDED, row.distributor_id, due_on=str(row.due_on or ""))
            for row in rows
        ]
        record_events(events, actor_id=None)
    return len(rows)


def _send(announcement: Announcement, ids: Sequence[int], *, actor_id: int | None, now: datetime) -> None:
    """A fixed number of statements for each five thousand recipients."""
    today = timezone.localdate(now)
    due_on = today + timedelta(days=announcement.grace_days) if announcement.needs_acknowledgement else None
    blocks_on = due_on + timedelta(days=1) if due_on is not None and announcement.blocks_orders else None
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        AnnouncementRecipient.objects.bulk_create(
            AnnouncementRecipient(
                announcement=announcement,
                distributor_id=pk,
                added_at=now,
                due_on=due_on,
                blocks_on=blocks_on,
                reminded_on=today,
            )
            for pk in batch
        )
        sent = [_event(announcement, AnnouncementEvent.SENT, pk, due_on=str(due_on or "")) for pk in batch]
        record_events(sent, actor_id=actor_id)


def _close(announcement_id: int, status: AnnouncementStatus, kind: AnnouncementEvent, actor: Actor) -> None:
    announcement: Announcement = lock_row(Announcement.objects.all(), announcement_id)
    if announcement.status != AnnouncementStatus.PUBLISHED:
        return
    announcement.status = status
    announcement.save(update_fields=["status"])
    announcement.recipients.filter(blocks_on__isnull=False).update(blocks_on=None)
    record(announcement, kind, actor)


def _event(announcement: Announcement, kind: AnnouncementEvent, distributor_id: int, **data: object) -> EventInput:
    return EventInput(
        kind=kind,
        subject_type="announcement",
        subject_id=announcement.pk,
        distributor_id=distributor_id,
        data={
            "title": announcement.title,
            "revision": announcement.revision,
            "announcement": announcement.pk,
            "roles": list(announcement.roles),
            "must_acknowledge": announcement.needs_acknowledgement,
            **data,
        },
    )
