"""How a file is read, and how much of it, so that a small upload cannot fill the memory or the disk."""

import io
from dataclasses import dataclass, field
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import InvalidInput, Message


class UnreadableFile(InvalidInput):
    """A file, or one of its rows, cannot be read as a table at all. `row` is 0 where the whole file is meant."""

    code = "unreadable_file"
    default_message = gettext_lazy("This file cannot be read.")

    def __init__(self, message: Message = "", *, row: int = 0) -> None:
        super().__init__(message)
        self.row = row


@dataclass(frozen=True, kw_only=True)
class Limits:
    """`content_bytes` counts what a compressed file holds, not its size on the disk.

    Workbooks are read in a process of their own with so much memory and so many seconds of the processor; `strings` are
    the texts that their cells share. `is_shared`: no more than FILES_READ_AT_ONCE of them are read at once, and the others wait.
    """

    content_bytes: int = 1_500_000_000
    rows: int = 20_000_000
    columns: int = 1_000
    cell_characters: int = 100_000
    strings: int = 20_000_000
    memory_bytes: int = 3_000_000_000
    seconds: int = 900
    is_shared: bool = False


class CountedStream(io.RawIOBase):
    """A binary stream that stops when more comes out of it than the limit allows."""

    def __init__(self, inner: IO[bytes], limit: int) -> None:
        super().__init__()
        self._inner = inner
        self._left = limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]  # the stub asks for a private type
        data = self._inner.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise UnreadableFile(_("The file is too large. Split it into several files."))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._inner.close()
        super().close()


@dataclass(frozen=True, kw_only=True)
class ReadOptions:
    """How a file is to be read; what is left empty is found out from the file.

    `header_row` counts as a spreadsheet does, from 1. `columns` names the columns of a file without a head.
    `decimal_mark` is how a number of a workbook is written out, so that it reads like the text cells beside it.
    """

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_row: int = 1
    columns: tuple[str, ...] = ()
    decimal_mark: str = "."
    limits: Limits = field(default_factory=Limits)
