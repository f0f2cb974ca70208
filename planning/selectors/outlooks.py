"""The newest kept forecast of an owner, of a list of owners, or of all that a person sees: sums of distributors."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet, Sum

from accounts.models import Territory
from company.models import BusinessPeriod, BusinessYear
from core.actors import Actor
from planning.enums import PlanLevel
from planning.models import Landing, LandingForecast
from planning.selectors.landing import ZERO, Outlook, Progress
from planning.selectors.owners import PlanOwner, in_territory


def newest_forecast(year: BusinessYear, *, today: date, currency: str) -> LandingForecast | None:
    """One query."""
    return LandingForecast.objects.newest(year, today).filter(currency=currency).first()


def outlook_of(owner: PlanOwner, *, year: BusinessYear, today: date, currency: str) -> Outlook | None:
    """Unscoped: the caller has been asked whether the owner may be seen. At most two queries."""
    forecast = newest_forecast(year, today=today, currency=currency)
    if forecast is None:
        return None
    rows = Landing.objects.filter(forecast=forecast)
    if owner.level == PlanLevel.DISTRIBUTOR:
        landing = rows.filter(distributor_id=owner.distributor_id).first()
        return _single(landing, forecast) if landing else None
    if owner.level == PlanLevel.MANAGER:
        rows = rows.filter(manager_id=owner.manager_id)
    elif owner.level == PlanLevel.TERRITORY and owner.territory_id:
        rows = rows.filter(in_territory(owner.territory_id, path="distributor__territory"))
    return _together(rows, forecast)


def outlook_of_all(actor: Actor, *, year: BusinessYear, today: date, currency: str) -> Outlook | None:
    """Of all distributors that `actor` sees. At most two queries."""
    forecast = newest_forecast(year, today=today, currency=currency)
    if forecast is None:
        return None
    return _together(Landing.objects.visible_to(actor).narrowed_for(actor).filter(forecast=forecast), forecast)


def outlooks(
    level: PlanLevel, ids: Sequence[int], *, year: BusinessYear, today: date, currency: str
) -> Mapping[int, Outlook]:
    """Of the owners of a list, by id: distributors in their own currency, others in `currency`. At most three queries."""
    if level == PlanLevel.DISTRIBUTOR:
        newest = LandingForecast.objects.newest(year, today).values("pk")
        rows = Landing.objects.filter(forecast__in=newest, distributor_id__in=ids)
        rows = rows.filter(forecast__currency=F("distributor__currency")).select_related("forecast")
        return {row.distributor_id: _single(row, row.forecast) for row in rows}
    forecast = newest_forecast(year, today=today, currency=currency)
    if forecast is None:
        return {}
    rows = Landing.objects.filter(forecast=forecast)
    if level == PlanLevel.MANAGER:
        sums = _sums(rows.filter(manager_id__in=ids), "manager_id")
    else:
        sums = _roll_up(_sums(rows, "distributor__territory_id"), ids)
    return {pk: _sum(forecast, sold, expected) for pk, (sold, expected) in sums.items()}


def of_period(outlook: Outlook | None, period: BusinessPeriod, progress: Progress) -> Progress:
    """The progress of the period that was current when the year was forecast, with its part of what is expected."""
    if outlook is None or not period.contains(outlook.made_on):
        return progress
    expected = (outlook.expected * outlook.period_share).quantize(Decimal("0.0001"))
    part = replace(outlook, sold=progress.actual, expected=expected, low=None, high=None, past_error=None)
    return replace(progress, outlook=part)


def _single(landing: Landing, forecast: LandingForecast) -> Outlook:
    return replace(
        _sum(forecast, landing.sold_amount, landing.expected_amount),
        past_error=forecast.past_error,
        low=landing.low_amount,
        high=landing.high_amount,
        interval_days=landing.interval_days,
    )


def _together(rows: QuerySet[Landing], forecast: LandingForecast) -> Outlook | None:
    sums = rows.aggregate(sold=Sum("sold_amount"), expected=Sum("expected_amount"))
    return None if sums["sold"] is None else _sum(forecast, sums["sold"], sums["expected"])


def _sum(forecast: LandingForecast, sold: Decimal, expected: Decimal) -> Outlook:
    return Outlook(
        made_on=forecast.made_on,
        sold=sold,
        expected=expected,
        sold_share=forecast.sold_share,
        period_share=forecast.period_share,
        is_straight=forecast.is_straight,
        past_error=None if forecast.past_bias is None else abs(forecast.past_bias),
    )


def _sums(rows: QuerySet[Landing], key: str) -> dict[Any, tuple[Decimal, Decimal]]:
    found = rows.order_by().values_list(key).annotate(sold=Sum("sold_amount"), expected=Sum("expected_amount"))
    return {pk: (sold, expected) for pk, sold, expected in found}


def _roll_up(sums: Mapping[Any, tuple[Decimal, Decimal]], ids: Sequence[int]) -> dict[int, tuple[Decimal, Decimal]]:
    """What lies in a territory or below it, for each of `ids`."""
    parents = dict(Territory.objects.without_tree_fields().values_list("pk", "parent_id"))
    wanted = set(ids)
    rolled: dict[int, tuple[Decimal, Decimal]] = {}
    for territory, (sold, expected) in sums.items():
        above = territory
        while above is not None:
            if above in wanted:
                before = rolled.get(above, (ZERO, ZERO))
                rolled[above] = (before[0] + sold, before[1] + expected)
            above = parents.get(above)
    return rolled
