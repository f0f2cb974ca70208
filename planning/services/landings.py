"""Landings are kept as they were shown, and judged when their year is closed."""

from datetime import date
from decimal import Decimal

from django.db import connection, transaction

from accounts.selectors.responsibilities import first_accountable
from company.models import BusinessPeriod, BusinessYear
from core.money import round_money
from planning.forecast.landings import DistributorLanding, Forecast
from planning.models import Landing, LandingForecast, SalesActual
from planning.selectors.landing_forecast import forecast_year

_SHARE = Decimal("0.000001")
BATCH = 2_000


def keep_landings(*, today: date) -> int:
    """Forecast the business year of today in every currency that was sold in, and keep what is found.

    A forecast of the same day is replaced. Years that are over are judged. Each currency in a transaction of its own.
    Returns how many distributors have a landing.
    """
    judge_landings(today=today)
    year = BusinessYear.objects.filter(starts_on__lte=today, ends_on__gte=today).first()
    if year is None:
        return 0
    currencies = SalesActual.objects.ordered_sales().order_by("currency").values_list("currency", flat=True).distinct()
    return sum(_keep(year, currency, today) for currency in currencies)


@transaction.atomic
def _keep(year: BusinessYear, currency: str, today: date) -> int:
    forecast = forecast_year(year, on=today, currency=currency)
    if forecast is None:
        return 0
    LandingForecast.objects.filter(year=year, currency=currency, made_on=today).delete()
    made = LandingForecast.objects.create(
        year=year,
        currency=currency,
        made_on=today,
        sold_share=_share(forecast.share_sold),
        growth=_share(min(forecast.growth, 999_999)),
        period_share=_share(_rest_in_period(forecast, today)),
        uses_individual_profile=forecast.individual_profile,
        is_straight=forecast.is_straight,
        past_error=_known_share(forecast.past_error),
        past_bias=_known_share(forecast.past_bias),
        sold_amount=Decimal(0),
        expected_amount=Decimal(0),
    )
    managers = first_accountable([one.buyer.distributor_id for one in forecast.landings], on=today)
    rows = [_row(made, one, managers.get(one.buyer.distributor_id)) for one in forecast.landings]
    Landing.objects.bulk_create(rows, batch_size=BATCH)
    made.sold_amount = sum((row.sold_amount for row in rows), Decimal(0))
    made.expected_amount = sum((row.expected_amount for row in rows), Decimal(0))
    made.save(update_fields=["sold_amount", "expected_amount"])
    return len(rows)


def _row(made: LandingForecast, landing: DistributorLanding, manager_id: int | None) -> Landing:
    def money(amount: float) -> Decimal:
        return round_money(Decimal(repr(amount)), currency=made.currency)

    low, high = landing.low, landing.high
    return Landing(
        forecast=made,
        distributor_id=landing.buyer.distributor_id,
        manager_id=manager_id,
        interval_days=round(landing.buyer.interval),
        sold_amount=money(landing.sold),
        expected_amount=money(landing.expected),
        low_amount=None if low is None else money(low),
        high_amount=None if high is None else money(max(high, landing.total)),
    )


def _rest_in_period(forecast: Forecast, today: date) -> float:
    period = BusinessPeriod.objects.filter(starts_on__lte=today, ends_on__gte=today).first()
    return forecast.rest_until(today.toordinal(), period.ends_on.toordinal() + 1) if period else 0.0


def _share(value: float) -> Decimal:
    return Decimal(repr(value)).quantize(_SHARE)


def _known_share(value: float | None) -> Decimal | None:
    return None if value is None else _share(min(max(value, -999_999), 999_999))


_ACTUAL = """
UPDATE planning_landing AS landing SET actual_amount = COALESCE(sold.net, 0)
FROM planning_landing AS same
JOIN planning_landingforecast AS forecast ON forecast.id = same.forecast_id
LEFT JOIN (
    SELECT actual.distributor_id, actual.currency, SUM(actual.net_amount) AS net
    FROM planning_salesactual AS actual
    WHERE actual.basis = 'ordered'
      AND actual.period_id = ANY(%(periods)s)
    GROUP BY actual.distributor_id, actual.currency
) AS sold ON sold.distributor_id = same.distributor_id AND sold.currency = forecast.currency
WHERE same.id = landing.id AND forecast.year_id = %(year)s
"""

_ERROR = """
UPDATE planning_landingforecast AS forecast SET error = LEAST(judged.error, 999999), bias = judged.bias
FROM (
    SELECT forecast_id, SUM(ABS(sold_amount + expected_amount - actual_amount)) / SUM(actual_amount) AS error,
           GREATEST(LEAST((SUM(sold_amount + expected_amount) - SUM(actual_amount)) / SUM(actual_amount), 999999), -999999)
               AS bias
    FROM planning_landing GROUP BY forecast_id HAVING SUM(actual_amount) > 0
) AS judged
WHERE judged.forecast_id = forecast.id AND forecast.year_id = %(year)s
"""


def judge_landings(*, today: date) -> int:
    """Set what came beside every landing of years that are over and not judged yet. Returns how many years that were."""
    over = BusinessYear.objects.filter(
        ends_on__lt=today, pk__in=LandingForecast.objects.filter(error=None, landings__isnull=False).values("year")
    )
    years = list(over)
    for year in years:
        periods = list(year.periods.values_list("pk", flat=True))
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_ACTUAL, {"year": year.pk, "periods": periods})
            cursor.execute(_ERROR, {"year": year.pk})
    return len(years)
