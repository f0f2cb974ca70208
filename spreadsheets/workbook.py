"""Rows of one sheet of a workbook, read by a child process that is bounded in memory and seconds."""

import json
import marshal
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from confined.process import confined_process
from spreadsheets.options import ReadOptions, UnreadableFile
from spreadsheets.slots import reading_slot
from workbooks.limits import WorkbookLimits

Rows = list[tuple[int, list[str]]]


@dataclass(frozen=True, kw_only=True)
class OpenedSheet:
    """`shows_formats` where leading zeros that only a format shows are read, and errors are seen."""

    name: str
    hidden: tuple[str, ...]
    visible: tuple[str, ...]
    shows_formats: bool
    rows: Iterator[Rows]


def open_workbook(path: Path, options: ReadOptions) -> OpenedSheet:
    """Begin to read the sheet: ISO dates, numbers with the given decimal mark, no row that is empty.

    Raises UnreadableFile, also while the rows are walked.
    """
    received = _messages(path, options)
    word, what = next(received)
    if word != "sheet":
        raise UnreadableFile(_damaged())
    name, hidden, visible, shows_formats = what
    rows = (found for _word, found in received)
    return OpenedSheet(name=name, hidden=tuple(hidden), visible=tuple(visible), shows_formats=shows_formats, rows=rows)


def _messages(path: Path, options: ReadOptions) -> Iterator[tuple[str, Any]]:
    """What the child says, until it has come to the end."""
    limits = options.limits
    slot: AbstractContextManager[None] = reading_slot() if limits.is_shared else nullcontext()
    request = json.dumps(_request(path, options))
    with slot, confined_process("workbooks", request, seconds=limits.seconds) as child:
        while True:
            word, what = _next_message(child)
            if word == "end":
                return
            if word == "fault":
                text, values, row = what
                raise UnreadableFile(_(text) % values if values else _(text), row=row)
            yield word, what


def _next_message(child: "subprocess.Popen[bytes]") -> tuple[str, Any]:
    try:
        message: tuple[str, Any] = marshal.load(child.stdout)  # type: ignore[arg-type]  # noqa: S302 - it is a pipe, from our own program
    except (EOFError, ValueError, TypeError) as error:  # it was killed, perhaps in the middle of a word
        raise UnreadableFile(
            _("The file takes too long or too much memory to be read. Split it, or save it as CSV.")
        ) from error
    return message


def _request(path: Path, options: ReadOptions) -> dict[str, Any]:
    limits = options.limits
    child = WorkbookLimits(
        content_bytes=limits.content_bytes,
        rows=limits.rows,
        columns=limits.columns,
        cell_characters=limits.cell_characters,
        strings=limits.strings,
        memory_bytes=limits.memory_bytes,
        seconds=limits.seconds,
    )
    return {
        "path": str(path.resolve()),
        "sheet": options.sheet,
        "decimal_mark": options.decimal_mark,
        "limits": asdict(child),
    }


def _damaged() -> str:
    return _("This is not a workbook that can be read, or it is damaged.")
