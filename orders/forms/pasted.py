"""Codes and quantities as people bring them: pasted from a spreadsheet or a mail, typed, or in a file."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core.errors import Message

MAX_QUANTITY = 1_000_000
_THOUSANDS = re.compile(r"^\d{1,3}(,\d{3})+$")
_WHOLE = re.compile(r"^(\d+)(?:\.0+)?$")
_HEAD = re.compile(r"code|sku|item|barcode|product|编码|编号|条码|产品|商品|货号", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class WantedLine:
    """One row that somebody brought. No quantity where it names none; `reason` says why the row cannot be taken."""

    row: int
    code: str
    quantity: int | None = None
    reason: Message = ""


def parse_pasted(text: str) -> list[WantedLine]:
    """Read lines of a code and a quantity, parted by tab, semicolon, comma or spaces; a heading and empty rows not."""
    return parse_rows(_cells(_narrow(row)) for row in text.splitlines())


def parse_rows(rows: Iterable[Sequence[str]]) -> list[WantedLine]:
    """Read rows of cells: the first filled cell is the code, the last number after it the quantity."""
    wanted: list[WantedLine] = []
    for number, row in enumerate(rows, 1):
        cells = [cell.strip() for cell in row if cell and cell.strip()]
        if not cells or (not wanted and _is_heading(cells)):
            continue
        wanted.append(_wanted(number, cells))
    return wanted


def parse_quantity(text: str) -> int | None:
    """A whole number as people write it (`12`, `1,200`, `12.0`), or None."""
    plain = _narrow(text).lstrip("x×*").strip()
    if _THOUSANDS.match(plain):
        plain = plain.replace(",", "")
    found = _WHOLE.match(plain)
    return int(found.group(1)) if found else None


def _narrow(text: str) -> str:
    """Full-width digits and commas of Chinese keyboards as plain ones, without invisible marks."""
    return unicodedata.normalize("NFKC", text).replace("\u200b", "").replace("\ufeff", "").strip()


def _cells(row: str) -> list[str]:
    for separator in ("\t", ";"):
        if separator in row:
            return row.split(separator)
    if "," in row:
        return row.split(",")
    parts = row.rsplit(maxsplit=1)
    return parts if len(parts) > 1 and parse_quantity(parts[1]) is not None else [row]


def _is_heading(cells: Sequence[str]) -> bool:
    return bool(_HEAD.search(cells[0])) and not any(parse_quantity(cell) is not None for cell in cells)


def _wanted(number: int, cells: Sequence[str]) -> WantedLine:
    code, rest = cells[0], cells[1:]
    if not rest:
        return WantedLine(row=number, code=code)
    quantity = next((found for cell in reversed(rest) if (found := parse_quantity(cell)) is not None), None)
    if quantity is None:
        return WantedLine(row=number, code=code, reason=_("“%(text)s” is not a whole number.") % {"text": rest[-1]})
    if not 1 <= quantity <= MAX_QUANTITY:
        return WantedLine(row=number, code=code, reason=_("The quantity must be between 1 and 1,000,000."))
    return WantedLine(row=number, code=code, quantity=quantity)
