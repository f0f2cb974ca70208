"""Initials by which a Chinese name is found: 北京华联 is bjhl."""

from pypinyin import Style, lazy_pinyin

LONGEST = 64


def pinyin_initials(name: str) -> str:
    """The first letters of the syllables; what is not Chinese stays as it is, in small letters."""
    letters = lazy_pinyin(name, style=Style.FIRST_LETTER, errors=lambda text: list(text.replace(" ", "")))
    return "".join(letters).lower()[:LONGEST]
