"""Small multiples: twelve months of sell-in of the distributors that are farthest behind their plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Sum

from accounts.models import Distributor
from company.models import BusinessYear
from core.actors import Actor
from planning.enums import PlanLevel
from planning.models import SalesActual, SalesPlanPeriod
from planning.selectors.landing import ZERO
from planning.selectors.progress import ProgressRow, read_progress_rows

MONTHS = 12
MOST = 300


@dataclass(frozen=True, kw_only=True)
class MonthlySeries:
    """One distributor: its year to date, and its months, oldest first, with the plan of each."""

    progress_row: ProgressRow
    months: Sequence[Decimal]
    plan: Sequence[Decimal | None]


def farthest_behind(actor: Actor, year: BusinessYear, *, today: date, number: int = 12) -> list[MonthlySeries]:
    """Those with most to win first: the money missing against plan to date. Five queries, whatever the number."""
    ids = list(Distributor.objects.visible_to(actor).ordering().order_by("code").values_list("pk", flat=True)[:MOST])
    progress_rows = read_progress_rows(PlanLevel.DISTRIBUTOR, ids, year=year, today=today)
    worst = sorted(progress_rows, key=_missing)[:number]
    months = last_months(today)
    sold = _sold([progress_row.pk for progress_row in worst], months)
    plans = _planned([progress_row.pk for progress_row in worst], months)
    return [
        MonthlySeries(
            progress_row=progress_row,
            months=[sold.get((progress_row.pk, month), ZERO) for month in months],
            plan=[plans.get((progress_row.pk, month)) for month in months],
        )
        for progress_row in worst
    ]


def _missing(progress_row: ProgressRow) -> Decimal:
    """Below zero what is missing; without a plan, after all others."""
    difference = progress_row.progress.difference_to_date
    return Decimal("Infinity") if difference is None else difference


def last_months(today: date) -> list[date]:
    """The first days of the last twelve calendar months, this one included."""
    newest = today.year * 12 + today.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(newest - MONTHS + 1, newest + 1)]


def _sold(ids: Sequence[int], months: Sequence[date]) -> dict[tuple[int, date], Decimal]:
    rows = SalesActual.objects.ordered_sales().filter(distributor__in=ids, month__gte=months[0])
    rows = rows.filter(currency=F("distributor__currency"))
    sums = rows.values_list("distributor_id", "month").annotate(net=Sum("net_amount")).order_by()
    return {(pk, month): net for pk, month, net in sums}


def _planned(ids: Sequence[int], months: Sequence[date]) -> dict[tuple[int, date], Decimal]:
    """Where a business period is a single month, its plan belongs to the month it starts in."""
    rows = SalesPlanPeriod.objects.filter(
        plan__distributor__in=ids,
        plan__currency=F("plan__distributor__currency"),
        plan__is_current=True,
        period__ends_on__gte=months[0],
    ).values_list("plan__distributor_id", "period__starts_on", "amount")
    return {(pk, starts_on.replace(day=1)): amount for pk, starts_on, amount in rows}
