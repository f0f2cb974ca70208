"""Which agreements are about a brand, or hold somewhere in a territory: queries for filters."""

from typing import Any

from django.db.models import Q

from accounts.models import Territory
from channel.models import AgreementSubject, AgreementTerritory


def agreements_about(brand_id: int) -> Any:
    """Those that name the brand, or a category of any brand."""
    return AgreementSubject.objects.filter(Q(brand=brand_id) | Q(brand__isnull=True)).values("agreement")


def agreements_in(territory: Territory) -> Any:
    """Those that name the territory, one inside it, or one that it lies in. One query more for its tree."""
    inside = Territory.objects.descendants(territory, include_self=True)
    line = [*(one.pk for one in inside), *(one.pk for one in Territory.objects.ancestors(territory))]
    return AgreementTerritory.objects.filter(territory__in=line).values("agreement")
