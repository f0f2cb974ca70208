"""Plan against actual of one owner, by period and for the year. A fixed number of queries, whatever the size."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import cast

from django.core.cache import cache
from django.db.models import QuerySet, Sum

from company.models import BusinessPeriod, BusinessYear
from core.actors import Actor
from planning.enums import PlanLevel
from planning.models import SalesActual, SalesPlan, SalesPlanPeriod
from planning.selectors.landing import ZERO, Outlook, Progress, elapsed_share
from planning.selectors.outlooks import of_period, outlook_of, outlook_of_all
from planning.selectors.owners import PlanOwner, actuals_of
from planning.selectors.seasons import carry, matches_of

KEPT_SECONDS = 300


@dataclass(frozen=True, kw_only=True)
class Attainment:
    """Attainment of an owner: the year, the current period (None outside the year), and every period.

    `foreign_plan` is a plan in another currency than the sales: it is said, and nothing is compared with it.
    """

    year: BusinessYear
    currency: str
    plan: SalesPlan | None
    total: Progress
    current: Progress | None
    periods: Sequence[tuple[BusinessPeriod, Progress]]
    foreign_plan: SalesPlan | None = None


def read_attainment(owner: PlanOwner, *, year: BusinessYear, today: date, currency: str) -> Attainment:
    """Plan, sales and last year's sales of an owner, net, in one currency; sales in others are not counted. 6 queries.

    A period that is under way counts for the share of its days that is over, in the plan to date and in last year's.
    """
    plan = SalesPlan.objects.current().filter(year=year, **owner.fields).first()
    meets = plan is not None and plan.currency == currency
    found = _read([plan] if plan and meets else [], actuals_of(owner), year=year, today=today, currency=currency)
    found = _with_outlook(found, outlook_of(owner, year=year, today=today, currency=currency))
    return replace(found, plan=plan if meets else None, foreign_plan=None if meets else plan)


def read_large_attainment(owner: PlanOwner, *, year: BusinessYear, today: date, currency: str) -> Attainment:
    """The same of an owner of very many distributors, added up at most every five minutes."""
    whose = f"{owner.level}:{owner.territory_id}:{owner.manager_id}:{owner.distributor_id}"
    key = f"attainment:{whose}:{year.pk}:{today}:{currency}"

    def work() -> Attainment:
        return read_attainment(owner, year=year, today=today, currency=currency)

    return cast("Attainment", cache.get_or_set(key, work, KEPT_SECONDS))


def read_attainment_of_all(actor: Actor, *, year: BusinessYear, today: date, currency: str) -> Attainment:
    """The same for all distributors together that `actor` sees: the sum of their plans and of their sales. 7 queries."""
    plans = SalesPlan.objects.visible_to(actor).narrowed_for(actor).current()
    plans = plans.filter(year=year, level=PlanLevel.DISTRIBUTOR)
    sales = SalesActual.objects.visible_to(actor).narrowed_for(actor).ordered_sales()
    found = _read(plans.filter(currency=currency), sales, year=year, today=today, currency=currency)
    return _with_outlook(found, outlook_of_all(actor, year=year, today=today, currency=currency))


def _with_outlook(found: Attainment, outlook: Outlook | None) -> Attainment:
    periods = [(period, of_period(outlook, period, progress)) for period, progress in found.periods]
    current = next((one for period, one in periods if period.contains(one.today)), None)
    return replace(found, total=replace(found.total, outlook=outlook), current=current, periods=periods)


def _read(
    plans: QuerySet[SalesPlan] | Sequence[SalesPlan],
    sales: QuerySet[SalesActual],
    *,
    year: BusinessYear,
    today: date,
    currency: str,
) -> Attainment:
    parts = SalesPlanPeriod.objects.filter(plan__in=plans).values_list("period_id")
    planned = dict(parts.annotate(amount=Sum("amount")).order_by())
    sold = _net(sales.filter(period__year=year, currency=currency), "period_id")
    periods = list(year.periods.order_by("number"))
    matches = matches_of(year, periods)
    compared = sales.filter(period__in={match.before.pk for match in matches}, currency=currency)
    last = carry(_net(compared, "period_id"), matches)
    rows = [
        (period, _of_period(period, planned, sold.get(period.pk, ZERO), last.get(period.pk, ZERO), today, currency))
        for period in periods
    ]
    total = sum_up([progress for _period, progress in rows], year.starts_on, year.ends_on)
    current = next((progress for period, progress in rows if period.contains(today)), None)
    return Attainment(year=year, currency=currency, plan=None, total=total, current=current, periods=rows)


def _net(sales: QuerySet[SalesActual], key: str) -> dict[int, Decimal]:
    return dict(sales.values_list(key).annotate(net=Sum("net_amount")).order_by())


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
