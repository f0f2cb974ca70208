"""Texts that can be stored, and sent back as UTF-8."""

import re
from typing import Any

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def is_storable(text: str) -> bool:
    """Neither a NUL, which PostgreSQL has no text with, nor half of a surrogate pair, which no encoding can write."""
    return _UNSTORABLE.search(text) is None


class UnstorableRow(dict[str, Any]):
    """What is left of a row with a text that cannot be stored, and where that stands."""

    path: str

    @classmethod
    def of(cls, row: Any, path: str) -> "UnstorableRow":
        names = row if isinstance(row, dict) else {}
        kept = cls({name: row[name] for name in names if is_storable(name) and unstorable_path(row[name]) is None})
        kept.path = path
        return kept


def unstorable_path(value: Any, path: str = "") -> str | None:
    """The dotted path of the first text in a JSON value that cannot be stored, None where there is none.

    A name of a field that cannot be stored has the path of what it stands in, which is empty for the whole.
    """
    if isinstance(value, str):
        return None if is_storable(value) else path
    inner: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in inner:
        if isinstance(name, str) and not is_storable(name):
            return path
        found = unstorable_path(part, f"{path}.{name}" if path else str(name))
        if found is not None:
            return found
    return None
