"""Which business periods a run looks at, and which it compares them with."""

from dataclasses import dataclass
from datetime import date

from company.models import BusinessPeriod


@dataclass(frozen=True, kw_only=True)
class RunSpan:
    """The periods of a run in order of time, and those compared with (empty where not all of them exist)."""

    periods: tuple[BusinessPeriod, ...]
    before: tuple[BusinessPeriod, ...]

    @property
    def fits(self) -> bool:
        return bool(self.periods)


def span_of(starts_on: date, ends_on: date) -> RunSpan:
    """The whole periods from `starts_on` to `ends_on`; none unless both are bounds of periods. One query.

    Compared with: the same periods of the business year before; where the run crosses years, or that year is cut in
    another way, as many periods right before.
    """
    known = list(BusinessPeriod.objects.select_related("year").filter(ends_on__lte=ends_on).order_by("starts_on"))
    inside = [period for period in known if period.starts_on >= starts_on]
    if not inside or inside[0].starts_on != starts_on or inside[-1].ends_on != ends_on:
        return RunSpan(periods=(), before=())
    earlier = known[: len(known) - len(inside)]
    return RunSpan(periods=tuple(inside), before=tuple(_compared(inside, earlier)))


def _compared(inside: list[BusinessPeriod], earlier: list[BusinessPeriod]) -> list[BusinessPeriod]:
    years = {period.year_id for period in inside}
    last_year = max(
        (period.year for period in earlier if period.year_id not in years), key=lambda y: y.ends_on, default=None
    )
    if len(years) == 1 and last_year is not None:
        numbers = {period.number for period in inside}
        same = [period for period in earlier if period.year_id == last_year.pk and period.number in numbers]
        if len(same) == len(inside):
            return same
    return earlier[-len(inside) :] if len(earlier) >= len(inside) else []
