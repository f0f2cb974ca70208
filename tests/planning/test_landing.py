"""Where a year is going, by hand: no database, plain arithmetic that people check with a pocket calculator."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from planning.selectors.landing import Progress, elapsed_share

YEAR: dict[str, Any] = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}


def progress(**changed: Any) -> Progress:
    """The 73rd of 365 days: a fifth of the year, by which a quarter of last year had been sold."""
    given: dict[str, Any] = {
        "today": date(2026, 3, 14),
        "currency": "EUR",
        "plan": Decimal(1000),
        "plan_to_date": Decimal(250),
        "actual": Decimal(200),
        "last_year": Decimal(800),
        "last_year_to_date": Decimal(200),
    }
    return Progress(**YEAR, **(given | changed))


def test_a_year_on_its_way() -> None:
    """A director would order, hire or dun on a landing that nobody can follow."""
    now = progress()
    assert (now.days, now.days_over, now.days_left) == (365, 73, 292)
    assert (now.attainment, now.attainment_to_date) == (Decimal("0.2"), Decimal("0.8"))
    assert now.difference_to_date == -50
    assert now.growth == 0
    assert (now.seasonal_landing, now.even_landing) == (Decimal("800.00"), Decimal("1000.00"))
    assert (now.landing, now.landing_band) == (Decimal("800.00"), (Decimal("800.00"), Decimal("1000.00")))
    assert now.landing_attainment == Decimal("0.8")
    assert (now.pace, now.required_pace) == (Decimal("2.74"), Decimal("2.74"))


def test_without_last_year_the_even_pace_stands_alone() -> None:
    """A new distributor would have no expectation at all, or one divided by nothing."""
    new = progress(last_year=Decimal(0), last_year_to_date=Decimal(0))
    assert (new.growth, new.seasonal_landing) == (None, None)
    assert (new.landing, new.landing_band) == (Decimal("1000.00"), (Decimal("1000.00"), Decimal("1000.00")))


def test_without_a_plan_nothing_is_said_of_it() -> None:
    """0 % would be read as failure."""
    unplanned = progress(plan=None, plan_to_date=None)
    assert unplanned.attainment is unplanned.attainment_to_date is unplanned.difference_to_date is None
    assert unplanned.required_pace is unplanned.landing_attainment is None
    assert unplanned.landing == Decimal("800.00")
    assert progress(plan=Decimal(0)).attainment is None


@pytest.mark.parametrize(("day", "over"), [(date(2025, 12, 31), 0), (date(2026, 12, 31), 365), (date(2027, 5, 1), 365)])
def test_at_the_edges(day: date, over: int) -> None:
    """On New Year's Eve the landing would still be a guess, or on the first day a division by zero."""
    edge = progress(today=day)
    assert edge.days_over == over
    if over:
        assert (edge.landing, edge.required_pace) == (Decimal(200), None)
    else:
        assert edge.even_landing is edge.pace is None


def test_a_plan_that_is_reached_needs_no_more() -> None:
    """Somebody ahead of the plan would be told to sell less than nothing."""
    assert progress(actual=Decimal(1500)).required_pace == 0


def test_the_share_of_a_span_that_is_over() -> None:
    first, last = date(2026, 4, 1), date(2026, 4, 10)
    assert elapsed_share(first, last, date(2026, 3, 31)) == 0
    assert elapsed_share(first, last, first) == Decimal("0.1")
    assert elapsed_share(first, last, date(2026, 5, 1)) == 1
