"""Where a year is going, by hand: no database, plain arithmetic that people check with a pocket calculator."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from planning.selectors.landing import Outlook, Progress, elapsed_share
from planning.selectors.progress_display import landing_sentence

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
    assert (now.landing, now.landing_band, now.landing_attainment) == (None, None, None)
    assert (now.pace, now.required_pace) == (Decimal("2.74"), Decimal("2.74"))


def outlook(**changed: Any) -> Outlook:
    given: dict[str, Any] = {
        "made_on": date(2026, 3, 14),
        "sold": Decimal(200),
        "expected": Decimal(600),
        "sold_share": Decimal("0.25"),
        "period_share": Decimal("0.1"),
        "is_straight": False,
        "past_error": Decimal("0.16"),
        "low": Decimal(700),
        "high": Decimal(900),
        "interval_days": 92,
    }
    return Outlook(**(given | changed))


def test_a_landing_is_what_is_sold_and_the_rest_that_is_forecast() -> None:
    """A multiple of the past would make a giant of whoever ordered early."""
    now = progress(outlook=outlook())
    assert (now.landing, now.landing_band, now.landing_attainment) == (800, (700, 900), Decimal("0.8"))
    assert progress(outlook=outlook(), actual=Decimal(850)).landing_band == (850, 900)
    assert progress(outlook=outlook(low=None, high=None)).landing_band == (800, 800)


def test_the_sentence_says_what_the_landing_rests_on() -> None:
    """Nobody trusts a figure whose reasons and errors are not told."""
    text = landing_sentence(progress(outlook=outlook(), today=date(2026, 6, 30)))
    for words in ("25%", "every 92 days", "off by 16%"):
        assert words in text.replace("\u202f", "").replace(" %", "%")
    assert "not in it" in landing_sentence(progress(outlook=outlook()))
    assert "straight line" in landing_sentence(progress(outlook=outlook(is_straight=True)))
    assert "too early" in landing_sentence(progress(today=date(2026, 1, 20)))
    assert "none yet" in landing_sentence(progress())


def test_without_a_plan_nothing_is_said_of_it() -> None:
    """0 % would be read as failure."""
    unplanned = progress(plan=None, plan_to_date=None)
    assert unplanned.attainment is unplanned.attainment_to_date is unplanned.difference_to_date is None
    assert unplanned.required_pace is unplanned.landing_attainment is None
    assert progress(plan=Decimal(0)).attainment is None


@pytest.mark.parametrize(("day", "over"), [(date(2025, 12, 31), 0), (date(2026, 12, 31), 365), (date(2027, 5, 1), 365)])
def test_at_the_edges(day: date, over: int) -> None:
    """On New Year's Eve the landing would still be a guess, or on the first day a division by zero."""
    edge = progress(today=day)
    assert edge.days_over == over
    if over:
        assert (edge.landing, edge.required_pace) == (Decimal(200), None)
    else:
        assert edge.landing is edge.pace is None


def test_a_plan_that_is_reached_needs_no_more() -> None:
    """Somebody ahead of the plan would be told to sell less than nothing."""
    assert progress(actual=Decimal(1500)).required_pace == 0


def test_the_share_of_a_span_that_is_over() -> None:
    first, last = date(2026, 4, 1), date(2026, 4, 10)
    assert elapsed_share(first, last, date(2026, 3, 31)) == 0
    assert elapsed_share(first, last, first) == Decimal("0.1")
    assert elapsed_share(first, last, date(2026, 5, 1)) == 1
