"""Exactly what is filtered, as a file: CSV as a stream, XLSX row by row into a temporary file."""

import csv
from collections.abc import Iterator, Sequence
from tempfile import NamedTemporaryFile
from typing import Any

from defusedcsv import csv as safe_csv
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell

from core.tables import ListTable, MoneyColumn

FORMATS = ("csv", "xlsx")
BYTE_ORDER_MARK = "\ufeff"  # without it, spreadsheets take the file for their country's old encoding
MOST_ROWS = 1_048_575  # of an XLSX sheet, below its head

Batches = Iterator[Sequence[Any]]


def export_response(kind: str, *, name: str, table_class: type[ListTable], batches: Batches) -> HttpResponseBase:
    """The file as an answer. Cells that a spreadsheet would read as a formula become plain text."""
    filename = f"{name}-{timezone.localdate().isoformat()}.{kind}"
    lines = _lines(table_class, batches)
    if kind == "xlsx":
        return FileResponse(_workbook(lines), as_attachment=True, filename=filename)
    response = StreamingHttpResponse(_csv(lines), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _lines(table_class: type[ListTable], batches: Batches) -> Iterator[list[Any]]:
    """The head once, also of an empty list, then every row, as django-tables2 gives values rather than HTML.

    Where there are amounts, their currency stands in a column of its own at the end.
    """
    empty = table_class([])
    money = next((column.column for column in empty.columns if isinstance(column.column, MoneyColumn)), None)
    yield [*next(empty.as_values(exclude_columns=("tick",))), *([str(_("Currency"))] if money else [])]
    for rows in batches:
        lines = table_class(rows).as_values(exclude_columns=("tick",))
        next(lines)
        if money is None:
            yield from lines
        else:
            yield from ([*line, money.currency_of(row)] for line, row in zip(lines, rows, strict=True))


class Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _csv(lines: Iterator[list[Any]]) -> Iterator[str]:
    writer = safe_csv.writer(Echo(), quoting=csv.QUOTE_MINIMAL)
    yield BYTE_ORDER_MARK
    for line in lines:
        yield writer.writerow(line)


def _workbook(lines: Iterator[list[Any]]) -> Any:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for number, line in enumerate(lines):
        if number > MOST_ROWS:
            break
        sheet.append([_cell(sheet, value) for value in line])
    file = NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 - the response closes it when it is sent
    book.save(file)
    file.seek(0)
    return file


def _cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, str):
        text = ILLEGAL_CHARACTERS_RE.sub("", value)  # signs that the format has no way to write
        if not text.startswith("="):
            return text
        cell = WriteOnlyCell(sheet, text)  # as text, which needs no sign in front to be no formula
        cell.data_type = "s"
        return cell
    return value if isinstance(value, int | float) or hasattr(value, "is_finite") else str(value or "")
