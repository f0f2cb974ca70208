"""What the forecast knows of a distributor: its order days and what it bought on each. No database."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from operator import sub


@dataclass(slots=True)
class History:
    """The order days of one distributor, ascending, as ordinals, with the net amount of each day.

    Millions of numbers are kept in arrays: in lists the garbage collector would look at each of them again and again.
    """

    distributor_id: int
    days: Sequence[int]
    amounts: Sequence[float]
    sums: Sequence[float] = field(init=False)
    gaps: Sequence[int] = field(init=False)

    def __post_init__(self) -> None:
        self.sums = array("d", accumulate(self.amounts, initial=0.0))
        self.gaps = array("i", map(sub, self.days[1:], self.days))

    def place(self, day: int) -> int:
        """How many order days lie before a day."""
        return bisect_left(self.days, day)


@dataclass(frozen=True, slots=True)
class Year:
    """A business year by ordinals; `end` is the day after its last."""

    start: int
    end: int

    @classmethod
    def of(cls, starts_on: date, ends_on: date) -> "Year":
        return cls(start=starts_on.toordinal(), end=ends_on.toordinal() + 1)

    @property
    def days(self) -> int:
        return self.end - self.start

    def day_at(self, share: float) -> int:
        """The first day that is not over when this share of the year's days has gone, halves to even."""
        return self.start + round(share * self.days)


def daily_sums(histories: Iterable[History]) -> dict[int, float]:
    """What the company sold on each day."""
    sums: dict[int, float] = {}
    for history in histories:
        for day, amount in zip(history.days, history.amounts, strict=True):
            sums[day] = sums.get(day, 0.0) + amount
    return sums
