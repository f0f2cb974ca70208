from typing import Any, Self

from accounts.permissions import is_brand
from accounts.querysets import ByDistributorQuerySet
from core.actors import Actor
from core.querysets import ScopedQuerySet
from policies.enums import AnnouncementStatus
from policies.permissions import can_change_announcements, can_see_announcements


class AnnouncementQuerySet(ScopedQuerySet[Any]):
    def scope(self, actor: Actor) -> Self:
        """The brand's people see what was published, its writers the drafts too; a distributor what was sent to it."""
        if not can_see_announcements(actor):
            return self.none()
        if can_change_announcements(actor):
            return self
        published = self.exclude(status=AnnouncementStatus.DRAFT)
        return published if is_brand(actor) else published.filter(recipients__distributor=actor.distributor_id)

    def in_force(self) -> Self:
        return self.filter(status=AnnouncementStatus.PUBLISHED)


class AnnouncementFileQuerySet(ScopedQuerySet[Any]):
    def scope(self, actor: Actor) -> Self:
        """Seen with the announcement."""
        announcements = self.model._meta.get_field("announcement").related_model
        return self.filter(announcement__in=announcements.objects.visible_to(actor).values("pk"))


class RecipientQuerySet(ByDistributorQuerySet):
    def scope(self, actor: Actor) -> Self:
        """The brand's people by distributor; a distributor its own only."""
        if not can_see_announcements(actor):
            return self.none()
        return super().scope(actor) if is_brand(actor) else self.filter(distributor=actor.distributor_id)

    def to_acknowledge(self) -> Self:
        """Those of announcements in force that nobody has acknowledged yet."""
        return self.filter(
            announcement__status=AnnouncementStatus.PUBLISHED,
            announcement__needs_acknowledgement=True,
            acknowledged_at__isnull=True,
        )
