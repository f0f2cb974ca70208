"""Which business periods a run looks at, and which it compares them with."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from company.models import BusinessPeriod
from planning.selectors.seasons import match_by_dates


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

    Compared with: the periods of the same dates in the business year right before; where the run crosses years, or that
    year is cut in another way, as many periods right before, without a gap.
    """
    known = list(BusinessPeriod.objects.select_related("year").filter(ends_on__lte=ends_on).order_by("starts_on"))
    inside = [period for period in known if period.starts_on >= starts_on]
    if not inside or inside[0].starts_on != starts_on or inside[-1].ends_on != ends_on:
        return RunSpan(periods=(), before=())
    earlier = known[: len(known) - len(inside)]
    return RunSpan(periods=tuple(inside), before=tuple(_compared(inside, earlier)))


def _compared(inside: list[BusinessPeriod], earlier: list[BusinessPeriod]) -> list[BusinessPeriod]:
    year = inside[0].year
    if all(period.year_id == year.pk for period in inside):
        last = [period for period in earlier if period.year.ends_on == year.starts_on - timedelta(days=1)]
        matches = match_by_dates(inside, last)
        if len(matches) == len(inside) and all(match.weight == 1 for match in matches):
            return [match.before for match in matches]
    right_before = earlier[-len(inside) :] if len(earlier) >= len(inside) else []
    return right_before if _adjoin([*right_before, inside[0]]) else []


def _adjoin(periods: list[BusinessPeriod]) -> bool:
    return all(later.starts_on == one.ends_on + timedelta(days=1) for one, later in pairwise(periods))
