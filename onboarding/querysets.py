from typing import Any, Self

from django.db.models import Q

from accounts.models import Distributor
from accounts.permissions import sees_channel
from accounts.querysets import ByDistributorQuerySet
from core.actors import Actor
from core.querysets import ScopedQuerySet
from onboarding.enums import OPEN_STATUSES, ApplicationStatus
from onboarding.permissions import can_manage_templates, can_see_applications


class ApplicationQuerySet(ScopedQuerySet[Any]):
    """Where `path` leads to the application; what was never submitted is seen by nobody but the applicant."""

    path = ""

    def scope(self, actor: Actor) -> Self:
        """All with the permission to see the channel; others those of the territories of the distributors they see."""
        if not can_see_applications(actor):
            return self.none()
        rows = self.exclude(**{f"{self.path}status": ApplicationStatus.DRAFT, f"{self.path}submitted_at": None})
        if sees_channel(actor):
            return rows
        seen = Distributor.objects.visible_to(actor)
        there = seen.filter(territory__isnull=False).order_by().values("territory")
        return rows.filter(
            Q(**{f"{self.path}territory__in": there})
            | Q(**{f"{self.path}distributor__in": seen.order_by().values("pk")})
        )

    def waiting(self) -> Self:
        return self.filter(**{f"{self.path}status__in": OPEN_STATUSES})


class OfApplicationQuerySet(ApplicationQuerySet):
    path = "application__"


class ManagedQuerySet(ScopedQuerySet[Any]):
    """Templates and policies: for whoever keeps them, and for whoever reads applications."""

    def scope(self, actor: Actor) -> Self:
        return self if can_manage_templates(actor) or can_see_applications(actor) else self.none()


class ByOnboardingQuerySet(ByDistributorQuerySet):
    path = "onboarding__distributor"
