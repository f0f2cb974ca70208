"""The codes that somebody may have meant by one that nobody knows: a digit too many, two exchanged, a zero left out."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection
from difflib import SequenceMatcher

NEAREST = 3
LEAST_ALIKE = 0.6
LONGEST = 64
_NO_LETTER = re.compile(r"[^0-9A-Z\u3400-\u9fff]+")
_LEADING_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")


class NearCodes:
    """Known codes, found by what is left of them without one character or without leading zeros.

    Compared are only those that share such a rest, so that a long list pasted into a large catalogue stays quick.
    """

    def __init__(self, codes: Collection[str]) -> None:
        self._by_rest: dict[str, set[str]] = defaultdict(set)
        for code in codes:
            for rest in _rests(code):
                self._by_rest[rest].add(code)

    def of(self, wrong: str) -> list[str]:
        """The three nearest, the most alike first, of equals one with the same characters; none where nothing is alike."""
        plain = _plain(wrong)
        found = set().union(*(self._by_rest.get(rest, set()) for rest in _rests(wrong)))
        alike = {code: SequenceMatcher(None, plain, _plain(code), autojunk=False).ratio() for code in found}
        kept = [code for code, ratio in alike.items() if ratio >= LEAST_ALIKE]
        return sorted(kept, key=lambda code: (-alike[code], sorted(_plain(code)) != sorted(plain), code))[:NEAREST]


def _plain(code: str) -> str:
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", code[:LONGEST]).upper())


def _rests(code: str) -> set[str]:
    plain = _plain(code)
    whole = {plain, _LEADING_ZEROS.sub("", plain)}
    return {rest for text in whole if text for rest in (text, *_without_one(text)) if rest}


def _without_one(text: str) -> list[str]:
    return [text[:place] + text[place + 1 :] for place in range(len(text))] if len(text) > 1 else []
