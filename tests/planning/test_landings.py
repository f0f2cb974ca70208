"""Landings as they are kept, shown on every level, and judged."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from planning.enums import PlanLevel
from planning.selectors.attainment import read_attainment, read_attainment_of_all
from planning.selectors.owners import PlanOwner
from planning.selectors.progress import read_progress_rows
from planning.services.landings import judge_landings
from tests.factories.accounts import (
    DirectorFactory,
    DistributorFactory,
    ManagerFactory,
    ResponsibilityFactory,
    TerritoryFactory,
)
from tests.factories.landing import LandingFactory, LandingForecastFactory
from tests.factories.planning import SalesActualFactory, calendar_year

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 15)


@pytest.fixture
def year() -> Any:
    calendar_year(2025)
    return calendar_year(2026)


def test_every_level_is_the_sum_of_its_distributors(year: Any) -> None:
    """The director's figure and those of the people below would contradict each other."""
    north = TerritoryFactory.create()
    below = TerritoryFactory.create(parent=north)
    manager = ManagerFactory.create()
    forecast = LandingForecastFactory.create(year=year)
    first, second = DistributorFactory.create(territory=below), DistributorFactory.create()
    ResponsibilityFactory.create(distributor=first, user=manager)
    LandingFactory.create(forecast=forecast, distributor=first, manager=manager)
    LandingFactory.create(forecast=forecast, distributor=second, expected_amount=Decimal(100))
    asked: Any = {"year": year, "today": TODAY, "currency": "USD"}

    def landing(level: PlanLevel, **owner: int) -> Decimal | None:
        return read_attainment(PlanOwner(level=level, **owner), **asked).total.landing

    assert landing(PlanLevel.COMPANY) == 1500
    assert landing(PlanLevel.TERRITORY, territory_id=north.pk) == 1000
    assert landing(PlanLevel.MANAGER, manager_id=manager.pk) == 1000
    assert landing(PlanLevel.DISTRIBUTOR, distributor_id=second.pk) == 500
    assert read_attainment_of_all(DirectorFactory.create(), **asked).total.landing == 1500
    assert read_attainment_of_all(manager, **asked).total.landing == 1000
    for level, pk, expected in [
        (PlanLevel.TERRITORY, north.pk, 1000),
        (PlanLevel.MANAGER, manager.pk, 1000),
        (PlanLevel.DISTRIBUTOR, second.pk, 500),
    ]:
        (row,) = read_progress_rows(level, [pk], **asked)
        assert row.progress.landing == expected


def test_the_page_says_the_sentence(year: Any, client: Any) -> None:
    """A figure would stand there that nobody can follow or trust."""
    landing = LandingFactory.create(forecast=LandingForecastFactory.create(year=year))
    client.force_login(DirectorFactory.create())
    url = reverse("planning:distributor-attainment", args=[landing.distributor.code])
    page = client.get(f"{url}?year={year.code}").content.decode()
    assert "every 92 days" in page


def test_landings_are_kept_and_judged(year: Any) -> None:
    """Nobody would know next year whether this year's forecasts were any good."""
    distributor = DistributorFactory.create()
    SalesActualFactory.create(distributor=distributor, month=date(2026, 3, 1), net_amount=Decimal(700))
    forecast = LandingForecastFactory.create(year=year, made_on=date(2026, 6, 1))
    kept = LandingFactory.create(forecast=forecast, distributor=distributor)
    assert judge_landings(today=date(2026, 12, 31)) == 0
    assert judge_landings(today=date(2027, 1, 1)) == 1
    kept.refresh_from_db()
    forecast.refresh_from_db()
    assert kept.actual_amount == 700
    assert (forecast.error, forecast.bias) == (Decimal("0.428571"), Decimal("0.428571"))
