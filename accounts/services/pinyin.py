"""Initials by which a Chinese name is found: 北京华联 is bjhl."""

from pypinyin import Style, lazy_pinyin

LONGEST = 64


def pinyin_initials(name: str) -> str:
    """The first letters of the syllables; what is not Chinese stays as it is, in small letters."""
    letters = lazy_pinyin(name, style=Style.FIRST_LETTER)
    return "".join("".join(letters).split()).lower()[:LONGEST]
