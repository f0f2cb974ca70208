"""Codes and quantities as people bring them: pasted from a spreadsheet or a mail, typed, or in a file."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from spreadsheets.cells import fault_of_text, fault_of_value, plain

_THOUSANDS = re.compile(r"^\d{1,3}(,\d{3})+$")
_TITLES = 10
"""So many rows with a title or an address may stand above the heading."""
_WHOLE = re.compile(r"^(\d+)(?:\.0+)?$")
_WITH_UNIT = re.compile(r"^(.*\d)\s*([A-Za-z]{0,8}|[\u3400-\u9fff]?)$")
_SIZES = frozenset({"g", "kg", "mg", "ml", "l", "cm", "mm", "m", "克", "升", "斤"})
_CODE_HEAD = re.compile(r"\b(code|sku|item|barcode|ean|article|product)\b|编码|编号|条码|货号|产品|商品", re.IGNORECASE)
_QUANTITY_HEAD = re.compile(r"\b(quantity|qty|pieces|pcs|order(ed)?)\b|数量|件数|订货", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class WantedLine:
    """One pasted or uploaded row. No quantity where it has none; `reason` says why the row is rejected.

    `unit` is the word behind the number (`10箱`, `12 pcs`), read where the caller asks for units.
    """

    row: int
    code: str
    quantity: int | None = None
    written: str = ""
    reason: str = ""
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class _Columns:
    """The columns of code and quantity by the heading; without a heading the code is first, the quantity last."""

    code: int = 0
    quantity: int | None = None


def parse_pasted(text: str, *, least: int = 1, with_units: bool = False) -> list[WantedLine]:
    """Read lines of a code and a quantity, parted by tab, semicolon, comma or spaces; a heading is understood."""
    rows = ((number, _cells(_narrow(row), with_units=with_units)) for number, row in enumerate(text.splitlines(), 1))
    return parse_rows(rows, least=least, with_units=with_units)


def parse_rows(
    rows: Iterable[tuple[int, Sequence[str]]], *, least: int = 1, with_units: bool = False
) -> list[WantedLine]:
    """Read numbered rows of cells; empty rows are passed over, quantities below `least` are refused."""
    filled = [(number, cells) for number, row in rows if any(cells := [_narrow(cell) for cell in row])]
    columns, first = _columns_of([cells for _number, cells in filled[:_TITLES]])
    lines = (_wanted(number, cells, columns, least, with_units=with_units) for number, cells in filled[first:])
    return [line for line in lines if line]


def _columns_of(rows: Sequence[Sequence[str]]) -> tuple["_Columns", int]:
    """The columns that a heading names, and which row is the first below it; titles may stand above the heading."""
    for index, cells in enumerate(rows):
        if len([cell for cell in cells if cell]) > 1 or index == 0:
            if any(parse_quantity(cell) is not None for cell in cells):
                break
            found = _heading(cells)
            if found:
                return found, index + 1
    return _Columns(), 0


def parse_quantity(text: str) -> int | None:
    """A whole number as people write it (`12`, `1,200`, `12.0`), or None."""
    plain = _narrow(text).lstrip("x×*").strip()
    if _THOUSANDS.match(plain):
        plain = plain.replace(",", "")
    found = _WHOLE.match(plain)
    return int(found.group(1)) if found and len(plain) < 20 else None  # noqa: PLR2004 - longer is no quantity


def _narrow(text: str) -> str:
    """Full-width digits and commas of Chinese keyboards as plain ones, without invisible marks."""
    return unicodedata.normalize("NFKC", text).replace("\u200b", "").replace("\ufeff", "").strip(" \r\n")


def _cells(row: str, *, with_units: bool = False) -> list[str]:
    for separator in ("\t", ";"):
        if separator in row:
            return row.split(separator)
    if "," in row:
        return row.split(",")
    parts = row.rsplit(maxsplit=1)
    if len(parts) > 1 and (parse_quantity(parts[1]) is not None or (with_units and _number_and_unit(parts[1]))):
        return parts
    parts = row.rsplit(maxsplit=2) if with_units else []
    if len(parts) > len(("code", "number")) and parse_quantity(parts[1]) is not None:
        return [parts[0], "".join(parts[1:])]
    return [row]


def _heading(cells: Sequence[str]) -> _Columns | None:
    """The columns a first row names, or None where it is a line already."""
    if any(parse_quantity(cell) is not None for cell in cells):
        return None
    code = next((index for index, cell in enumerate(cells) if _CODE_HEAD.search(cell)), None)
    quantity = next((index for index, cell in enumerate(cells) if _QUANTITY_HEAD.search(cell)), None)
    if code is None and quantity is None:
        return None
    return _Columns(code=code or 0, quantity=quantity)


def _number_and_unit(cell: str) -> tuple[int, str] | None:
    found = _WITH_UNIT.match(_narrow(cell))
    number = parse_quantity(found[1]) if found else None
    return None if found is None or number is None or found[2].lower() in _SIZES else (number, found[2].lower())


def _wanted(number: int, cells: Sequence[str], columns: _Columns, least: int, *, with_units: bool) -> WantedLine | None:
    """The line of a row; None for one without code and quantity, such as a sum at the end."""
    code = cells[columns.code].strip() if columns.code < len(cells) else ""
    rest = [cell.strip() for index, cell in enumerate(cells) if index != columns.code and cell.strip()]
    if columns.quantity is not None:
        rest = [cells[columns.quantity].strip()] if columns.quantity < len(cells) else []
        rest = [cell for cell in rest if cell]
    if not code:
        return None
    fault = fault_of_text(code) or next(filter(None, map(fault_of_value, rest)), "")
    if fault:
        return WantedLine(row=number, code=plain(code), written=plain(rest[-1]) if rest else "", reason=fault)
    if not rest:
        return WantedLine(row=number, code=code)
    quantity = next((found for cell in reversed(rest) if (found := parse_quantity(cell)) is not None), None)
    unit = ""
    with_unit = next((pair for cell in reversed(rest) if (pair := _number_and_unit(cell))), None)
    if quantity is None and with_units and with_unit:
        quantity, unit = with_unit
    if quantity is None:
        reason = _("“%(text)s” is not a whole number.") % {"text": rest[-1]}
        return WantedLine(row=number, code=code, written=rest[-1], reason=reason)
    if not least <= quantity <= MAX_QUANTITY:
        most = number_format(MAX_QUANTITY, force_grouping=True)
        reason = _("The quantity must be between %(least)d and %(most)s.") % {"least": least, "most": most}
        return WantedLine(row=number, code=code, written=str(quantity), reason=reason)
    return WantedLine(row=number, code=code, quantity=quantity, written=str(quantity), unit=unit)


MAX_QUANTITY = 10_000_000
"""The largest quantity of one line, wherever it is entered."""
