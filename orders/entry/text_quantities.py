"""Quantities in running text, in digits or Chinese numerals, each with the word of its unit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "四": 4, "五": 5}
_DIGITS |= {"六": 6, "七": 7, "八": 8, "九": 9}
_STEPS = {"十": 10, "百": 100, "千": 1000}
_MYRIAD = "万"

UNITS = (
    "箱", "件", "盒", "包", "瓶", "罐", "袋", "桶", "提", "条", "支", "只", "个", "套", "片", "张", "卷", "组", "打", "板", "托",
    "cases", "case", "cs", "cartons", "carton", "ctns", "ctn", "boxes", "box", "pallets", "pallet", "plt", "pieces",
    "piece", "pcs", "pc", "ea", "each", "units", "unit", "packs", "pack", "packets", "packet", "bottles", "bottle", "cans",
    "can", "bags", "bag", "sets", "set", "rolls", "roll", "dozen", "dz",
)  # fmt: skip
"""The words that count goods in orders as people write them, in lower case."""

_NUMERAL = "零〇一二两俩三四五六七八九十百千万"
_HAN = re.compile(r"[\u3400-\u9fff]")
_UNIT = "|".join(unit + ("" if _HAN.match(unit) else r"(?![a-z])") for unit in sorted(UNITS, key=len, reverse=True))
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.0+)?|\d+(?:\.\d+)?"
_WORDS_BEFORE = r"(?:qty|quantity|order|need|send|数量|订货|共计|一共|共|要|来|订|发|加)\s*[:=]?\s*"

# From the surest to the least sure; a number that belongs to a size, a pack or a code fits none.
_AFTER = r"(?![\w.,/%-]|\s*(?:[*×/]\s*\d))"
_SURE = (
    rf"(?<![\w.,/-])(?P<a>{_NUMBER})\s*(?P<au>{_UNIT})(?!装|/)",
    rf"(?<=[\u3400-\u9fff])(?P<b>{_NUMBER})\s*(?P<bu>{_UNIT})(?!装|/)",
    rf"(?<![一统逐{_NUMERAL}])(?P<c>[{_NUMERAL}]+|半)\s*(?P<cu>{_UNIT})(?!装|/)",
    rf"(?:[*×]|(?<![a-z0-9])x)\s*(?P<d>{_NUMBER})\s*(?P<du>{_UNIT})?(?![\w.,])",
    rf"(?<![\w.,/-])(?P<e>{_NUMBER})\s*(?:[*×]|x(?![a-z0-9]))(?!\s*\d)",
    rf"{_WORDS_BEFORE}(?P<f>{_NUMBER}|[{_NUMERAL}]{{2,}}){_AFTER}",
)
_LIKELY = (
    rf"(?:(?<![\w.,/-])|(?<=[\u3400-\u9fff]))(?P<g>{_NUMBER}){_AFTER}",
    rf"(?:^|(?<=[\s,;]))(?P<h>[{_NUMERAL}]+)(?=[\s,;]|$)",
)
_MINUS = re.compile(r"(?:^|\s)-\s*\d+(?=\s|$)")
_SURE_RE, _LIKELY_RE = (re.compile("|".join(kinds), re.IGNORECASE) for kinds in (_SURE, _LIKELY))
MOST_DIGITS = 7
"""A longer row of digits is a barcode or a telephone number."""


@dataclass(frozen=True, kw_only=True)
class QuantityInText:
    """A quantity and where it stands; `value` is None where it is no whole number."""

    start: int
    end: int
    value: int | None
    unit: str
    written: str


def chinese_number(text: str) -> int | None:
    """`一百二十` is 120, `两千` 2000, `一二` 12; None for what is no numeral."""
    if not text or any(char not in _NUMERAL for char in text):
        return None
    if not any(char in _STEPS or char == _MYRIAD for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    head, myriad, tail = text.rpartition(_MYRIAD)
    above = (chinese_number(head) or 1) * 10_000 if myriad else 0
    total, digit = 0, 0
    for char in tail:
        if char in _STEPS:
            total += (digit or 1) * _STEPS[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return above + total + digit


def find_quantities(text: str) -> list[QuantityInText]:
    """What may be the quantity of a line; where some say that they are (by unit, times sign or word), those alone.

    Before: `text` is narrow, in lower case, and holds no dates, prices or sizes any more.
    """
    return list(_matches(_SURE_RE, text)) or list(_matches(_LIKELY_RE, text)) or list(_negative(text))


def _negative(text: str) -> Iterator[QuantityInText]:
    for match in _MINUS.finditer(text):
        yield QuantityInText(start=match.start(), end=match.end(), value=None, unit="", written=match.group().strip())


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[QuantityInText]:
    for match in pattern.finditer(text):
        named = {name: value for name, value in match.groupdict().items() if value is not None}
        number = next(value for name, value in named.items() if len(name) == 1)
        unit = next((value for name, value in named.items() if len(name) > 1), "")
        if len(number.replace(",", "")) > MOST_DIGITS and "." not in number and not unit:
            continue
        yield QuantityInText(
            start=match.start(),
            end=match.end(),
            value=_value(number),
            unit=unit.lower(),
            written=number + (unit if number == "半" else ""),
        )


def _value(number: str) -> int | None:
    if not number[0].isdigit():
        return chinese_number(number)
    whole, _point, rest = number.replace(",", "").partition(".")
    return int(whole) if not rest.strip("0") else None
