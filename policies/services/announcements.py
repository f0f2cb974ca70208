"""Write an announcement while it is a draft, and begin the next revision of one that was published."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.enums import DISTRIBUTOR_ROLES
from core import events
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput, NotVisible
from core.locks import lock_row
from core.permissions import require
from core.state import check_version
from messaging.services.files import MOST_FILES, Attachment, stored
from policies.enums import AnnouncementEvent, AnnouncementKind, AnnouncementStatus
from policies.models import Announcement, AnnouncementFile
from policies.permissions import can_change_announcements


@dataclass(frozen=True, kw_only=True)
class AnnouncementText:
    """All that a draft says, and to whom. Without criteria and list it is for every distributor."""

    title: str
    body: str
    kind: str = AnnouncementKind.ANNOUNCEMENT
    title_zh: str = ""
    body_zh: str = ""
    channel_kinds: Sequence[str] = ()
    roles: Sequence[str] = tuple(sorted(DISTRIBUTOR_ROLES))
    needs_acknowledgement: bool = False
    blocks_orders: bool = False
    grace_days: int = 14
    remind_every_days: int = 7
    tier_ids: Sequence[int] = ()
    territory_ids: Sequence[int] = ()
    brand_ids: Sequence[int] = ()
    distributor_ids: Sequence[int] = ()


SETS = {"tier_ids": "tiers", "territory_ids": "territories", "brand_ids": "brands", "distributor_ids": "distributors"}
COLUMNS = tuple(one.name for one in fields(AnnouncementText) if one.name not in SETS)


def create_announcement(*, text: AnnouncementText, actor: Actor) -> Announcement:
    """Write a draft. Raises NotAllowed, InvalidInput."""
    require(can_change_announcements(actor))
    with explained(), transaction.atomic():
        announcement = Announcement.objects.create(**_columns(text))
        _write_sets(announcement, text)
        record(announcement, AnnouncementEvent.SAVED, actor)
    return announcement


def save_announcement(
    *, announcement_id: int, text: AnnouncementText, actor: Actor, expected_version: int | None
) -> Announcement:
    """Replace what a draft says. Raises NotVisible, NotAllowed, StaleVersion, Conflict unless it is a draft, InvalidInput."""
    with explained(), transaction.atomic():
        announcement = lock_draft(announcement_id, actor, expected_version)
        for name, value in _columns(text).items():
            setattr(announcement, name, value)
        announcement.save(update_fields=COLUMNS)
        _write_sets(announcement, text)
        announcement.refresh_from_db()
        record(announcement, AnnouncementEvent.SAVED, actor)
    return announcement


def revise_announcement(*, announcement_id: int, actor: Actor, expected_version: int | None) -> Announcement:
    """Begin the next revision: a draft that says the same, with the same files, and supersedes this one when published.

    Raises NotVisible, NotAllowed, StaleVersion, Conflict unless this one is in force and has no next revision.
    """
    with explained(), transaction.atomic():
        old: Announcement = lock_row(Announcement.objects.visible_to(actor), announcement_id)
        require(can_change_announcements(actor))
        check_version(old, expected_version)
        if old.status != AnnouncementStatus.PUBLISHED:
            raise Conflict(_("Only what is in force has a new revision."), code="wrong_state")
        if Announcement.objects.filter(previous=old).exists():
            raise Conflict(_("There is a newer revision already."), code="revised_already")
        text = text_of(old)
        new = Announcement.objects.create(previous=old, revision=old.revision + 1, **_columns(text))
        _write_sets(new, text)
        for file in old.files.all():  # few: a row names the same stored content
            file.pk, file.announcement = None, new
            file.save(force_insert=True)
        record(new, AnnouncementEvent.SAVED, actor)
    return new


def attach_file(*, announcement_id: int, attachment: Attachment, actor: Actor) -> AnnouncementFile:
    """Attach a file to a draft. Raises NotVisible, NotAllowed, Conflict, InvalidInput (file)."""
    with explained(), transaction.atomic():
        announcement = lock_draft(announcement_id, actor, None)
        if announcement.files.count() >= MOST_FILES:
            message = _("At most %(count)d files can be attached.") % {"count": MOST_FILES}
            raise InvalidInput(message, code="too_many_files", field="file")
        return AnnouncementFile.objects.create(announcement=announcement, **stored(attachment, field="file"))


def remove_file(*, file_id: int, actor: Actor) -> None:
    """Take a file off a draft. Raises NotVisible, NotAllowed, Conflict."""
    with transaction.atomic():
        file = AnnouncementFile.objects.visible_to(actor).filter(pk=file_id).first()
        if file is None:
            raise NotVisible
        lock_draft(file.announcement_id, actor, None)
        file.delete()


def text_of(announcement: Announcement) -> AnnouncementText:
    """What an announcement says and to whom, as it was given."""
    sets: dict[str, Any] = {
        name: list(getattr(announcement, relation).values_list("pk", flat=True)) for name, relation in SETS.items()
    }
    columns: dict[str, Any] = {name: getattr(announcement, name) for name in COLUMNS}
    return AnnouncementText(**columns, **sets)


def lock_draft(announcement_id: int, actor: Actor, expected_version: int | None) -> Announcement:
    announcement: Announcement = lock_row(Announcement.objects.visible_to(actor), announcement_id)
    require(can_change_announcements(actor))
    check_version(announcement, expected_version)
    if announcement.status != AnnouncementStatus.DRAFT:
        message = _("What was published is not changed. Create a new revision.")
        raise Conflict(message, code="wrong_state")
    return announcement


def record(announcement: Announcement, kind: AnnouncementEvent, actor: Actor | None, **data: Any) -> None:
    """The event of a step of the announcement itself."""
    events.record_event(
        kind=kind,
        subject_type="announcement",
        subject_id=announcement.pk,
        actor_id=actor.pk if actor else None,
        data={"title": announcement.title, "revision": announcement.revision, **data},
    )


def _columns(text: AnnouncementText) -> dict[str, Any]:
    values = {name: getattr(text, name) for name in COLUMNS}
    if not text.title.strip() or not text.body.strip():
        field = "body" if text.title.strip() else "title"
        raise InvalidInput(_("This field is required."), code="required", field=field)
    return {**values, "channel_kinds": list(text.channel_kinds), "roles": sorted(set(text.roles))}


def _write_sets(announcement: Announcement, text: AnnouncementText) -> None:
    for name, relation in SETS.items():
        getattr(announcement, relation).set(getattr(text, name))
