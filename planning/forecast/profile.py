"""How much of a year is usually sold by a day: the company's last year, laid over this one."""

from collections.abc import Mapping
from datetime import date
from itertools import accumulate

from planning.forecast.chinese_new_year import NEW_YEARS, nearest_new_year
from planning.forecast.history import Year

PROFILE_WEIGHT = 0.75
HOLIDAY_DAYS, PLAIN_DAYS = 56, 84
SMOOTH = 3


class Profile:
    """The share of the year that is sold before each of its days, from 0 to 1, blended with the share of days."""

    def __init__(self, daily: Mapping[int, float], year: Year, last: Year, *, chinese_new_year: bool) -> None:
        self.year = year
        weights = _holiday_weights(daily, year, last) if chinese_new_year else _plain_weights(daily, year, last)
        total = sum(weights)
        self._sums = [0.0, *accumulate(weights)]
        self._total = total if total > 0 else 0.0

    def at(self, day: int) -> float:
        """The share sold before `day`."""
        gone = min(max(day - self.year.start, 0), self.year.days)
        even = gone / self.year.days
        if not self._total:
            return even
        return PROFILE_WEIGHT * self._sums[gone] / self._total + (1 - PROFILE_WEIGHT) * even


def _plain_day(index: int, year: Year, last: Year) -> int:
    return last.start + index * last.days // year.days


def _plain_weights(daily: Mapping[int, float], year: Year, last: Year) -> list[float]:
    return [daily.get(_plain_day(index, year, last), 0.0) for index in range(year.days)]


def _holiday_weights(daily: Mapping[int, float], year: Year, last: Year) -> list[float]:
    """Around the New Year a day weighs what the day as far from last year's New Year weighed; last year is smoothed."""
    first = min(daily, default=last.start)
    smooth: dict[int, float] = {}

    def weight(day: int) -> float:
        if day not in smooth:
            window = range(max(day - SMOOTH, first), min(day + SMOOTH + 1, last.end))
            smooth[day] = sum(daily.get(one, 0.0) for one in window) / max(len(window), 1)
        return smooth[day]

    weights = []
    for index in range(year.days):
        plain = _plain_day(index, year, last)
        weights.append(weight(_holiday_day(year.start + index, plain, first, last)))
    return weights


def _holiday_day(day: int, plain: int, first: int, last: Year) -> int:
    nearest = nearest_new_year(date.fromordinal(day))
    if nearest is None:
        return plain
    distance = day - NEW_YEARS[nearest].toordinal()
    share = min(max((PLAIN_DAYS - abs(distance)) / (PLAIN_DAYS - HOLIDAY_DAYS), 0.0), 1.0)
    same = NEW_YEARS[nearest - 1].toordinal() + distance
    moved = round(plain + share * (same - plain))
    return moved if first <= moved < last.end else plain
