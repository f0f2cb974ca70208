"""A file as a table: a head and numbered rows of text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from core.spreadsheets.errors import UnreadableFile
from core.spreadsheets.options import ReadOptions
from core.spreadsheets.text import text_rows
from core.spreadsheets.workbook import ZIP_MARK, workbook_rows

_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, kw_only=True)
class RowFault:
    """A row that does not fit its head."""

    row: int
    cells: Sequence[str]
    reason: str


@dataclass(kw_only=True)
class Table:
    """`rows` can be walked once; rows that do not fit are left out of it and kept in `faults`."""

    headers: tuple[str, ...]
    rows: Iterator[tuple[int, list[str]]]
    faults: list[RowFault] = field(default_factory=list)


def open_table(path: Path, options: ReadOptions | None = None) -> Table:
    """Open a file by what it holds, not by its name. Rows are numbered as in a spreadsheet, empty ones left out.

    Raises UnreadableFile at once for a file that is no table, and while walking `rows` where it breaks off.
    """
    options = options or ReadOptions()
    records = enumerate(_records(path, options), 1)
    if options.columns:
        headers = options.columns
        first = options.header_row
    else:
        headers = _headers(records, options)
        first = options.header_row + 1
    table = Table(headers=headers, rows=iter(()))
    table.rows = _rows(records, table, options, first)
    return table


def _records(path: Path, options: ReadOptions) -> Iterator[list[str]]:
    try:
        with path.open("rb") as stream:
            head = stream.read(4)
    except OSError as error:
        raise UnreadableFile(_("The file cannot be opened.")) from error
    if not head:
        raise UnreadableFile(_("The file is empty."))
    if head == _OLD_EXCEL:
        raise UnreadableFile(_("This is the old Excel format. Save the file as .xlsx."))
    return workbook_rows(path, options) if head == ZIP_MARK else text_rows(path, options)


def _headers(records: Iterator[tuple[int, list[str]]], options: ReadOptions) -> tuple[str, ...]:
    for number, cells in records:
        if number == options.header_row:
            if len(cells) > options.limits.columns:
                raise UnreadableFile(_("There are more than %(limit)s columns.") % {"limit": options.limits.columns})
            return _distinct([" ".join(cell.split()) for cell in cells])
    raise UnreadableFile(_("There is no row %(row)s with the names of the columns.") % {"row": options.header_row})


def _distinct(names: list[str]) -> tuple[str, ...]:
    """Names of columns without doubles: the second `Name` is `Name (2)`, one without a name is `Column 5`."""
    seen: dict[str, int] = {}
    result = []
    for position, given in enumerate(names, 1):
        name = given or f"Column {position}"
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(result)


def _rows(
    records: Iterator[tuple[int, list[str]]], table: Table, options: ReadOptions, first: int
) -> Iterator[tuple[int, list[str]]]:
    width = len(table.headers)
    for number, cells in records:
        if number < first or not any(cells):
            continue
        if number - first >= options.limits.rows:
            raise UnreadableFile(_("There are more than %(limit)s rows.") % {"limit": options.limits.rows}, row=number)
        if len(cells) == width:
            yield number, cells
        elif len(cells) < width:
            yield number, cells + [""] * (width - len(cells))
        elif not any(cells[width:]):
            yield number, cells[:width]
        else:
            reason = _("The row has %(found)s cells, the head has %(expected)s.") % {
                "found": len(cells),
                "expected": width,
            }
            table.faults.append(RowFault(row=number, cells=cells[:width], reason=reason))
