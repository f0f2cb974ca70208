"""A file as a table: a head and numbered rows of text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from django.utils.translation import gettext as _

from core.spreadsheets.errors import UnreadableFile
from core.spreadsheets.options import ReadOptions
from core.spreadsheets.text import text_chunks
from core.spreadsheets.workbook import ZIP_MARK, workbook_chunks

_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, kw_only=True)
class RowFault:
    """A row that does not fit its head."""

    row: int
    cells: Sequence[str]
    reason: str


NumberedRows = list[tuple[int, list[str]]]


@dataclass(kw_only=True)
class Table:
    """`chunks` can be walked once; rows that do not fit are left out of it and kept in `faults`."""

    headers: tuple[str, ...]
    chunks: Iterator[NumberedRows]
    faults: list[RowFault] = field(default_factory=list)

    @property
    def rows(self) -> Iterator[tuple[int, list[str]]]:
        return chain.from_iterable(self.chunks)


def open_table(path: Path, options: ReadOptions | None = None) -> Table:
    """Open a file by what it holds, not by its name. Rows are numbered as in a spreadsheet, empty ones left out.

    Raises UnreadableFile at once for a file that is no table, and while walking it where it breaks off.
    """
    options = options or ReadOptions()
    chunks = _numbered(_records(path, options))
    headers, rest = _headers(chunks, options)
    table = Table(headers=headers, chunks=iter(()))
    table.chunks = _fitting(chain([rest], chunks), table, options)
    return table


def _records(path: Path, options: ReadOptions) -> Iterator[list[list[str]]]:
    try:
        with path.open("rb") as stream:
            head = stream.read(4)
    except OSError as error:
        raise UnreadableFile(_("The file cannot be opened.")) from error
    if not head:
        raise UnreadableFile(_("The file is empty."))
    if head == _OLD_EXCEL:
        raise UnreadableFile(_("This is the old Excel format. Save the file as .xlsx."))
    return workbook_chunks(path, options) if head == ZIP_MARK else text_chunks(path, options)


def _numbered(chunks: Iterator[list[list[str]]]) -> Iterator[NumberedRows]:
    first = 1
    for chunk in chunks:
        yield list(enumerate(chunk, first))
        first += len(chunk)


def _headers(chunks: Iterator[NumberedRows], options: ReadOptions) -> tuple[tuple[str, ...], NumberedRows]:
    """The names of the columns, and what of the file was read with them."""
    for chunk in chunks:
        for place, (number, cells) in enumerate(chunk):
            if number == options.header_row:
                if options.columns:
                    return options.columns, chunk[place:]
                if len(cells) > options.limits.columns:
                    raise UnreadableFile(
                        _("There are more than %(limit)s columns.") % {"limit": options.limits.columns}
                    )
                return _distinct([" ".join(cell.split()) for cell in cells]), chunk[place + 1 :]
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


def _fitting(chunks: Iterator[NumberedRows], table: Table, options: ReadOptions) -> Iterator[NumberedRows]:
    """Rows as wide as the head, without empty ones. Rows that are too wide become faults."""
    width = len(table.headers)
    for chunk in chunks:
        if chunk and chunk[-1][0] > options.limits.rows:
            raise UnreadableFile(_("There are more than %(limit)s rows.") % {"limit": options.limits.rows})
        yield [
            (number, cells) if len(cells) == width else (number, _widened(cells, width))
            for number, cells in chunk
            if any(cells) and (len(cells) <= width or _fits(table, number, cells))
        ]


def _widened(cells: list[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))][:width]


def _fits(table: Table, number: int, cells: list[str]) -> bool:
    width = len(table.headers)
    if any(cells[width:]):
        reason = _("The row has %(found)s cells, the head has %(expected)s.") % {"found": len(cells), "expected": width}
        table.faults.append(RowFault(row=number, cells=cells[:width], reason=reason))
        return False
    return True
