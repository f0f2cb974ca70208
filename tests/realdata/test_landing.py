"""The landing of AdventureWorks' third business year, against the table that the rule was confirmed with."""

from datetime import date

import pytest

from company.models import BusinessYear
from planning.enums import PlanLevel
from planning.models import Landing, LandingForecast
from planning.selectors.attainment import read_attainment
from planning.selectors.landing_quality import landing_quality
from planning.selectors.owners import PlanOwner
from planning.services.landings import keep_landings

NEAR = 0.005
# share, cut-off, distributors, sold by then, growth, error, bias, straight line, covered, error of the year before
TABLE = [
    (0.10, date(2013, 2, 3), 473, 0.2328, 0.780, 0.314, 0.011, 1.777, 0.753, 0.579),
    (0.25, date(2013, 3, 30), 562, 0.3418, 0.774, 0.186, 0.010, 0.257, 0.794, 0.377),
    (0.50, date(2013, 6, 29), 570, 0.5781, 0.789, 0.103, 0.020, 0.145, 0.835, 0.157),
    (0.75, date(2013, 9, 28), 575, 0.7706, 0.782, 0.056, -0.010, 0.046, 0.943, 0.057),
    (0.90, date(2013, 11, 22), 575, 0.9255, 0.782, 0.018, -0.001, 0.132, 0.903, 0.020),
]


def test_the_third_year_lands_as_the_rule_says() -> None:
    """A director would plan with landings several times as wrong as they need be."""
    found = landing_quality(BusinessYear.objects.get(code="2013"), currency="USD")
    assert [(one.share, one.cut, one.distributors) for one in found] == [row[:3] for row in TABLE]
    for one, row in zip(found, TABLE, strict=True):
        figures = (
            one.sold_share, one.growth, one.error, one.bias, one.straight_error, one.covered, one.past_error,
        )  # fmt: skip
        assert figures == pytest.approx(row[3:], abs=NEAR), one.share


def test_what_is_kept_is_what_pages_show() -> None:
    """The company's landing would not be the sum of its distributors', or not of the day it says."""
    day = date(2013, 6, 29)
    assert keep_landings(today=day) == 570
    assert keep_landings(today=day) == 570
    forecast = LandingForecast.objects.get()
    total = sum(row.sold_amount + row.expected_amount for row in Landing.objects.all())
    assert total == forecast.sold_amount + forecast.expected_amount
    assert float(forecast.past_error or 0) == pytest.approx(0.157, abs=NEAR)
    year = BusinessYear.objects.get(code="2013")
    found = read_attainment(PlanOwner(level=PlanLevel.COMPANY), year=year, today=day, currency="USD")
    assert found.total.landing == total
