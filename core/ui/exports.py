"""Exactly what is filtered, as a file: CSV as a stream, XLSX row by row into a temporary file."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from tempfile import NamedTemporaryFile
from typing import Any

from defusedcsv import csv as safe_csv
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell

from core.errors import Message
from core.tables import ListTable, MoneyColumn

FORMATS = ("csv", "xlsx")
LINES = "lines"
"""The lines of the documents of a list, as CSV: an XLSX file has them on its second sheet."""
BYTE_ORDER_MARK = "\ufeff"  # without it, spreadsheets take the file for their country's old encoding
MOST_ROWS = 1_048_575  # of an XLSX sheet, below its head
_NO_TITLE = re.compile(r"[\[\]:*?/\\]")
_MOST_TITLE = 31
_DAY, _MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"

Batches = Iterator[Sequence[Any]]


@dataclass(frozen=True)
class ExportSheet:
    """A table of a file without the columns `hidden` from the reader; `batches` gives its rows anew, some at a time."""

    title: Message
    table_class: type[ListTable]
    batches: Callable[[], Batches]
    hidden: tuple[str, ...] = ()
    reader: Any = None

    def table(self, rows: Sequence[Any]) -> ListTable:
        return self.table_class(rows, exclude=self.hidden, reader=self.reader)


def export_response(kind: str, *, name: str, sheets: Sequence[ExportSheet]) -> HttpResponseBase:
    """The file as an answer. Cells that a spreadsheet would read as a formula become plain text.

    An XLSX file has all sheets; of CSV each is a file of its own: the second is asked for as LINES.
    """
    day = timezone.localdate().isoformat()
    if kind == "xlsx":
        return FileResponse(_workbook(sheets), as_attachment=True, filename=f"{name}-{day}.xlsx")
    sheet = sheets[1] if kind == LINES else sheets[0]
    filename = f"{name}-{LINES}-{day}.csv" if kind == LINES else f"{name}-{day}.csv"
    response = StreamingHttpResponse(_csv(_lines(sheet)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _lines(sheet: ExportSheet) -> Iterator[list[Any]]:
    """The head once, also of an empty list, then every row, as django-tables2 gives values rather than HTML.

    Where there are amounts, their currency stands in a column of its own, at the end where the table has none.
    """
    empty = sheet.table([])
    money = next((column.column for column in empty.columns.iterall() if isinstance(column.column, MoneyColumn)), None)
    if "currency" in empty.columns.names():
        money = None
    heads = [capfirst(str(head)) for head in next(empty.as_values(exclude_columns=("tick",)))]
    yield [*heads, *([str(_("Currency"))] if money else [])]
    for rows in sheet.batches():
        lines = sheet.table(rows).as_values(exclude_columns=("tick",))
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
        yield writer.writerow([_text(value) for value in line])


def _text(value: Any) -> Any:
    if not isinstance(value, datetime):
        return value
    local = _local(value)
    return local.strftime("%Y-%m-%d %H:%M:%S" if local.second else "%Y-%m-%d %H:%M")


def _local(moment: datetime) -> datetime:
    """As a clock on the wall shows it; a file knows no zones, nor parts of a second."""
    here = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return here.replace(tzinfo=None, microsecond=0)


def _workbook(sheets: Sequence[ExportSheet]) -> Any:
    book = Workbook(write_only=True)
    for one in sheets:
        sheet = book.create_sheet(_NO_TITLE.sub(" ", str(one.title))[:_MOST_TITLE])
        for number, line in enumerate(_lines(one)):
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
    if isinstance(value, date):
        is_moment = isinstance(value, datetime)
        local = _local(value) if isinstance(value, datetime) else datetime.combine(value, time.min)
        cell = WriteOnlyCell(sheet, local)
        cell.number_format = _MOMENT if is_moment else _DAY
        return cell
    return value if isinstance(value, int | float) or hasattr(value, "is_finite") else str(value or "")
