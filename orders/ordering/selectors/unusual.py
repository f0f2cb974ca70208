"""What is odd about an order by the distributor's own history: pure rules, without a database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

LEAST_ORDERS = 4
"""From so many orders on it can be said what is usual."""
MAD_TO_SPREAD = 1.4826
"""The median absolute deviation of a normal distribution times this is its standard deviation."""
FAR = 4
LEAST_SPREAD = 0.1
TWICE, QUARTER = 2, 4


@dataclass(frozen=True, kw_only=True)
class Bought:
    """How a distributor ordered one product lately: pieces by order, the newest first, and what it last cost."""

    quantities: Sequence[int]
    last_price: Decimal
    last_on: date

    @property
    def last_quantity(self) -> int:
        return self.quantities[0]

    @property
    def usual(self) -> int:
        return round(median(self.quantities))


def is_unusual(quantity: int, before: Sequence[int]) -> bool:
    """More than four spreads from the median, and at least twice or at most a quarter of it.

    The spread comes from the median absolute deviation, so that one odd order of the past does not hide the next; it is
    a tenth of the median at least, so that who always orders the same may order a little more.
    """
    if len(before) < LEAST_ORDERS:
        return False
    middle = median(before)
    spread = max(MAD_TO_SPREAD * median(abs(one - middle) for one in before), LEAST_SPREAD * middle)
    far = abs(quantity - middle) > FAR * spread
    return far and (quantity >= TWICE * middle or quantity * QUARTER <= middle)


def same_lines(lines: Mapping[int, int], others: Mapping[int, Mapping[int, int]]) -> list[int]:
    """The keys of the orders with exactly these products and quantities."""
    return [key for key, other in others.items() if lines and dict(other) == dict(lines)]
