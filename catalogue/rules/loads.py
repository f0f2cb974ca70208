"""What goods weigh, how much room they take, and on how many pallets they go. No database."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

PALLET = "pallet"
LAYER = "layer"
CASES = ("case", "carton")
Measure = Literal["weight", "volume"]


class PackedUnit(NamedTuple):
    """A unit of several pieces with its gross weight (kg) and volume (m³), None where these are not known."""

    code: str
    pieces: int
    weight: Decimal | None = None
    volume: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Packaging:
    """How a product is packed: weight (kg) and volume (m³) of a piece, its pieces a pack, and its larger units."""

    pack_size: int = 1
    weight: Decimal | None = None
    volume: Decimal | None = None
    units: tuple[PackedUnit, ...] = ()

    def measure(self, name: Measure, pieces: int) -> Decimal | None:
        """What so many pieces come to, packed in the largest units first; None where that is not known.

        A unit of which it is not known is made up of smaller ones. A piece of which it is not known has its share of the
        smallest unit.
        """
        total, rest = Decimal(0), pieces
        sizes = [(unit.pieces, value) for unit in self._largest_first() if (value := getattr(unit, name)) is not None]
        for size, value in sizes:
            total += rest // size * value
            rest %= size
        if not rest:
            return total
        piece: Decimal | None = getattr(self, name)
        if piece is None and sizes:
            size, value = sizes[-1]
            piece = value / size
        return None if piece is None else total + rest * piece

    def pieces_of(self, *codes: str) -> int:
        """The pieces of the first of these units that the product has; 0 where it has none of them."""
        sizes = {unit.code: unit.pieces for unit in self.units}
        return next((sizes[code] for code in codes if code in sizes), 0)

    @property
    def pallet(self) -> int:
        """The pieces of a pallet, 0 where that is not known."""
        return self.pieces_of(PALLET)

    @property
    def case(self) -> int:
        """The pieces of a case: of that unit, else the pack size; 0 where it comes in pieces only."""
        return self.pieces_of(*CASES) or (self.pack_size if self.pack_size > 1 else 0)

    def _largest_first(self) -> list[PackedUnit]:
        return sorted(self.units, key=lambda unit: -unit.pieces)


UNKNOWN = Packaging()


@dataclass(frozen=True, kw_only=True)
class Load:
    """What an order comes to: gross weight (kg), volume (m³), full pallets, and what remains in cases and loose pieces.

    Pallets hold one product each. What is not known is counted by its lines, and is in no sum.
    """

    weight: Decimal = Decimal(0)
    volume: Decimal = Decimal(0)
    pallets: int = 0
    cases: int = 0
    pieces: int = 0
    lines: int = 0
    lines_without_weight: int = 0
    lines_without_volume: int = 0
    lines_without_pallet: int = 0

    @property
    def has_weight(self) -> bool:
        """Whether anything of it is known."""
        return self.lines > self.lines_without_weight

    @property
    def has_volume(self) -> bool:
        return self.lines > self.lines_without_volume

    @property
    def has_packs(self) -> bool:
        """Whether any of it goes in pallets or cases."""
        return self.pallets + self.cases > 0


def load_of(lines: Iterable[tuple[int, int]], packaging: Mapping[int, Packaging]) -> Load:
    """The load of lines: a product and its pieces each. Lines of one product fill pallets and cases together.

    Lines of which nothing is left count for nothing.
    """
    counts: Counter[int] = Counter()
    pieces: Counter[int] = Counter()
    for product_id, quantity in lines:
        if quantity > 0:
            counts[product_id] += 1
            pieces[product_id] += quantity
    sums: Counter[str] = Counter()
    weight = volume = Decimal(0)
    for product_id, quantity in pieces.items():
        packed = packaging.get(product_id, UNKNOWN)
        of_weight, of_volume = packed.measure("weight", quantity), packed.measure("volume", quantity)
        weight += of_weight or 0
        volume += of_volume or 0
        rest = quantity % packed.pallet if packed.pallet else quantity
        sums["pallets"] += (quantity - rest) // packed.pallet if packed.pallet else 0
        sums["cases"] += rest // packed.case if packed.case else 0
        sums["pieces"] += rest % packed.case if packed.case else rest
        missing = {"weight": of_weight is None, "volume": of_volume is None, "pallet": not packed.pallet}
        sums.update({f"lines_without_{name}": counts[product_id] * lacks for name, lacks in missing.items()})
    return Load(weight=weight, volume=volume, lines=counts.total(), **sums)


def packaging_from(text: str) -> Packaging:
    """Read what `packaging_sql` gives."""
    pack_size, weight, volume, units = json.loads(text, parse_float=Decimal)
    return Packaging(
        pack_size=pack_size,
        weight=_decimal(weight),
        volume=_decimal(volume),
        units=tuple(PackedUnit(code, pieces, _decimal(kg), _decimal(m3)) for code, pieces, kg, m3 in units or ()),
    )


def _decimal(value: Decimal | int | None) -> Decimal | None:
    return None if value is None else Decimal(value)
