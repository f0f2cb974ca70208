"""Workbooks that are no XLSX: the old Excel format, OpenDocument, binary workbooks. Read by calamine."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import python_calamine as calamine

from workbooks.faults import (
    DAMAGED,
    LONG_CELL,
    NO_SHEET,
    PROTECTED,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    UNKNOWN_SHEET,
    WorkbookFault,
)
from workbooks.limits import WorkbookLimits
from workbooks.marks import TOO_LONG
from workbooks.sheet import MANY, Row

_KEPT_DIGITS = 10**15


def open_legacy(path: Path, wanted: str) -> tuple[Any, str, list[str], list[str]]:
    """The sheet to read, its name, and the names of those that are hidden, and of those that are not. Raises WorkbookFault."""
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
    except calamine.PasswordError as error:
        raise WorkbookFault(PROTECTED) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        with path.open("rb") as stream:  # an XLSX that is encrypted stands in the old container
            is_old = stream.read(4) == b"\xd0\xcf\x11\xe0"
        raise WorkbookFault(PROTECTED if is_old else DAMAGED) from error
    sheets = [entry for entry in book.sheets_metadata if entry.typ == calamine.SheetTypeEnum.WorkSheet]
    if not sheets:
        raise WorkbookFault(NO_SHEET)
    names = [entry.name for entry in sheets]
    hidden = [entry.name for entry in sheets if entry.visible != calamine.SheetVisibleEnum.Visible]
    if wanted and wanted not in names:
        raise WorkbookFault(UNKNOWN_SHEET, {"sheet": wanted, "names": ", ".join(names)})
    name = wanted or next((name for name in names if name not in hidden), names[0])
    return book.get_sheet_by_name(name), name, hidden, [name for name in names if name not in hidden]


def rows_of_legacy(sheet: Any, limits: WorkbookLimits, decimal_mark: str) -> Iterator[list[Row]]:
    """The rows that hold something, many at a time, with their numbers."""
    if sheet.total_height > limits.rows:
        raise WorkbookFault(TOO_MANY_ROWS, {"limit": limits.rows})
    done: list[Row] = []
    for number, values in enumerate(sheet.to_python(skip_empty_area=False), 1):
        cells = [_text(value, decimal_mark) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > limits.columns:
            raise WorkbookFault(TOO_MANY_COLUMNS, {"limit": limits.columns}, row=number)
        if any(len(cell) > limits.cell_characters for cell in cells):
            raise WorkbookFault(LONG_CELL, {"limit": limits.cell_characters}, row=number)
        if cells:
            done.append((number, cells))
        if len(done) >= MANY:
            yield done
            done = []
    yield done


def _text(value: Any, decimal_mark: str) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, int | float):
        number = Decimal(f"{value:.15g}")
        if number == number.to_integral_value():
            text = f"{number:.0f}"
            return f"{TOO_LONG}{text}" if abs(number) >= _KEPT_DIGITS else text
        return f"{number:f}".replace(".", decimal_mark)
    return str(value)
