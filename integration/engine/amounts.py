"""Which currency stands beside an amount in its cell."""

from collections.abc import Callable
from dataclasses import dataclass

from company.written_numbers import read_number
from core.importing.refusals import ValueFault
from integration.engine.values import Conventions

Cells = tuple[str, ...]
Compute = Callable[[Cells], str]


@dataclass(frozen=True)
class Marked:
    """`shown` is the mark as it was written, `currencies` are those that it can mean."""

    shown: str
    currencies: frozenset[str]


def noting_currency(compute: Compute, conventions: Conventions, marks: dict[Cells, Marked]) -> Compute:
    """The same computation, which notes the currency beside the amounts that go into it."""

    def computed(cells: Cells) -> str:
        wire = compute(cells)
        for cell in cells:
            if (cell and not cell.isascii()) or not cell.replace(".", "").replace(",", "").isdigit():
                found = _mark_of(cell, conventions)
                if found:
                    marks[cells] = found
        return wire

    return computed


def _mark_of(cell: str, conventions: Conventions) -> Marked | None:
    try:
        number = read_number(cell, decimal_comma=conventions.decimal_comma)
    except ValueFault:  # no number: a condition, or a unit of goods
        return None
    return Marked(number.mark, number.currencies) if number.currencies else None
