"""Rows of one sheet of an XLSX workbook, each cell as the text a CSV export would have."""

import datetime as dt
import warnings
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

from core.spreadsheets.options import ReadOptions, UnreadableFile

ZIP_MARK = b"PK\x03\x04"
CHUNK = 2_000
_BROKEN = (
    InvalidFileException,
    zipfile.BadZipFile,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    IndexError,
    EOFError,
    RuntimeError,
    NotImplementedError,
)


def workbook_chunks(path: Path, options: ReadOptions) -> Iterator[list[list[str]]]:
    """The rows of the sheet, empty ones too, the head included: ISO dates, numbers with the given decimal mark."""
    _refuse_bomb(path, options)
    with path.open("rb") as stream:  # by its content: openpyxl would judge a path by its name
        book = _opened(stream)
        try:
            yield from _chunks(book, options)
        finally:
            book.close()


def _opened(stream: IO[bytes]) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions, which are no concern here
            return openpyxl.load_workbook(stream, read_only=True, data_only=True)
    except _BROKEN as error:
        raise UnreadableFile(_("This is not an XLSX workbook, or it is damaged.")) from error


def _chunks(book: Any, options: ReadOptions) -> Iterator[list[list[str]]]:
    done = 0
    chunk: list[list[str]] = []
    try:
        sheet = _sheet_of(book, options)
        for cells in sheet.iter_rows(values_only=True, max_col=options.limits.columns + 1):
            chunk.append([cell_text(cell, options.decimal_mark) for cell in _trimmed(cells)])
            if len(chunk) == CHUNK:
                done += CHUNK
                yield chunk
                chunk = []
        yield chunk
    except _BROKEN as error:
        raise UnreadableFile(_("The sheet is damaged here."), row=done + len(chunk) + 1) from error


def cell_text(value: Any, decimal_mark: str = ".") -> str:
    """A cell as text: at most fifteen digits, as the spreadsheet shows, and ISO dates."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, float):
        value = Decimal(f"{value:.15g}")
        return f"{value:f}".replace(".", decimal_mark)
    return str(value)


def _trimmed(cells: tuple[Any, ...]) -> tuple[Any, ...]:
    end = len(cells)
    while end and cells[end - 1] is None:
        end -= 1
    return cells[:end]


def _sheet_of(book: Any, options: ReadOptions) -> Any:
    names = [sheet.title for sheet in book.worksheets]
    if options.sheet and options.sheet not in names:
        raise UnreadableFile(
            _("There is no sheet “%(sheet)s”. The workbook has: %(names)s.")
            % {"sheet": options.sheet, "names": ", ".join(names)}
        )
    if not names:
        raise UnreadableFile(_("The workbook has no sheet."))
    return book[options.sheet or names[0]]


def _refuse_bomb(path: Path, options: ReadOptions) -> None:
    """A workbook is a ZIP file: what it says it holds is counted before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError) as error:
        raise UnreadableFile(_("This is not an XLSX workbook, or it is damaged.")) from error
    if size > options.limits.content_bytes:
        raise UnreadableFile(_("The file holds more than is allowed. Split it into several files."))
