"""Codes and numbers of things as one part of an address, whatever characters they have.

A company's own codes have slashes (`A/100`), per cent signs and dots. A slash in a path is a boundary even where it is
escaped, since servers unescape a path before it is matched: what would be read wrongly is escaped once more.
"""

import re
from urllib.parse import quote, unquote

NULL, UNKNOWN = "\x00", "\ufffd"
LONGEST_NUMBER = 18
_MISREAD = re.compile(r"[%/\\]|^\.{1,2}$")


def to_path_segment(code: str) -> str:
    """The code as one part of a path, before the escaping that every address gets."""
    return _MISREAD.sub(lambda found: "".join(f"%{ord(letter):02X}" for letter in found[0]), code)


def from_path_segment(segment: str) -> str:
    """The code that a part of a path means; never with a NUL, which PostgreSQL has no text for."""
    return unquote(segment).replace(NULL, UNKNOWN)


def path_to(pattern: str, code: str) -> str:
    """The address of a thing, for texts that are built where no URLconf is loaded: `path_to("/orders/{}/", number)`."""
    return pattern.format(quote(to_path_segment(code), safe=""))


def whole_number(text: str) -> int | None:
    """The number of a row or an edition, as an address or a form carries it; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER else None


class CodeConverter:
    """`<code:number>` in a URLconf."""

    regex = "[^/]+"

    def to_python(self, value: str) -> str:
        return from_path_segment(value)

    def to_url(self, value: object) -> str:
        return to_path_segment(str(value))
