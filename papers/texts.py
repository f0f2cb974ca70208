"""Texts as they may stand on a paper, whoever wrote them."""

import re
import unicodedata

MOST_CHARACTERS = 600
_UNSEEN = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Marks that turn the direction of what stands beside them, so that a number reads otherwise than it is."""
_UNBROKEN = re.compile(r"[!-~\u00a1-\u1fff]{24}(?=[!-~\u00a1-\u1fff])")
_BREAK = "\u200b"


def clean(text: str) -> str:
    """In one line, without control characters, not endless; a long run without a space can be broken."""
    kept = "".join(
        " " if unicodedata.category(sign) in {"Cc", "Zl", "Zp", "Cs"} else sign for sign in text if sign not in _UNSEEN
    )
    kept = " ".join(kept.split())
    if len(kept) > MOST_CHARACTERS:
        kept = f"{kept[: MOST_CHARACTERS - 1]}…"
    return _UNBROKEN.sub(lambda run: f"{run[0]}{_BREAK}", kept)
