"""An XLSX workbook: its sheets, its strings, the formats of its cells, and the rows of one sheet."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from workbooks.faults import DAMAGED, NO_SHEET, TOO_MUCH, UNKNOWN_SHEET, WorkbookFault
from workbooks.formats import PLAIN, Format, format_of
from workbooks.limits import MOST_FORMATS, WorkbookLimits
from workbooks.package import Package, read_xml
from workbooks.sheet import Row, SheetReader, unescaped

_EPOCHS = {False: dt.datetime(1899, 12, 30), True: dt.datetime(1904, 1, 1)}  # noqa: DTZ001 - cells have no zone
_ON = {"1", "true", "on"}
_IN_A_STRING = 20
"""So many elements a text of several letterings has on the average."""
_RELATION = re.compile(r"(^|:)id$")


@dataclass
class Sheet:
    name: str
    part: str
    hidden: bool


@dataclass
class Workbook:
    """What the parts that describe say. `formats` are those of the cells, by their number."""

    package: Package
    limits: WorkbookLimits
    sheets: list[Sheet] = field(default_factory=list)
    formats: list[Format] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    since_1904: bool = False
    styles_part: str = ""
    strings_part: str = ""


def open_workbook(path: Path, limits: WorkbookLimits) -> Workbook:
    """Read what describes the workbook. Raises WorkbookFault."""
    package = Package(path, limits.content_bytes)
    roots = [part for kind, part in package.relations("").values() if kind == "officeDocument"]
    main = roots[0] if roots else "xl/workbook.xml"
    book = Workbook(package, limits)
    relations = package.relations(main)
    _read_sheets(book, main, relations)
    parts = dict(relations.values())
    book.styles_part, book.strings_part = parts.get("styles", ""), parts.get("sharedStrings", "")
    return book


def sheet_to_read(book: Workbook, wanted: str) -> Sheet:
    """The sheet of that name, else the first one that is not hidden. Raises WorkbookFault."""
    if not book.sheets:
        raise WorkbookFault(NO_SHEET)
    if wanted:
        for sheet in book.sheets:
            if sheet.name == wanted:
                return sheet
        names = ", ".join(sheet.name for sheet in book.sheets)
        raise WorkbookFault(UNKNOWN_SHEET, {"sheet": wanted, "names": names})
    return next((sheet for sheet in book.sheets if not sheet.hidden), book.sheets[0])


def rows_of(book: Workbook, sheet: Sheet, decimal_mark: str) -> Iterator[list[Row]]:
    """The rows that hold something, many at a time, with their numbers."""
    if book.styles_part and book.package.has(book.styles_part):
        _read_formats(book)
    if book.strings_part and book.package.has(book.strings_part):
        _read_strings(book)
    reader = SheetReader(book.strings, book.formats, book.limits, decimal_mark, _EPOCHS[book.since_1904])
    yield from reader.rows(book.package.chunks(sheet.part, book.limits.content_bytes))


def _read_sheets(book: Workbook, main: str, relations: Mapping[str, tuple[str, str]]) -> None:
    def start(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "workbookPr":
            book.since_1904 = attributes.get("date1904", "") in _ON
        elif tag == "sheet":
            identifier = next((value for name, value in attributes.items() if _RELATION.search(name)), "")
            kind, part = relations.get(identifier, ("", ""))
            if kind == "worksheet":
                hidden = attributes.get("state", "visible") != "visible"
                book.sheets.append(Sheet(attributes.get("name", ""), part, hidden))

    read_xml(book.package.chunks(main), start)


def _read_formats(book: Workbook) -> None:
    codes: dict[int, str] = {}
    known: dict[str, Format] = {}
    seen = 0
    inside = False

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal inside, seen
        if tag in {"numFmt", "xf"}:
            seen += 1
            if seen > MOST_FORMATS * 2:
                raise WorkbookFault(TOO_MUCH)
        if tag == "numFmt":
            codes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            inside = True
        elif tag == "xf" and inside:
            identifier = attributes.get("numFmtId", "0")
            found = known.get(identifier)
            if found is None:
                found = format_of(int(identifier), codes)
                found = known[identifier] = PLAIN if found == PLAIN else found
            book.formats.append(found)

    def end(tag: str) -> None:
        nonlocal inside
        inside = inside and tag != "cellXfs"

    try:
        read_xml(book.package.chunks(book.styles_part), start, end)
    except ValueError as error:
        raise WorkbookFault(DAMAGED) from error


class _SharedStrings:
    """The texts that cells share. How a text is pronounced is no part of it."""

    def __init__(self, strings: list[str], most: int) -> None:
        self.strings, self.most = strings, most
        self.parts: list[str] = []
        self.is_text = False
        self.pronounced = 0

    def start(self, tag: str, _attributes: Mapping[str, str]) -> None:
        if tag == "t":
            self.is_text = not self.pronounced
        elif tag == "rPh":
            self.pronounced += 1
        elif tag == "si":
            if len(self.strings) >= self.most:
                raise WorkbookFault(TOO_MUCH)
            self.parts.clear()

    def end(self, tag: str) -> None:
        if tag == "t":
            self.is_text = False
        elif tag == "rPh":
            self.pronounced -= 1
        elif tag == "si":
            self.strings.append(unescaped("".join(self.parts)))

    def text(self, data: str) -> None:
        if self.is_text:
            self.parts.append(data)


def _read_strings(book: Workbook) -> None:
    shared = _SharedStrings(book.strings, book.limits.strings)
    chunks = book.package.chunks(book.strings_part, book.limits.content_bytes)
    read_xml(chunks, shared.start, shared.end, shared.text, most=book.limits.strings * _IN_A_STRING)
