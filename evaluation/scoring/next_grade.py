"""The shortest way to the next grade: which measure, and how far it must go."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from evaluation.enums import Metric
from evaluation.scoring.arithmetic import FULL, SCORE_STEP, Band, Scored, add_up

SHOWN_STEP = Decimal("0.001")
FINE_STEP = Decimal("0.00001")  # one among thousands has a thousandth of the revenue


@dataclass(frozen=True, kw_only=True)
class Way:
    """Bring `metric` from `value` to `needed` (in its unit) and the next grade is reached, all else equal.

    `more` is what that takes in money (`currency` set) or in order lines; None where no amount says it. `effort` is the
    part of the target band to go, 0..1.
    """

    metric: str
    value: Decimal
    needed: Decimal
    effort: Decimal
    more: Decimal | None
    currency: str


def ways_to(
    least: Decimal,
    *,
    values: Mapping[str, Decimal | None],
    bands: Mapping[str, Band],
    inputs: Mapping[str, Mapping[str, Any]],
) -> list[Way]:
    """Every measure that can reach the score `least` alone, the nearest first. Empty where none can."""
    now = add_up(values, bands)
    if now.score is None:
        return []
    ways = [
        way
        for metric in now.scores
        if (way := _way(metric, least, now, values, bands, inputs.get(metric, {}))) is not None
    ]
    return sorted(ways, key=lambda way: way.effort)


def ways_together(least: Decimal, *, values: Mapping[str, Decimal | None], bands: Mapping[str, Band]) -> list[str]:
    """The fewest measures that reach `least` when each is brought to its target; empty where not even all do."""
    now = add_up(values, bands)
    raised = dict(values)
    chosen: list[str] = []
    for metric in sorted(now.scores, key=lambda one: now.points[one] - _most(one, now, bands)):
        raised[metric] = bands[metric].target
        chosen.append(metric)
        reached = add_up(raised, bands).score
        if reached is not None and reached >= least:
            return chosen
    return []


def most_points(metric: str, *, measured: Mapping[str, Decimal], bands: Mapping[str, Band]) -> Decimal:
    """What a measure could bring at its target, given which measures count."""
    return (FULL * bands[metric].weight / sum(bands[one].weight for one in measured)).quantize(SCORE_STEP)


def _most(metric: str, now: Scored, bands: Mapping[str, Band]) -> Decimal:
    return most_points(metric, measured=now.scores, bands=bands)


def _way(
    metric: str,
    least: Decimal,
    now: Scored,
    values: Mapping[str, Decimal | None],
    bands: Mapping[str, Band],
    inputs: Mapping[str, Any],
) -> Way | None:
    band, value = bands[metric], values[metric]
    weights = sum(bands[one].weight for one in now.scores)
    missing = least * weights - sum(bands[one].weight * score for one, score in now.scores.items())
    score = now.scores[metric] + missing / band.weight
    if value is None or missing <= 0 or score > FULL:
        return None
    step = FINE_STEP if metric == Metric.REVENUE_SHARE else SHOWN_STEP
    rounding = ROUND_FLOOR if band.less_is_better else ROUND_CEILING
    needed = (band.floor + score / FULL * (band.target - band.floor)).quantize(step, rounding=rounding)
    needed = max(needed, band.target) if band.less_is_better else min(needed, band.target)
    reached = add_up({**values, metric: needed}, bands).score
    if reached is None or reached < least:
        return None
    more, currency = _amount(metric, needed, inputs)
    return Way(
        metric=metric,
        value=value,
        needed=needed,
        effort=(score - now.scores[metric]) / FULL,
        more=more,
        currency=currency,
    )


def _amount(metric: str, needed: Decimal, inputs: Mapping[str, Any]) -> tuple[Decimal | None, str]:
    """What `needed` takes beyond what was reached: money, or order lines of the same number of lines."""
    known = {
        name: Decimal(str(inputs[name])) for name in ("net", "total", "before", "plan") if _is_number(inputs.get(name))
    }
    currency = str(inputs.get("currency") or "")
    match metric:
        case Metric.REVENUE_SHARE if needed < 1 and {"net", "total"} <= known.keys():
            return (needed * known["total"] - known["net"]) / (1 - needed), currency
        case Metric.GROWTH if {"net", "before"} <= known.keys():
            return (1 + needed) * known["before"] - known["net"], currency
        case Metric.PLAN_ATTAINMENT if {"net", "plan"} <= known.keys():
            return needed * known["plan"] - known["net"], currency
        case Metric.ON_TIME_IN_FULL if inputs.get("lines"):
            lines = (needed * inputs["lines"]).to_integral_value(ROUND_CEILING)
            return lines - inputs["on_time"], ""
    return None, ""


def _is_number(value: Any) -> bool:
    return isinstance(value, str | int)
