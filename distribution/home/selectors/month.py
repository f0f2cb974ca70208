"""The month against plan, of all distributors that a person sees."""

from datetime import date
from decimal import Decimal

from django.db.models import Sum

from accounts.models import Distributor
from company.models import BusinessPeriod
from company.selectors import company_currency
from core.actors import Actor
from planning.enums import PlanLevel
from planning.models import SalesActual, SalesPlan, SalesPlanPeriod
from planning.selectors.landing import ZERO, Progress, elapsed_share
from planning.selectors.outlooks import of_period, outlook_of_all
from planning.selectors.seasons import carry, matches_of


def current_period(today: date) -> BusinessPeriod | None:
    """The business period of the day. One query."""
    return BusinessPeriod.objects.filter(starts_on__lte=today, ends_on__gte=today).select_related("year").first()


def month_of(actor: Actor, period: BusinessPeriod, *, today: date) -> Progress:
    """Plan, sales and the same period of the year before, in the company's currency, or the distributor's own."""
    plans = _planned(actor, period)
    sold = _sold(actor, period.pk)
    matches = matches_of(period.year, [period])
    currency = _currency_of(actor)
    over = elapsed_share(period.starts_on, period.ends_on, today)
    plan = plans.get(currency)
    sums = {match.before.pk: _sold(actor, match.before.pk).get(currency, ZERO) for match in matches}
    last_year = carry(sums, matches).get(period.pk, ZERO)
    progress = Progress(
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        today=today,
        currency=currency,
        plan=plan,
        plan_to_date=None if plan is None else plan * over,
        actual=sold.get(currency, ZERO),
        last_year=last_year,
        last_year_to_date=last_year * over,
    )
    outlook = outlook_of_all(actor, year=period.year, today=today, currency=currency)
    return of_period(outlook, period, progress)


def _currency_of(actor: Actor) -> str:
    if actor.distributor_id is None:
        return company_currency()
    return Distributor.objects.values_list("currency", flat=True).get(pk=actor.distributor_id)


def _planned(actor: Actor, period: BusinessPeriod) -> dict[str, Decimal]:
    plans = SalesPlan.objects.visible_to(actor).narrowed_for(actor).current()
    plans = plans.filter(level=PlanLevel.DISTRIBUTOR, year=period.year_id)
    rows = SalesPlanPeriod.objects.filter(period=period, plan__in=plans).values_list("plan__currency")
    return dict(rows.annotate(amount=Sum("amount")).order_by())


def _sold(actor: Actor, period_id: int) -> dict[str, Decimal]:
    rows = SalesActual.objects.visible_to(actor).narrowed_for(actor).ordered_sales().filter(period_id=period_id)
    return dict(rows.values_list("currency").annotate(amount=Sum("net_amount")).order_by())
