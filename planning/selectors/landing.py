"""Where a year is going: attainment, landing and the pace that is needed. Plain arithmetic on sums.

Landing = sold to date / share of last year's sales that had fallen by the same point of the year: the run-rate with the
seasonal index of last year (classical multiplicative seasonality; Hyndman and Athanasopoulos, Forecasting: Principles
and Practice, 3rd ed., 3.4 and 5.2). The even run-rate (sold to date / share of days elapsed) is the other end of the
band, and the landing itself where last year says nothing.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.money import round_money

ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Sums of one owner for one span, in one currency. `to_date` figures are of the part that is over."""

    starts_on: date
    ends_on: date
    today: date
    currency: str
    plan: Decimal | None
    plan_to_date: Decimal | None
    actual: Decimal
    last_year: Decimal
    last_year_to_date: Decimal

    @property
    def attainment(self) -> Decimal | None:
        """Sold to date as a share of the plan of the whole span; None without a plan."""
        return _share(self.actual, self.plan)

    @property
    def attainment_to_date(self) -> Decimal | None:
        """Sold to date as a share of what was to be sold by today."""
        return _share(self.actual, self.plan_to_date)

    @property
    def difference_to_date(self) -> Decimal | None:
        return None if self.plan_to_date is None else self.actual - self.plan_to_date

    @property
    def growth(self) -> Decimal | None:
        """Against the same part of last year; None where nothing was sold then."""
        share = _share(self.actual, self.last_year_to_date)
        return None if share is None else share - 1

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1

    @property
    def days_over(self) -> int:
        """Days of the span up to today, today included."""
        return min(max((self.today - self.starts_on).days + 1, 0), self.days)

    @property
    def days_left(self) -> int:
        return self.days - self.days_over

    @property
    def seasonal_landing(self) -> Decimal | None:
        share = _share(self.last_year_to_date, self.last_year)
        return round_money(self.actual / share, currency=self.currency) if share else None

    @property
    def even_landing(self) -> Decimal | None:
        if not self.days_over:
            return None
        return round_money(self.actual * self.days / self.days_over, currency=self.currency)

    @property
    def landing(self) -> Decimal | None:
        """What the span is expected to end at; None before it has begun."""
        if self.days_over == self.days:
            return self.actual
        return self.seasonal_landing if self.seasonal_landing is not None else self.even_landing

    @property
    def landing_band(self) -> tuple[Decimal, Decimal] | None:
        """The landing by the season and by the even pace, the lower first."""
        ends = [end for end in (self.landing, self.even_landing) if end is not None]
        return (min(ends), max(ends)) if ends else None

    @property
    def landing_attainment(self) -> Decimal | None:
        return None if self.landing is None else _share(self.landing, self.plan)

    @property
    def pace(self) -> Decimal | None:
        """Sold a day so far."""
        return round_money(self.actual / self.days_over, currency=self.currency) if self.days_over else None

    @property
    def required_pace(self) -> Decimal | None:
        """To be sold a day from tomorrow on to reach the plan; None without a plan or without a day left."""
        if self.plan is None or not self.days_left:
            return None
        return round_money(max(self.plan - self.actual, ZERO) / self.days_left, currency=self.currency)


def _share(part: Decimal, whole: Decimal | None) -> Decimal | None:
    return part / whole if whole else None


def elapsed_share(starts_on: date, ends_on: date, today: date) -> Decimal:
    """How much of a span is over, today included, from 0 to 1."""
    days = (ends_on - starts_on).days + 1
    over = min(max((today - starts_on).days + 1, 0), days)
    return Decimal(over) / Decimal(days)
