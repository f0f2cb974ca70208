"""Profiles that were made from a mapping, kept for the next file of the same make."""

import re

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

_FOLDER = "imports/profiles"
_UNSAFE = re.compile(r"[^\w\- ]+")


def save_profile(name: str, text: str) -> str:
    """Keep a profile under its name; an older one of that name is replaced. Returns the name as it is kept."""
    plain = _UNSAFE.sub(" ", name).strip()[:80] or "profile"
    path = f"{_FOLDER}/{plain}.toml"
    default_storage.delete(path)
    default_storage.save(path, ContentFile(text.encode()))
    return plain


def saved_profiles() -> list[str]:
    if not default_storage.exists(_FOLDER):
        return []
    return sorted(name.removesuffix(".toml") for name in default_storage.listdir(_FOLDER)[1] if name.endswith(".toml"))


def saved_profile(name: str) -> str | None:
    """The text of a kept profile; None where there is none of that name."""
    if name not in saved_profiles():
        return None
    with default_storage.open(f"{_FOLDER}/{name}.toml", "rb") as stream:
        text: str = stream.read().decode()
    return text
