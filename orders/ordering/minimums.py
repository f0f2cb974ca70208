"""How far an order is from what its agreement asks for at least: amount, weight, full pallets, full truck. No database."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from catalogue.rules.loads import Load


class Measure(StrEnum):
    AMOUNT = "amount"
    WEIGHT = "weight"
    PALLETS = "pallets"


class MinimumKind(StrEnum):
    AMOUNT = "amount"
    WEIGHT = "weight"
    PALLETS = "pallets"
    FULL_TRUCK = "full_truck"


@dataclass(frozen=True, kw_only=True)
class Progress:
    """What is wanted of a measure and what is there. `lines_unknown` do not say what they add to it."""

    measure: Measure
    wanted: Decimal
    reached: Decimal
    lines_unknown: int = 0

    @property
    def missing(self) -> Decimal:
        return max(self.wanted - self.reached, Decimal(0))


@dataclass(frozen=True, kw_only=True)
class Minimum:
    """One condition of an agreement, reached by any of its `ways`."""

    kind: MinimumKind
    ways: tuple[Progress, ...]

    @property
    def is_reached(self) -> bool:
        return any(not way.missing for way in self.ways)

    @property
    def lines_unknown(self) -> int:
        """How many lines keep it from being known; none where it is reached without them."""
        return 0 if self.is_reached else max(way.lines_unknown for way in self.ways)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What an agreement asks for at least; what is None is not asked for. A truck is full by its weight or its pallets."""

    amount: Decimal | None = None
    weight: Decimal | None = None
    pallets: int | None = None
    truck_weight: Decimal | None = None
    truck_pallets: int | None = None

    @property
    def by_load(self) -> bool:
        """Whether it has to be known what the order weighs, or how many pallets it fills."""
        return any(one is not None for one in (self.weight, self.pallets, self.truck_weight, self.truck_pallets))


def minimums_of(wanted: Wanted, *, amount: Decimal, load: Load) -> Iterator[Minimum]:
    """Each condition of the agreement with how far an order of this amount and load is."""
    if wanted.amount:
        by_amount = Progress(measure=Measure.AMOUNT, wanted=wanted.amount, reached=amount)
        yield Minimum(kind=MinimumKind.AMOUNT, ways=(by_amount,))
    by_weight, by_pallets = _by_weight(wanted.weight, load), _by_pallets(wanted.pallets, load)
    if by_weight:
        yield Minimum(kind=MinimumKind.WEIGHT, ways=by_weight)
    if by_pallets:
        yield Minimum(kind=MinimumKind.PALLETS, ways=by_pallets)
    truck = (*_by_weight(wanted.truck_weight, load), *_by_pallets(wanted.truck_pallets, load))
    if truck:
        yield Minimum(kind=MinimumKind.FULL_TRUCK, ways=truck)


def _by_weight(wanted: Decimal | None, load: Load) -> tuple[Progress, ...]:
    if wanted is None:
        return ()
    without = load.lines_without_weight
    return (Progress(measure=Measure.WEIGHT, wanted=wanted, reached=load.weight, lines_unknown=without),)


def _by_pallets(wanted: int | None, load: Load) -> tuple[Progress, ...]:
    if wanted is None:
        return ()
    reached, without = Decimal(load.pallets), load.lines_without_pallet
    return (Progress(measure=Measure.PALLETS, wanted=Decimal(wanted), reached=reached, lines_unknown=without),)
