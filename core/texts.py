"""Texts that can be stored, and sent back as UTF-8."""

import re
from typing import Any

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def is_storable(text: str) -> bool:
    """Neither a NUL, which PostgreSQL has no text with, nor half of a surrogate pair, which no encoding can write."""
    return _UNSTORABLE.search(text) is None


def all_storable(value: Any) -> bool:
    """The same of everything in a JSON value, the names of its fields included."""
    if isinstance(value, str):
        return is_storable(value)
    if isinstance(value, dict):
        return all(is_storable(name) and all_storable(inner) for name, inner in value.items())
    if isinstance(value, list):
        return all(map(all_storable, value))
    return True
