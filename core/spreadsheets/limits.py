"""How much of a file is taken, so that a small upload cannot fill the memory or the disk."""

import io
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _

from core.spreadsheets.errors import UnreadableFile


@dataclass(frozen=True, kw_only=True)
class Limits:
    """`content_bytes` counts what a compressed file holds, not its size on the disk."""

    content_bytes: int = 1_500_000_000
    rows: int = 20_000_000
    columns: int = 1_000
    cell_characters: int = 100_000


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
            raise UnreadableFile(_("The file holds more than is allowed. Split it into several files."))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._inner.close()
        super().close()
