"""Where a span of time stands and where it is going: attainment, landing and the pace that is needed.

Plain arithmetic on sums. The landing of a year is not computed here: it is forecast for all distributors at once
(`planning.forecast`), kept (`planning.models.LandingForecast`), and comes as the `Outlook` of a progress.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.money import round_money

ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """A kept forecast of one owner: what was sold by `made_on` and what is still expected. Sums of distributors.

    The band and the days between orders are those of a single distributor. `past_error` is how far off the same forecast
    was at this point of the last closed year: of single distributors, or of the sum.
    """

    made_on: date
    sold: Decimal
    expected: Decimal
    sold_share: Decimal
    period_share: Decimal
    is_straight: bool
    past_error: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    interval_days: int | None = None

    @property
    def total(self) -> Decimal:
        return self.sold + self.expected


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
    outlook: Outlook | None = None

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
    def landing(self) -> Decimal | None:
        """What the span is expected to end at; None where there is no forecast (yet)."""
        if self.days_over == self.days:
            return self.actual
        return None if self.outlook is None else max(self.actual, self.outlook.total)

    @property
    def landing_band(self) -> tuple[Decimal, Decimal] | None:
        """Within which four of five end, the lower first; one figure where no closed year has shown the width."""
        if self.landing is None:
            return None
        over = self.days_over == self.days
        if over or self.outlook is None or self.outlook.low is None or self.outlook.high is None:
            return self.landing, self.landing
        return max(self.actual, self.outlook.low), max(self.actual, self.outlook.high)

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
