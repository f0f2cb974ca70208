"""The channel by territory against plan, and the company as a whole."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import Territory
from core.models import BusinessYear
from planning.enums import PlanLevel
from planning.models import SalesPlan
from planning.selectors.attainment import read_attainment
from planning.selectors.landing import Progress
from planning.selectors.owners import Owner
from planning.selectors.standing import Standing, read_standings


@dataclass(frozen=True, kw_only=True)
class Channel:
    """The territories that have a plan (without any plan the topmost), the largest first, and the company."""

    territories: list[Standing]
    total: Progress


def channel_by_territory(user: Any, year: BusinessYear, *, today: date, currency: str) -> Channel:
    """The year, in one currency, in ten queries. Before: a person who sees the whole channel."""
    planned = SalesPlan.objects.visible_to(user).current().filter(year=year, level=PlanLevel.TERRITORY)
    shown = [pk for pk in planned.values_list("territory_id", flat=True) if pk is not None]
    if not shown:
        shown = list(Territory.objects.visible_to(user).filter(parent=None).values_list("pk", flat=True))
    standings = read_standings(PlanLevel.TERRITORY, shown, year=year, today=today, currency=currency)
    standings.sort(key=lambda standing: standing.progress.actual, reverse=True)
    company = read_attainment(Owner(level=PlanLevel.COMPANY), year=year, today=today, currency=currency)
    return Channel(territories=standings, total=company.total)
