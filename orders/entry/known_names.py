"""Products by the words of their names, for what people write instead of a code. Asks nothing of the database."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence

from orders.entry.near_codes import NEAREST

LEAST_ALIKE = 0.34
_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+(?:\.[0-9]+[a-z]*)?")
_HAN = re.compile(r"[\u3400-\u9fff]")
_SIZES = (("公斤", "kg"), ("千克", "kg"), ("毫升", "ml"), ("克", "g"), ("升", "l"))
_SPACED = re.compile(r"(?<=\d)\s+(?=(?:kg|g|ml|l)(?![a-z]))")


class KnownNames:
    """Names, each with its place in the list given; a product may have several."""

    def __init__(self, names: Sequence[Sequence[str]]) -> None:
        self._plain = [[_plain(name) for name in several if name] for several in names]
        self._words: list[frozenset[str]] = []
        self._places: dict[str, set[int]] = defaultdict(set)
        for place, several in enumerate(self._plain):
            words = frozenset(word for name in several for word in _words(name))
            self._words.append(words)
            for word in words:
                self._places[word].add(place)

    def meant(self, text: str) -> list[int]:
        """The places of the names that have every word of the text; the one that is no more than the text goes alone."""
        plain = _plain(text)
        runs = _RUN.findall(plain)
        if not runs or all(len(run) == 1 for run in runs) or all(run.isdigit() for run in runs):
            return []
        first = [self._places.get(run[:2] if _HAN.match(run) else run, set()) for run in runs]
        found = [place for place in sorted(set.intersection(*first)) if self._has(place, runs)]
        same = [place for place in found if any(_tight(name) == _tight(plain) for name in self._plain[place])]
        return same if len(same) == 1 else found

    def near(self, text: str) -> list[int]:
        """The three names most alike, by the words and pairs of characters they share."""
        words = _words(_plain(text))
        shared = Counter(place for word in words for place in self._places.get(word, ()))
        ratios = {
            place: 2 * count / (len(words) + min(len(self._words[place]), 2 * len(words)))
            for place, count in shared.items()
        }
        kept = [place for place, ratio in ratios.items() if ratio >= LEAST_ALIKE]
        return sorted(kept, key=lambda place: (-ratios[place], place))[:NEAREST]

    def _has(self, place: int, runs: Sequence[str]) -> bool:
        return any(
            all(_covered(run, name) if _HAN.match(run) else run in _RUN.findall(name) for run in runs)
            for name in self._plain[place]
        )


def _covered(run: str, name: str) -> bool:
    """Whether the characters stand in the name in pieces of two and more, the last one perhaps alone."""
    while run:
        size = next((size for size in range(len(run), 0, -1) if run[:size] in name), 0)
        if size == 0 or (size == 1 and len(run) > 1):
            return False
        run = run[size:]
    return True


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).lower()
    for word, sign in _SIZES:
        plain = plain.replace(word, sign)
    return _SPACED.sub("", plain)


def _tight(text: str) -> str:
    return "".join(_RUN.findall(text))


def _words(plain: str) -> set[str]:
    words: set[str] = set()
    for run in _RUN.findall(plain):
        if _HAN.match(run):
            words |= {run[start : start + 2] for start in range(max(len(run) - 1, 1))}
        else:
            words.add(run)
    return words
