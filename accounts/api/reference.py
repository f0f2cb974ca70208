"""What distributors and duties refer to: tiers, territories, duties."""

from typing import Any

from django.db import models

from accounts.models import Duty, Territory, Tier
from accounts.serializers.distributors import TerritorySerializer, TierSerializer
from accounts.serializers.responsibilities import DutySerializer
from core.api.viewsets import ScopedReadOnlyViewSet


class TierViewSet(ScopedReadOnlyViewSet):
    """The levels of distributors."""

    queryset = Tier.objects.all()
    serializer_class = TierSerializer
    ordering = ("rank",)


class TerritoryViewSet(ScopedReadOnlyViewSet):
    """The assigned areas; `parent` is the code of the area around it."""

    queryset = Territory.objects.all()
    serializer_class = TerritorySerializer
    ordering = ("code",)

    def rows(self, visible: Any) -> models.QuerySet[Any]:
        return visible.select_related("parent")  # type: ignore[no-any-return]  # a scoped queryset of territories


class DutyViewSet(ScopedReadOnlyViewSet):
    """What somebody must answer for, for each distributor."""

    queryset = Duty.objects.all()
    serializer_class = DutySerializer
    ordering = ("position", "code")
