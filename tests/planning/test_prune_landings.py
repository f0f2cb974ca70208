"""Daily landings are deleted by their rule: recent ones, the first of a month and the last of a year stay."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from planning.models import Landing, LandingForecast
from planning.services.landings import judge_landings
from planning.services.prune_landings import prune_landings
from planning.tasks import prune_landings as task
from tests.factories.accounts import DistributorFactory
from tests.factories.landing import LandingFactory, LandingForecastFactory
from tests.factories.planning import SalesActualFactory, calendar_year

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 15)


def kept(year: Any, *days: date, currency: str = "USD") -> None:
    for day in days:
        LandingFactory.create(forecast=LandingForecastFactory.create(year=year, made_on=day, currency=currency))


def days_with_landings() -> list[date]:
    return sorted(Landing.objects.values_list("forecast__made_on", flat=True))


def test_what_is_recent_first_or_last_stays() -> None:
    """The table would grow by ten thousand rows a day for ever, or the past error would have nothing to rest on."""
    year, before = calendar_year(2026), calendar_year(2025)
    kept(before, date(2025, 12, 1), date(2025, 12, 30), date(2025, 12, 31))
    kept(year, date(2026, 5, 2), date(2026, 5, 3), date(2026, 5, 31), TODAY - timedelta(days=36), TODAY)
    kept(year, TODAY - timedelta(days=35), TODAY - timedelta(days=34))
    assert prune_landings(today=TODAY) == 3
    assert days_with_landings() == [
        date(2025, 12, 1),
        date(2025, 12, 31),
        date(2026, 5, 2),
        date(2026, 6, 9),  # the first of June
        date(2026, 6, 10),
        date(2026, 6, 11),
        TODAY,
    ]
    assert LandingForecast.objects.count() == 7
    assert prune_landings(today=TODAY) == 0


def test_each_currency_has_its_own_first_of_a_month() -> None:
    """The forecasts of the smaller currency would go with those of the larger one."""
    year = calendar_year(2026)
    kept(year, date(2026, 5, 2), date(2026, 5, 3), TODAY)
    kept(year, date(2026, 5, 3), date(2026, 5, 4), TODAY, currency="EUR")
    prune_landings(today=TODAY)
    assert list(LandingForecast.objects.order_by("currency", "made_on").values_list("currency", "made_on")) == [
        ("EUR", date(2026, 5, 3)),
        ("EUR", TODAY),
        ("USD", date(2026, 5, 2)),
        ("USD", TODAY),
    ]


def test_an_error_that_was_judged_outlives_its_landings() -> None:
    """How far off the rule was on a day of last year could no longer be said."""
    year = calendar_year(2025)
    distributor = DistributorFactory.create()
    SalesActualFactory.create(
        distributor=distributor, month=date(2025, 3, 1), net_amount=Decimal(500), gross_amount=Decimal(500)
    )
    for day in (date(2025, 6, 1), date(2025, 6, 2), date(2025, 12, 31)):
        forecast = LandingForecastFactory.create(year=year, made_on=day)
        LandingFactory.create(forecast=forecast, distributor=distributor)
    assert judge_landings(today=TODAY) == 1
    prune_landings(today=TODAY)
    assert days_with_landings() == [date(2025, 6, 1), date(2025, 12, 31)]
    assert LandingForecast.objects.get(made_on=date(2025, 6, 2)).error is not None
    assert judge_landings(today=TODAY) == 0


def test_the_task_judges_before_it_prunes() -> None:
    """A year that ended last night would lose its forecasts unjudged."""
    year = calendar_year(2024)
    distributor = DistributorFactory.create()
    SalesActualFactory.create(
        distributor=distributor, month=date(2024, 3, 1), net_amount=Decimal(500), gross_amount=Decimal(500)
    )
    for day in (date(2024, 6, 1), date(2024, 6, 2), date(2024, 12, 31)):
        LandingFactory.create(forecast=LandingForecastFactory.create(year=year, made_on=day), distributor=distributor)
    task()
    assert LandingForecast.objects.filter(error__isnull=False).count() == 3
    assert Landing.objects.count() == 2


@pytest.mark.parametrize("count", [1, 30])
def test_pruning_takes_two_statements(count: int) -> None:
    """A night would not be enough for ten thousand distributors."""
    year = calendar_year(2026)
    first, second = (LandingForecastFactory.create(year=year, made_on=date(2026, 5, day)) for day in (1, 2))
    LandingForecastFactory.create(year=year, made_on=TODAY)
    for _number in range(count):
        distributor = DistributorFactory.create()
        LandingFactory.create(forecast=first, distributor=distributor)
        LandingFactory.create(forecast=second, distributor=distributor)
    with CaptureQueriesContext(connection) as queries:
        assert prune_landings(today=TODAY) == count
    assert len([one for one in queries if "SAVEPOINT" not in one["sql"]]) == 2
