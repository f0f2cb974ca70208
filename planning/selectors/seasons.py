"""How last year's sales spread over the periods and the categories: what a plan is spread by, and compared with.

"Last year" is the business year that ends the day before this one starts. Its periods are matched by their dates: a
company that changed from quarters to months, or had a short year, compares the same days.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Sum

from company.models import BusinessPeriod, BusinessYear
from core.money import STORED_DIGITS
from core.periods import Span
from planning.selectors.owners import PlanOwner, actuals_of

Cell = tuple[int, int]
"""Number of the period, id of the category."""
NEAR = timedelta(days=7)
"""Two periods a year apart are the same one when neither end differs by more: weeks and batches move by days."""
_DIGITS = Decimal(1).scaleb(-STORED_DIGITS)


@dataclass(frozen=True, kw_only=True)
class Match:
    """`weight` of what was sold in a period of last year belongs to a period of this year."""

    before: BusinessPeriod
    period: BusinessPeriod
    weight: Decimal


def match_by_dates(periods: Sequence[BusinessPeriod], before: Sequence[BusinessPeriod]) -> list[Match]:
    """Which periods of last year are compared with which of this one: the same dates, else by the days that they share."""
    found: list[Match] = []
    for period in periods:
        days = _year_earlier(period)
        found += [Match(before=one, period=period, weight=Decimal(1)) for one in before if _near(one, days)]
    used = {match.period.pk for match in found} | {match.before.pk for match in found}
    for period in periods:
        if period.pk not in used:
            days = _year_earlier(period)
            found += [
                Match(before=one, period=period, weight=Decimal(shared) / Span.of(one).days)
                for one in before
                if one.pk not in used and (shared := _shared(one, days)) > 0
            ]
    return found


def _year_earlier(period: BusinessPeriod) -> Span:
    return Span(
        starts_on=_earlier(period.starts_on), ends_on=_earlier(period.ends_on + timedelta(days=1)) - timedelta(days=1)
    )


def _earlier(day: date) -> date:
    """The same date a year before; the day after February has 29 days is that after it has 28."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return date(day.year - 1, 3, 1)


def _near(period: BusinessPeriod, days: Span) -> bool:
    return abs(period.starts_on - days.starts_on) <= NEAR and abs(period.ends_on - days.ends_on) <= NEAR


def _shared(period: BusinessPeriod, days: Span) -> int:
    return (min(period.ends_on, days.ends_on) - max(period.starts_on, days.starts_on)).days + 1


def year_before(year: BusinessYear) -> BusinessYear | None:
    """The business year that ends the day before this one starts; None where there is none, whatever came earlier."""
    return BusinessYear.objects.filter(ends_on=year.starts_on - timedelta(days=1)).first()


def matches_of(year: BusinessYear, periods: Sequence[BusinessPeriod]) -> list[Match]:
    """What periods of this year are compared with; nothing where no year adjoins. One query."""
    last = BusinessPeriod.objects.filter(year__ends_on=year.starts_on - timedelta(days=1)).order_by("number")
    return match_by_dates(periods, list(last))


def carry(sums: Mapping[int, Decimal], matches: Iterable[Match]) -> dict[int, Decimal]:
    """What was sold in the periods of last year, by id, as sums of the periods of this year, by id."""
    carried: dict[int, Decimal] = {}
    for match in matches:
        amount = sums.get(match.before.pk, Decimal(0)) * match.weight
        carried[match.period.pk] = carried.get(match.period.pk, Decimal(0)) + amount
    return {pk: amount.quantize(_DIGITS) for pk, amount in carried.items()}


def sales_by_cell(owner: PlanOwner, *, year: BusinessYear, currency: str) -> dict[Cell, Decimal]:
    """Net sales of an owner in a business year by period number and category, never below zero. One query."""
    rows = (
        actuals_of(owner)
        .filter(period__year=year, currency=currency)
        .values_list("period__number", "category_id")
        .annotate(net=Sum("net_amount"))
        .order_by()
    )
    return {(number, category): max(net, Decimal(0)) for number, category, net in rows}


def sales_of_year_before(owner: PlanOwner, *, year: BusinessYear, currency: str) -> dict[Cell, Decimal]:
    """The same for the year before, by the numbers of this year's periods; empty where there was none. Three queries."""
    matches = matches_of(year, list(year.periods.order_by("number")))
    rows = (
        actuals_of(owner)
        .filter(period__in={match.before.pk for match in matches}, currency=currency)
        .values_list("period_id", "category_id")
        .annotate(net=Sum("net_amount"))
        .order_by()
    )
    by_category: dict[int, dict[int, Decimal]] = {}
    for period_id, category, net in rows:
        by_category.setdefault(category, {})[period_id] = max(net, Decimal(0))
    numbers = {match.period.pk: match.period.number for match in matches}
    return {
        (numbers[period], category): amount
        for category, sums in by_category.items()
        for period, amount in carry(sums, [match for match in matches if match.before.pk in sums]).items()
    }
