"""Sentences one after the other, in the reader's language."""

from collections.abc import Iterable

from django.utils.translation import get_language, gettext


def sentence_gap() -> str:
    """What parts two sentences: a space, and nothing in Chinese, whose marks have the width of a character."""
    return "" if (get_language() or "").startswith("zh") else " "


def sentences(texts: Iterable[object]) -> str:
    """Those that are not empty, as one text."""
    return sentence_gap().join(filter(None, map(str, texts)))


def listed(texts: Iterable[object]) -> str:
    """One after the other, parted by the language's mark: a comma, in Chinese 、."""
    return gettext(", ").join(map(str, texts))
