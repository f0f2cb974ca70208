"""The channel by territory against plan, and the company as a whole: sums over all sales, kept for some minutes."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import get_language

from accounts.models import Territory
from company.models import BusinessYear
from company.selectors import company_currency
from core.actors import Actor
from planning.enums import PlanLevel
from planning.models import SalesPlan
from planning.selectors.attainment import read_attainment
from planning.selectors.landing import Progress
from planning.selectors.owners import PlanOwner
from planning.selectors.progress import ProgressRow, read_progress_rows

KEPT_SECONDS = 300


@dataclass(frozen=True, kw_only=True)
class Channel:
    """The territories that have a plan (without any plan the topmost), the largest first; the company's year and month.

    `at` is when it was added up.
    """

    territories: list[ProgressRow]
    total: Progress
    month: Progress | None
    at: datetime


def channel_by_territory(actor: Actor, year: BusinessYear, *, today: date) -> Channel:
    """The year, in the company's currency. Before: a person who sees the whole channel.

    Added up at most every five minutes for everybody; eleven queries when it is.
    """
    key = f"channel:{year.pk}:{today.isoformat()}:{get_language()}"
    return cast("Channel", cache.get_or_set(key, lambda: _add_up(actor, year, today), KEPT_SECONDS))


def _add_up(actor: Actor, year: BusinessYear, today: date) -> Channel:
    plans = SalesPlan.objects.visible_to(actor).current().filter(year=year)
    currency = company_currency()
    shown = [
        pk for pk in plans.filter(level=PlanLevel.TERRITORY).values_list("territory_id", flat=True) if pk is not None
    ]
    if not shown:
        shown = list(Territory.objects.visible_to(actor).filter(parent=None).values_list("pk", flat=True))
    progress_rows = read_progress_rows(PlanLevel.TERRITORY, shown, year=year, today=today, currency=currency)
    progress_rows.sort(key=lambda progress_row: progress_row.progress.actual, reverse=True)
    company = read_attainment(PlanOwner(level=PlanLevel.COMPANY), year=year, today=today, currency=currency)
    return Channel(territories=progress_rows, total=company.total, month=company.current, at=timezone.now())
