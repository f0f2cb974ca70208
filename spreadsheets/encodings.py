"""Which encoding a text file is in: UTF-8, UTF-16 with a mark, GB18030; anything else must be named."""

import codecs
import re
from collections.abc import Callable
from typing import IO

from django.utils.translation import gettext as _

from spreadsheets.options import UnreadableFile

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WORDS = re.compile(r"[^\W\d_]+|[\u3000-\u303f\uff00-\uffef]")
_CHUNK = 1 << 20
_COMMON = 0.25
_MOST_ALONE = 0.3
_FIRST, _SIGNS, _LEVEL = 0xA1, 0xA3, (0xB0, 0xD7)
Opener = Callable[[], IO[bytes]]


def find_encoding(open_stream: Opener) -> str:
    """The encoding of a file, which is read to its end. Raises UnreadableFile where it is none of those above."""
    with open_stream() as stream:
        head = stream.read(_CHUNK)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if b"\0" in head:
        raise UnreadableFile(_("This is not a text file. Use CSV, gzipped CSV or XLSX."))
    if _is_in(open_stream, "utf-8"):
        return "utf-8"
    if _is_in(open_stream, "gb18030") and _looks_chinese(head):
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


def refuse_contradiction(declared: str, open_stream: Opener) -> None:
    """Raise UnreadableFile for a text in UTF-8 that is declared to be in something else: it would be read as noise."""
    try:
        known = codecs.lookup(declared).name
    except LookupError:
        return
    if known.startswith("utf"):
        return
    with open_stream() as stream:
        head = stream.read(_CHUNK)
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), "")
    if marked or (_has_high_bytes(open_stream) and _is_in(open_stream, "utf-8")):
        raise UnreadableFile(
            _("The encoding is said to be %(name)s, but the text is %(found)s. Leave the encoding out.")
            % {"name": declared, "found": marked or "utf-8"}
        )


def _has_high_bytes(open_stream: Opener) -> bool:
    with open_stream() as stream:
        while chunk := stream.read(_CHUNK):
            if not chunk.isascii():
                return True
    return False


def _looks_chinese(head: bytes) -> bool:
    """Whether what GB18030 makes of the bytes is Chinese, rather than Western or Cyrillic text misread.

    Of Chinese text much is in the common characters (the first level of GB 2312), and even a rare one stands among
    others. Misread, an umlaut swallows the letter behind it and stands between Latin letters; Cyrillic becomes rare
    characters only.
    """
    text = codecs.getincrementaldecoder("gb18030")("ignore").decode(head)
    words = [word for word in _WORDS.findall(text) if not word.isascii()]
    wide = [(letter, word) for word in words for letter in word if not letter.isascii()]
    if not wide:
        return False
    common = sum(_is_common(letter) for letter, _word in wide)
    alone = sum(_is_alone(word) for word in words)
    return common >= _COMMON * len(wide) and alone <= _MOST_ALONE * len(words)


def _is_common(letter: str) -> bool:
    """Of the first level of GB 2312, or its punctuation."""
    pair = letter.encode("gb18030")
    return (
        len(pair) == len("xy")
        and pair[1] >= _FIRST
        and (_FIRST <= pair[0] <= _SIGNS or _LEVEL[0] <= pair[0] <= _LEVEL[1])
    )


def _is_alone(word: str) -> bool:
    """A single character that is not common, with Latin letters around it."""
    letters = [letter for letter in word if not letter.isascii()]
    return len(letters) == 1 and len(word) > 1 and not _is_common(letters[0])
