"""Landings as they were forecast."""

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from planning.models import Landing, LandingForecast
from tests.factories.planning import DISTRIBUTOR, calendar_year


class LandingForecastFactory(DjangoModelFactory[LandingForecast]):
    class Meta:
        model = LandingForecast

    year = factory.LazyFunction(calendar_year)
    currency = "USD"
    made_on = date(2026, 7, 1)
    sold_share = Decimal("0.5")
    growth = Decimal(1)
    period_share = Decimal("0.2")
    sold_amount = Decimal(400)
    expected_amount = Decimal(600)
    past_error = Decimal("0.16")
    past_bias = Decimal("0.03")


class LandingFactory(DjangoModelFactory[Landing]):
    class Meta:
        model = Landing

    forecast = factory.SubFactory(LandingForecastFactory)
    distributor = factory.SubFactory(DISTRIBUTOR)
    interval_days = 92
    sold_amount = Decimal(400)
    expected_amount = Decimal(600)
    low_amount = Decimal(800)
    high_amount = Decimal(1200)
