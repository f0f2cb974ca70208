"""The value of a field for each distinct combination of cells, computed once."""

from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext as _

from company.written_numbers import read_number, unit_factor
from core.importing import Field, Kind
from core.importing.refusals import ValueFault, shorten
from integration.engine.convert import Reading, to_wire
from integration.engine.expressions import Formula
from integration.engine.expressions.functions import is_empty
from integration.engine.profile import FieldSpec
from integration.engine.values import Conventions, Value, as_text, from_toml
from spreadsheets.cells import fault_of_text, fault_of_value, is_marked, plain

FAULT = "\\F"
"""Marks a cell that is not valid; COPY would refuse it."""


class Known(dict[tuple[str, ...], str]):
    """What was computed for each combination of cells."""

    def __init__(self, compute: Callable[[tuple[str, ...]], str]) -> None:
        super().__init__()
        self.compute = compute
        self.faults: dict[tuple[str, ...], str] = {}

    def __missing__(self, cells: tuple[str, ...]) -> str:
        try:
            wire = self.compute(cells)
        except ValueFault as error:
            self.faults[cells] = str(error)
            wire = FAULT
        self[cells] = wire
        return wire


class Single(dict[str, str]):
    """The same for a formula over one column, without making a tuple a row."""

    def __init__(self, known: Known) -> None:
        super().__init__()
        self.known = known

    def __missing__(self, cell: str) -> str:
        wire = self[cell] = self.known[cell,]
        return wire


def computation(target: Field, spec: FieldSpec, formula: Formula, reading: Reading) -> Callable[[tuple[str, ...]], str]:
    def compute(cells: tuple[str, ...]) -> str:
        value = formula.run(cells if not any(map(is_marked, cells)) else _unmarked(target, cells))
        if spec.values:
            value = _looked_up(spec, value)
        if spec.unit and not is_empty(value):
            value = _in_unit(spec.unit, value, reading.conventions)
        if is_empty(value) and spec.default is not None:
            value = from_toml(spec.default)
        return to_wire(target, value, reading)

    return compute


def _unmarked(target: Field, cells: tuple[str, ...]) -> tuple[str, ...]:
    """The texts of cells of which something is wrong, where what is wrong does no harm here."""
    is_text = target.kind in {Kind.TEXT, Kind.REFERENCE, Kind.EMAIL}
    for cell in filter(is_marked, cells):
        reason = fault_of_text(cell) if is_text else fault_of_value(cell)
        if reason:
            raise ValueFault(reason)
    return tuple(map(plain, cells))


def _in_unit(unit: str, value: Value, conventions: Conventions) -> Value:
    """A number of a column that is in 万元, as it is; a cell that names its own unit is taken at its word."""
    if isinstance(value, str):
        found = read_number(value, decimal_comma=conventions.decimal_comma)
        return found.value if found.has_unit else found.value * unit_factor(unit)
    return value * unit_factor(unit) if isinstance(value, Decimal) else value


def _looked_up(spec: FieldSpec, value: Value) -> Value:
    text = as_text(value).strip()
    if text in spec.values:
        return from_toml(spec.values[text])
    if spec.otherwise is not None:
        return from_toml(spec.otherwise)
    if not text:
        return None
    raise ValueFault(_("“%(text)s” is not in the profile's table of values.") % {"text": shorten(text)})
