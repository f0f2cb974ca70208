"""Plan against actual of one owner, by period and for the year. A fixed number of queries, whatever the size."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from core.models import BusinessPeriod, BusinessYear
from planning.models import SalesPlan, SalesPlanPeriod
from planning.selectors.landing import ZERO, Progress, elapsed_share
from planning.selectors.owners import Owner, actuals_of
from planning.selectors.seasons import by_period, sales_of_year_before


@dataclass(frozen=True, kw_only=True)
class Attainment:
    """How an owner stands: the year, the current period (None outside the year), and every period."""

    year: BusinessYear
    currency: str
    plan: SalesPlan | None
    total: Progress
    current: Progress | None
    periods: Sequence[tuple[BusinessPeriod, Progress]]


def read_attainment(owner: Owner, *, year: BusinessYear, today: date, currency: str) -> Attainment:
    """Plan, sales and last year's sales of an owner, net, in one currency; sales in others are not counted. 6 queries.

    A period that is under way counts for the share of its days that is over, in the plan to date and in last year's.
    """
    plan = SalesPlan.objects.current().filter(year=year, **owner.fields).first()
    planned = (
        dict(SalesPlanPeriod.objects.filter(plan=plan).values_list("period_id", "amount")) if plan is not None else {}
    )
    sold = dict(
        actuals_of(owner)
        .filter(period__year=year, currency=currency)
        .values_list("period_id")
        .annotate(net=Sum("net_amount"))
        .order_by()
    )
    last = by_period(sales_of_year_before(owner, year=year, currency=currency))
    rows = [
        (period, _of_period(period, planned, sold.get(period.pk, ZERO), last.get(period.number, ZERO), today, currency))
        for period in year.periods.order_by("number")
    ]
    total = sum_up([progress for _period, progress in rows], year.starts_on, year.ends_on)
    current = next((progress for period, progress in rows if period.contains(today)), None)
    return Attainment(year=year, currency=currency, plan=plan, total=total, current=current, periods=rows)


def _of_period(
    period: BusinessPeriod, planned: dict[int, Decimal], sold: Decimal, last: Decimal, today: date, currency: str
) -> Progress:
    over = elapsed_share(period.starts_on, period.ends_on, today)
    plan = planned.get(period.pk, ZERO) if planned else None
    return Progress(
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        today=today,
        currency=currency,
        plan=plan,
        plan_to_date=None if plan is None else plan * over,
        actual=sold,
        last_year=last,
        last_year_to_date=last * over,
    )


def sum_up(parts: Sequence[Progress], starts_on: date, ends_on: date) -> Progress:
    """Several periods as one span. Before: at least one, all of one day and currency."""
    plans = [part.plan for part in parts if part.plan is not None]
    to_date = [part.plan_to_date for part in parts if part.plan_to_date is not None]
    return Progress(
        starts_on=starts_on,
        ends_on=ends_on,
        today=parts[0].today,
        currency=parts[0].currency,
        plan=sum(plans, ZERO) if plans else None,
        plan_to_date=sum(to_date, ZERO) if to_date else None,
        actual=sum((part.actual for part in parts), ZERO),
        last_year=sum((part.last_year for part in parts), ZERO),
        last_year_to_date=sum((part.last_year_to_date for part in parts), ZERO),
    )
