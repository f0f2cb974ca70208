"""Announcements and policies as others ask for them: what is in force, what blocks an order, what a rule names as its source."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from core.actors import Actor
from policies.enums import AnnouncementKind, AnnouncementStatus
from policies.models import Announcement, AnnouncementRecipient

SOURCE_TYPE = "announcement"
"""What rules of pricing, which lies below, write as `source_type`; `source_id` is the key of the revision."""


@dataclass(frozen=True, kw_only=True)
class PolicySource:
    """The revision of a policy that a rule applies, as a page names it."""

    announcement_id: int
    title: str
    revision: int
    is_in_force: bool
    address: str


@dataclass(frozen=True, kw_only=True)
class AcknowledgedCount:
    recipients: int
    acknowledged: int

    @property
    def missing(self) -> int:
        return self.recipients - self.acknowledged


def blocking_policy_sql(distributor: str, day: str) -> str:
    """An expression for the policy that stops new orders of a distributor on a day, NULL where none does.

    Embedded in the statement that reads all about an order; the arguments are SQL expressions.
    """
    return f"""(SELECT unread.announcement_id FROM policies_announcementrecipient AS unread
            WHERE unread.distributor_id = {distributor} AND unread.acknowledged_at IS NULL
              AND unread.blocks_on IS NOT NULL AND unread.blocks_on <= {day}
            ORDER BY unread.blocks_on, unread.id LIMIT 1)"""  # noqa: S608 - constants of the caller


def policy_by_id(announcement_id: int) -> PolicySource | None:
    return policy_sources([(SOURCE_TYPE, announcement_id)]).get(announcement_id)


def policy_sources(sources: Iterable[tuple[str, int | None]]) -> Mapping[int, PolicySource]:
    """What rules name by (source_type, source_id), by key; sources of other types are left out. One query."""
    ids = {number for name, number in sources if name == SOURCE_TYPE and number is not None}
    return {
        row.pk: PolicySource(
            announcement_id=row.pk,
            title=row.display_title,
            revision=row.revision,
            is_in_force=row.status == AnnouncementStatus.PUBLISHED,
            address=row.get_absolute_url(),
        )
        for row in Announcement.objects.filter(pk__in=ids)
    }


def policies_in_force(distributor_id: int) -> list[Announcement]:
    """The policies that hold for a distributor, the newest first. One query."""
    rows = Announcement.objects.in_force().filter(kind=AnnouncementKind.POLICY, recipients__distributor=distributor_id)
    return list(rows.order_by("-published_at", "-pk"))


def to_acknowledge(actor: Actor) -> list[AnnouncementRecipient]:
    """What the actor's own distributor has still to acknowledge, the most pressing first. One query."""
    if actor.distributor_id is None:
        return []
    rows = AnnouncementRecipient.objects.visible_to(actor).to_acknowledge().filter(distributor=actor.distributor_id)
    return list(rows.select_related("announcement").order_by("due_on", "pk"))


def acknowledged_count(actor: Actor, announcement: Announcement) -> AcknowledgedCount:
    """How many of the recipients that the actor sees there are, and how many have acknowledged. One query."""
    rows = AnnouncementRecipient.objects.visible_to(actor).filter(announcement=announcement)
    found = rows.aggregate(recipients=Count("pk"), acknowledged=Count("pk", filter=Q(acknowledged_at__isnull=False)))
    return AcknowledgedCount(**found)
