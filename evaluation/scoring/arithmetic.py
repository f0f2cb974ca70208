"""The arithmetic of a score in plain Decimals: for explanations, and as the twin of the SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

FULL = Decimal(100)
SCORE_STEP = Decimal("0.0001")
VALUE_STEP = Decimal("0.00000001")


@dataclass(frozen=True, kw_only=True)
class Band:
    """The weight of a measure, and where it is worth 0 and 100 points."""

    weight: Decimal
    floor: Decimal
    target: Decimal

    @property
    def less_is_better(self) -> bool:
        return self.floor > self.target


@dataclass(frozen=True, kw_only=True)
class Scored:
    """A total and its steps; both empty of a figure where nothing was measured."""

    score: Decimal | None
    scores: Mapping[str, Decimal]
    points: Mapping[str, Decimal]


def criterion_score(value: Decimal, band: Band) -> Decimal:
    """0 at the floor, 100 at the target, linear between, never beyond; to 4 digits, half up."""
    share = (value - band.floor) / (band.target - band.floor)
    return (FULL * min(max(share, Decimal(0)), Decimal(1))).quantize(SCORE_STEP, rounding=ROUND_HALF_UP)


def add_up(values: Mapping[str, Decimal | None], bands: Mapping[str, Band]) -> Scored:
    """The score of one distributor from its raw values, in the order of `bands`.

    Measures without a value are left out with their weight. The points are weight × score / sum of the weights left,
    cut to 4 digits by largest remainder, so that they add up to the score.
    """
    scores = {
        metric: criterion_score(value, band)
        for metric, band in bands.items()
        if (value := values.get(metric)) is not None
    }
    if not scores:
        return Scored(score=None, scores={}, points={})
    products = {metric: bands[metric].weight * score for metric, score in scores.items()}
    weights = sum((bands[metric].weight for metric in scores), Decimal(0))
    total = (sum(products.values()) / weights).quantize(SCORE_STEP, rounding=ROUND_HALF_UP)
    return Scored(score=total, scores=scores, points=_points(products, weights, total))


def _points(products: Mapping[str, Decimal], weights: Decimal, total: Decimal) -> dict[str, Decimal]:
    """Each product / weights cut to 4 digits; what is missing to `total` goes to the largest remainders."""
    cut, remainders = {}, {}
    for metric, product in products.items():
        units, remainders[metric] = divmod(product, weights * SCORE_STEP)
        cut[metric] = units * SCORE_STEP
    missing = int((total - sum(cut.values())) / SCORE_STEP)
    order = sorted(cut, key=lambda metric: -remainders[metric])
    return {metric: cut[metric] + (SCORE_STEP if metric in order[:missing] else 0) for metric in cut}


def grade_of(score: Decimal | None, grades: Sequence[Sequence[object]]) -> str:
    """The best grade whose least score is reached; empty without a score."""
    reached = [
        (Decimal(str(least)), str(name)) for name, least in grades if score is not None and score >= Decimal(str(least))
    ]
    return max(reached)[1] if reached else ""


def next_grade(score: Decimal, grades: Sequence[Sequence[object]]) -> tuple[str, Decimal] | None:
    """The name and least score of the nearest better grade; None at the top."""
    above = [(Decimal(str(least)), str(name)) for name, least in grades if Decimal(str(least)) > score]
    if not above:
        return None
    least, name = min(above)
    return name, least
