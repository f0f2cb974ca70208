"""Which encoding a text file is in: UTF-8, UTF-16 with a mark, GB18030; anything else must be named."""

import codecs
import re
from collections.abc import Callable
from typing import IO

from django.utils.translation import gettext as _

from core.spreadsheets.options import UnreadableFile

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HIGH_BYTES = re.compile(rb"[\x80-\xff]+")
_CHUNK = 1 << 20
_SHARE_OF_PAIRS = 0.9
Opener = Callable[[], IO[bytes]]


def find_encoding(open_stream: Opener) -> str:
    """The encoding of a file, which is read to its end. Raises UnreadableFile where it is none of those above."""
    with open_stream() as stream:
        head = stream.read(_CHUNK)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if b"\0" in head:
        raise UnreadableFile(_("This is not a text file. CSV, gzipped CSV and XLSX can be read."))
    if _is_in(open_stream, "utf-8"):
        return "utf-8"
    if _looks_chinese(head) and _is_in(open_stream, "gb18030"):
        return "gb18030"
    raise UnreadableFile(
        _(
            "The text is neither UTF-8 nor GB18030. Save it as UTF-8, or name its encoding in the profile "
            "(encoding = “cp1252”)."
        )
    )


def _is_in(open_stream: Opener, encoding: str) -> bool:
    """Whether every byte of the file is text in that encoding."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    with open_stream() as stream:
        try:
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _looks_chinese(head: bytes) -> bool:
    """Chinese characters are pairs of high bytes; in Western text a high byte mostly stands alone."""
    runs = [len(run) for run in _HIGH_BYTES.findall(head)]
    return sum(length % 2 == 0 for length in runs) >= _SHARE_OF_PAIRS * len(runs)
