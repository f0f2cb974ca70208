"""Search keys of names."""

from pypinyin import Style, lazy_pinyin

MAX_LENGTH = 64


def pinyin_initials(text: str) -> str:
    """The first letters by which Chinese readers search a name: 上海恒通 is `shht`. Latin letters and digits stay."""
    parts = lazy_pinyin(text, style=Style.FIRST_LETTER)
    return "".join(letter for letter in "".join(parts).lower() if letter.isalnum())[:MAX_LENGTH]
