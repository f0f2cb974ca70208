"""A file as a table: a head and numbered rows of text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from django.utils.translation import gettext as _

from spreadsheets.cells import plain
from spreadsheets.options import ReadOptions, UnreadableFile
from spreadsheets.text import text_chunks
from spreadsheets.workbook import open_workbook

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_WEB_PAGE = re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype|html|table|\?xml|head|meta)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class RowFault:
    """A row that does not fit its head."""

    row: int
    cells: Sequence[str]
    reason: str


@dataclass(frozen=True)
class Chunk:
    """Rows that were read together: `records[i]` is row `numbers[i]` of the file."""

    numbers: Sequence[int]
    records: list[list[str]]


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where the rows come from: of a workbook the name of the sheet, of those that are hidden, and of those that are not.

    `shows_formats` is false for a format of which leading zeros that only a format shows cannot be read.
    """

    sheet: str = ""
    hidden: tuple[str, ...] = ()
    visible: tuple[str, ...] = ()
    shows_formats: bool = True


@dataclass(kw_only=True)
class Table:
    """`chunks` can be walked once; rows that do not fit are left out of it and kept in `faults`."""

    headers: tuple[str, ...]
    chunks: Iterator[Chunk]
    source: Source = Source()
    faults: list[RowFault] = field(default_factory=list)

    @property
    def rows(self) -> Iterator[tuple[int, list[str]]]:
        return chain.from_iterable(zip(chunk.numbers, chunk.records, strict=True) for chunk in self.chunks)


def open_table(path: Path, options: ReadOptions | None = None) -> Table:
    """Open a file by what it holds, not by its name. Rows are numbered as in a spreadsheet, empty ones left out.

    Raises UnreadableFile at once for a file that is no table, and while walking it where it breaks off.
    """
    options = options or ReadOptions()
    source, chunks = open_rows(path, options)
    headers, rest = _headers(chunks, options)
    table = Table(headers=headers, chunks=iter(()), source=source)
    table.chunks = _fitting(chain([rest], chunks), table, options)
    return table


def open_rows(path: Path, options: ReadOptions) -> tuple[Source, Iterator[Chunk]]:
    """The rows of a file as they are, with their numbers, the head among them. Raises UnreadableFile as open_table."""
    try:
        with path.open("rb") as stream:
            head = stream.read(64)
    except OSError as error:
        raise UnreadableFile(_("The file cannot be opened.")) from error
    if not head:
        raise UnreadableFile(_("The file is empty."))
    if _WEB_PAGE.match(head):
        raise UnreadableFile(
            _(
                "This is a web page or XML, whatever its name says. Open it in a spreadsheet program and save it as XLSX."
            )
        )
    if not head.startswith(_WORKBOOKS):
        return Source(), _numbered(text_chunks(path, options))
    opened = open_workbook(path, options)
    source = Source(sheet=opened.name, hidden=opened.hidden, visible=opened.visible, shows_formats=opened.shows_formats)
    return source, (Chunk(*_apart(rows)) for rows in opened.rows)


def _apart(rows: list[tuple[int, list[str]]]) -> tuple[list[int], list[list[str]]]:
    return [number for number, _cells in rows], [cells for _number, cells in rows]


def _numbered(chunks: Iterator[list[list[str]]]) -> Iterator[Chunk]:
    first = 1
    for records in chunks:
        yield Chunk(range(first, first + len(records)), records)
        first += len(records)


def _headers(chunks: Iterator[Chunk], options: ReadOptions) -> tuple[tuple[str, ...], Chunk]:
    """The names of the columns, and what of the file was read with them."""
    for chunk in chunks:
        if options.header_row not in chunk.numbers:
            continue
        place = chunk.numbers.index(options.header_row)
        if options.columns:
            return distinct_names(list(options.columns)), Chunk(chunk.numbers[place:], chunk.records[place:])
        cells = chunk.records[place]
        if len(cells) > options.limits.columns:
            raise UnreadableFile(_("There are more than %(limit)s columns.") % {"limit": options.limits.columns})
        rest = Chunk(chunk.numbers[place + 1 :], chunk.records[place + 1 :])
        return distinct_names([" ".join(plain(cell).split()) for cell in cells]), rest
    raise UnreadableFile(
        _("Row %(row)s, which should hold the column names, does not exist.") % {"row": options.header_row}
    )


def distinct_names(names: Sequence[str]) -> tuple[str, ...]:
    """Names of columns without doubles: the second `Name` is `Name (2)`, one without a name is `Column 5`."""
    seen: dict[str, int] = {}
    result = []
    for position, given in enumerate(names, 1):
        name = given or f"Column {position}"
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(result)


def _fitting(chunks: Iterator[Chunk], table: Table, options: ReadOptions) -> Iterator[Chunk]:
    """Rows as wide as the head, without empty ones. Rows that are too wide become faults."""
    width = len(table.headers)
    for chunk in chunks:
        if chunk.numbers and chunk.numbers[-1] > options.limits.rows:
            raise UnreadableFile(_("There are more than %(limit)s rows.") % {"limit": options.limits.rows})
        if set(map(len, chunk.records)) == {width} and all(map(any, chunk.records)):
            yield chunk
            continue
        fitting = [
            (number, cells if len(cells) == width else _widened(cells, width))
            for number, cells in zip(chunk.numbers, chunk.records, strict=True)
            if any(cells) and (len(cells) <= width or _fits(table, number, cells))
        ]
        yield Chunk([number for number, _cells in fitting], [cells for _number, cells in fitting])


def _widened(cells: list[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))][:width]


def _fits(table: Table, number: int, cells: list[str]) -> bool:
    width = len(table.headers)
    if any(cells[width:]):
        reason = _("The row has %(found)s cells, but the header has %(expected)s.") % {
            "found": len(cells),
            "expected": width,
        }
        table.faults.append(RowFault(row=number, cells=cells[:width], reason=reason))
        return False
    return True
