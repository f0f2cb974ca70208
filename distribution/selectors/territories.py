"""The channel by territory: the territories of the top level against plan."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import Territory
from core.models import BusinessYear
from planning.enums import PlanLevel
from planning.selectors.landing import ZERO, Progress
from planning.selectors.standing import Standing, read_standings


@dataclass(frozen=True, kw_only=True)
class Channel:
    """All territories, the largest first, and their sum."""

    territories: list[Standing]
    total: Progress


def channel_by_territory(user: Any, year: BusinessYear, *, today: date, currency: str) -> Channel:
    """The year of the topmost territories that have more than one root, else of those below the root. Three queries."""
    parents = dict(Territory.objects.visible_to(user).values_list("pk", "parent_id"))
    roots = [pk for pk, parent in parents.items() if parent is None]
    shown = roots if len(roots) != 1 else [pk for pk, parent in parents.items() if parent == roots[0]] or roots
    standings = read_standings(PlanLevel.TERRITORY, shown, year=year, today=today, currency=currency)
    standings.sort(key=lambda standing: standing.progress.actual, reverse=True)
    total = _sum([standing.progress for standing in standings], year, today, currency)
    return Channel(territories=standings, total=total)


def _sum(parts: list[Progress], year: BusinessYear, today: date, currency: str) -> Progress:
    plans = [part.plan for part in parts if part.plan is not None]
    to_date = [part.plan_to_date for part in parts if part.plan_to_date is not None]
    return Progress(
        starts_on=year.starts_on,
        ends_on=year.ends_on,
        today=today,
        currency=currency,
        plan=sum(plans, ZERO) if plans else None,
        plan_to_date=sum(to_date, ZERO) if to_date else None,
        actual=_total(part.actual for part in parts),
        last_year=_total(part.last_year for part in parts),
        last_year_to_date=_total(part.last_year_to_date for part in parts),
    )


def _total(amounts: Any) -> Decimal:
    return sum(amounts, ZERO)
