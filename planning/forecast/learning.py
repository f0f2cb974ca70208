"""What the last closed year teaches: how much silence means, how wide the band is, and how far off the rule was."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from planning.forecast.history import History, Year
from planning.forecast.rule import SILENCE, UNLEARNED, Situation

FEW = 10
FEW_FOR_A_BAND = 30
COVERED = 0.8
ORDER_CLASSES = (3, 6, 12)
SWITCH_AT = (0.1, 0.25, 0.5, 0.75, 0.9)


@dataclass(frozen=True, slots=True)
class Judgement:
    """How far landings were off: the sum of the differences and of all amounts, by absolute and by signed difference."""

    error: float
    bias: float


def actuals(situation: Situation, histories: dict[int, History]) -> list[float]:
    """What each had bought when the year was over."""
    found = []
    for one in situation.buyers:
        history = histories[one.distributor_id]
        found.append(
            history.sums[history.place(situation.year.end)] - history.sums[history.place(situation.year.start)]
        )
    return found


def learn_silence(situation: Situation, rest: Sequence[float], actual: Sequence[float]) -> tuple[float, ...]:
    """What is left of the rest by class of silence: at most all of it, and never more than for a shorter one."""
    forecast, came = [0.0] * len(UNLEARNED), [0.0] * len(UNLEARNED)
    number = [0] * len(UNLEARNED)
    for one, expected, total in zip(situation.buyers, rest, actual, strict=True):
        forecast[one.silence] += expected
        came[one.silence] += total - one.sold
        number[one.silence] += 1
    overall = sum(came) / sum(forecast) if sum(forecast) > 0 else 0.0
    if overall <= 0:
        return UNLEARNED
    factors = [1.0]
    for index in range(1, len(SILENCE) + 1):
        known = number[index] >= FEW and forecast[index] > 0
        factor = came[index] / forecast[index] / overall if known else 1.0
        factors.append(max(min(factor, factors[-1]), 0.0))
    return tuple(factors)


def judge(landings: Sequence[float], actual: Sequence[float]) -> Judgement | None:
    """The weighted error of all landings, and how far their sum was off; None where nothing was sold."""
    total = sum(actual)
    if total <= 0:
        return None
    error = sum(abs(one - came) for one, came in zip(landings, actual, strict=True)) / total
    return Judgement(error=error, bias=(sum(landings) - total) / total)


def order_class(orders: int) -> int:
    return sum(1 for limit in ORDER_CLASSES if orders >= limit)


def band_widths(situation: Situation, landings: Sequence[float], actual: Sequence[float]) -> tuple[float, ...]:
    """By how much of its landing four of five distributors were off at most, by the number of their orders."""
    off: list[list[float]] = [[] for _class in range(len(ORDER_CLASSES) + 1)]
    for one, landing, came in zip(situation.buyers, landings, actual, strict=True):
        if landing > 0:
            off[order_class(one.orders)].append(abs(came - landing) / landing)
    everybody = [value for values in off for value in values]
    return tuple(_quantile(values if len(values) >= FEW_FOR_A_BAND else everybody) for values in off)


def _quantile(values: Sequence[float]) -> float:
    if not values:
        return 0.0
    ordered = sorted(values)
    place = (len(ordered) - 1) * COVERED
    low = floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def closed_cut(year: Year, closed: Year, cut: int) -> int:
    """The first day of the closed year that is not over when as much of it has gone."""
    return closed.start - (-(cut - year.start) * closed.days // year.days)
