"""What is compared with what, a year apart: no database is needed to say."""

from datetime import date
from decimal import Decimal

from company.models import BusinessPeriod
from core.periods import add_months, month_end
from planning.selectors.grid import gather
from planning.selectors.seasons import carry, match_by_dates


def months(first: date, count: int, *, size: int = 1, start: int = 1) -> list[BusinessPeriod]:
    starts = [add_months(first, size * number) for number in range(count)]
    return [
        BusinessPeriod(pk=start + n, number=n + 1, starts_on=day, ends_on=month_end(add_months(day, size - 1)))
        for n, day in enumerate(starts)
    ]


def test_months_are_compared_with_the_same_months() -> None:
    """February would be compared with January after a year of eleven months."""
    this, last = months(date(2026, 1, 1), 12, start=101), months(date(2025, 2, 1), 11)
    pairs = {(one.period.starts_on.month, one.before.starts_on.month, one.weight) for one in match_by_dates(this, last)}
    assert pairs == {(month, month, Decimal(1)) for month in range(2, 13)}


def test_batches_that_move_by_days_stay_whole() -> None:
    """A period would lose a day's orders to its neighbour only because the calendar moved by a day."""
    last = [
        BusinessPeriod(pk=1, number=1, starts_on=date(2011, 12, 29), ends_on=date(2012, 3, 29)),
        BusinessPeriod(pk=2, number=2, starts_on=date(2012, 3, 30), ends_on=date(2012, 6, 29)),
    ]
    this = [
        BusinessPeriod(pk=3, number=1, starts_on=date(2012, 12, 28), ends_on=date(2013, 3, 29)),
        BusinessPeriod(pk=4, number=2, starts_on=date(2013, 3, 30), ends_on=date(2013, 6, 29)),
    ]
    assert [(one.period.pk, one.before.pk, one.weight) for one in match_by_dates(this, last)] == [(3, 1, 1), (4, 2, 1)]


def test_months_after_quarters_share_by_days() -> None:
    """Who changed from quarters to months would see a quarter's sales as last year's January."""
    this, last = months(date(2026, 1, 1), 12, start=101), months(date(2025, 1, 1), 4, size=3)
    carried = carry({1: Decimal(900), 2: Decimal(910)}, match_by_dates(this, last))
    assert [carried[101], carried[102], carried[103]] == [310, 280, 310]
    assert sum(carried.values()) == 1810


def test_the_last_of_february_has_a_year_before() -> None:
    """Every fourth year the page would fail."""
    this, last = months(date(2028, 1, 1), 3, start=101), months(date(2027, 1, 1), 3)
    assert [one.weight for one in match_by_dates(this, last)] == [1, 1, 1]
    assert [
        one.weight for one in match_by_dates(months(date(2029, 1, 1), 3), months(date(2028, 1, 1), 3, start=101))
    ] == [1] * 3


def test_a_parent_counts_what_lies_below_once() -> None:
    """A plan on a parent category would show last year as nothing, or a child's sales twice."""
    parents = {1: None, 2: 1, 3: 1, 4: 3, 9: None}
    cells = {(1, 1): Decimal(1), (1, 2): Decimal(10), (1, 4): Decimal(100), (1, 9): Decimal(5)}
    assert gather(cells, {1}, parents) == {(1, 1): 111, (1, 9): 5}
    assert gather(cells, {1, 3}, parents) == {(1, 1): 11, (1, 3): 100, (1, 9): 5}
