"""Which encoding a text file is in: UTF-8, UTF-16 with a mark, GB18030; anything else must be named."""

import codecs
import re
from typing import IO

from django.utils.translation import gettext as _

from core.spreadsheets.errors import UnreadableFile

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HIGH_BYTES = re.compile(rb"[\x80-\xff]+")
_CHUNK = 1 << 20
_SHARE_OF_PAIRS = 0.9


def find_encoding(stream: IO[bytes]) -> str:
    """The encoding of a stream, which is read to its end. Raises UnreadableFile where it is none of those above."""
    head = stream.read(_CHUNK)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if b"\0" in head:
        raise UnreadableFile(_("This is not a text file. CSV, gzipped CSV and XLSX can be read."))
    decoders = {name: codecs.getincrementaldecoder(name)("strict") for name in ("utf-8", "gb18030")}
    pairs = runs = 0
    chunk = head
    while chunk and decoders:
        for name in list(decoders):
            if not _decodes(decoders[name], chunk):
                del decoders[name]
        if "utf-8" not in decoders:
            found = [len(run) for run in _HIGH_BYTES.findall(chunk)]
            runs += len(found)
            pairs += sum(1 for length in found if length % 2 == 0)
        chunk = stream.read(_CHUNK)
    if "utf-8" in decoders and _decodes(decoders["utf-8"], b"", final=True):
        return "utf-8"
    if "gb18030" in decoders and pairs >= _SHARE_OF_PAIRS * runs:
        return "gb18030"
    raise UnreadableFile(
        _(
            "The text is neither UTF-8 nor GB18030. Save it as UTF-8, or name its encoding in the profile (encoding "
            "= “cp1252”)."
        )
    )


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True
