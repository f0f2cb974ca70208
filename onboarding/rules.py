"""The screening as plain values: six marks, their weights, and what they come to."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

HUNDRED = Decimal(100)
DEFAULT_WEIGHTS: Mapping[str, int] = {
    "reputation": 20,
    "capability": 20,
    "resources": 20,
    "market_coverage": 15,
    "sales_ability": 15,
    "service_quality": 10,
}
"""In percent, by criterion; they add up to a hundred."""


@dataclass(frozen=True, kw_only=True)
class Score:
    """What marks come to, from 0 to 100, over the criteria that are marked; `measured` is their weight in percent.

    Final once all of the weight is measured. A provisional score is not comparable, so it is not ranked.
    """

    value: Decimal | None
    measured: int

    @property
    def is_final(self) -> bool:
        return self.measured == HUNDRED

    @property
    def rank_value(self) -> Decimal:
        """Sorts the ranked first, the best on top."""
        return self.value if self.is_final and self.value is not None else Decimal(-1)


def score_of(weights: Mapping[str, int], marks: Mapping[str, Decimal]) -> Score:
    """The weighted mean of what is marked. A criterion without weight counts nothing. Rounded once, half up, to 0.01."""
    counted = {name: weight for name, weight in weights.items() if weight and name in marks}
    measured = sum(counted.values())
    if not measured:
        return Score(value=None, measured=0)
    total = sum((weight * marks[name] for name, weight in counted.items()), Decimal(0))
    return Score(value=(total / measured).quantize(Decimal("0.01"), ROUND_HALF_UP), measured=measured)
