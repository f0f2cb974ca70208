"""Numbers as people write them: thousands marks, currencies beside them, dashes for nothing, 万 and 亿, per cent."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from core.importing.refusals import ValueFault, shorten
from core.money import currency_codes

_PLAIN = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?([eE][+-]?\d{1,3})?")
_COMMA = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d+)?(,\d*)?([eE][+-]?\d{1,3})?")
_SPACES = str.maketrans("", "", " \u00a0\u202f\u2009'’")
_MINUS = str.maketrans("\u2212\u2013\u2014", "---")
_WORDS = re.compile(r"[A-Z]{0,3}[$£¥€₩₹₽₺₫฿₦₱₪₴₸₲]|[^\W\d_]+(?:\.(?!\d))?")
_EXPONENT = re.compile(r"\d\.?[eE][+-]?\d")
_DASH_FOR_NOTHING = re.compile(r"(?<=\d)[.,]-{1,2}$")
_MAX_DIGITS = 40
UNITS: dict[str, Decimal] = {
    "十": Decimal(10),
    "百": Decimal(100),
    "千": Decimal(1_000),
    "万": Decimal(10_000),
    "萬": Decimal(10_000),
    "十万": Decimal(100_000),
    "百万": Decimal(1_000_000),
    "千万": Decimal(10_000_000),
    "亿": Decimal(100_000_000),
    "億": Decimal(100_000_000),
    "thousand": Decimal(1_000),
    "million": Decimal(1_000_000),
}
_DOLLARS = frozenset({"USD", "AUD", "CAD", "HKD", "NZD", "SGD", "TWD", "MXN", "ARS", "CLP", "COP"})
_KRONER = frozenset({"SEK", "NOK", "DKK", "ISK"})
_MARKS: dict[str, frozenset[str]] = {
    "€": frozenset({"EUR"}),
    "欧元": frozenset({"EUR"}),
    "$": _DOLLARS,
    "美元": frozenset({"USD"}),
    "美金": frozenset({"USD"}),
    "US$": frozenset({"USD"}),
    "A$": frozenset({"AUD"}),
    "C$": frozenset({"CAD"}),
    "CA$": frozenset({"CAD"}),
    "HK$": frozenset({"HKD"}),
    "港币": frozenset({"HKD"}),
    "港元": frozenset({"HKD"}),
    "NZ$": frozenset({"NZD"}),
    "S$": frozenset({"SGD"}),
    "NT$": frozenset({"TWD"}),
    "R$": frozenset({"BRL"}),
    "£": frozenset({"GBP"}),
    "英镑": frozenset({"GBP"}),
    "¥": frozenset({"CNY", "JPY"}),
    "元": frozenset({"CNY", "TWD", "HKD"}),
    "圆": frozenset({"CNY"}),
    "人民币": frozenset({"CNY"}),
    "人民币元": frozenset({"CNY"}),
    "RMB": frozenset({"CNY"}),
    "CN¥": frozenset({"CNY"}),
    "JP¥": frozenset({"JPY"}),
    "円": frozenset({"JPY"}),
    "日元": frozenset({"JPY"}),
    "KR": _KRONER,
    "FR": frozenset({"CHF"}),
    "SFR": frozenset({"CHF"}),
    "ZŁ": frozenset({"PLN"}),
    "KČ": frozenset({"CZK"}),
    "FT": frozenset({"HUF"}),
    "₩": frozenset({"KRW"}),
    "韩元": frozenset({"KRW"}),
    "₹": frozenset({"INR"}),
    "RS": frozenset({"INR", "PKR", "LKR"}),
    "₽": frozenset({"RUB"}),
    "₺": frozenset({"TRY"}),
    "₫": frozenset({"VND"}),
    "฿": frozenset({"THB"}),
    "₦": frozenset({"NGN"}),
    "₱": frozenset({"PHP"}),
    "₪": frozenset({"ILS"}),
    "₴": frozenset({"UAH"}),
    "₸": frozenset({"KZT"}),
    "₲": frozenset({"PYG"}),
}
OF_UNITS = {f"{unit}{word}" for unit in UNITS for word in ("", "元")} | {"元"}
"""What a profile may say a column is in."""


@dataclass(frozen=True, kw_only=True)
class Number:
    """`currencies` are those that the mark beside it can mean, none where there is no mark; `has_unit` for 3.5 万."""

    value: Decimal
    currencies: frozenset[str] = frozenset()
    mark: str = ""
    has_unit: bool = False


def read_number(text: str, *, decimal_comma: bool) -> Number:
    """`5 %` is 0.05, `5-` and `(5)` are -5, `5,-` is 5, `3.5万元` is 35,000. Raises ValueFault with the way out."""
    plain = unicodedata.normalize("NFKC", text).translate(_MINUS)
    if len(plain) > _MAX_DIGITS:
        raise ValueFault(_no_number(text, decimal_comma))
    factor, currencies, mark, has_unit = Decimal(1), frozenset[str](), "", False
    if not _EXPONENT.search(plain):
        for word in _WORDS.findall(plain):
            scale, found = _meaning(word)
            if (found and mark and not found & currencies) or (scale != 1 and has_unit):
                raise ValueFault(_no_number(text, decimal_comma))
            if found:
                currencies, mark = (currencies & found) or found, mark or word
            factor, has_unit = factor * scale, has_unit or scale != 1
            if not found and scale == 1:
                raise ValueFault(_no_number(text, decimal_comma))
            plain = plain.replace(word, " ", 1)
    plain = _signed(_DASH_FOR_NOTHING.sub("", plain.translate(_SPACES)))
    if plain.endswith(("%", "‰")):
        factor /= 100 if plain.endswith("%") else 1000
        plain = plain[:-1]
    pattern = _COMMA if decimal_comma else _PLAIN
    if not pattern.fullmatch(plain) or not any(map(str.isdigit, plain)):
        raise ValueFault(_no_number(text, decimal_comma))
    plain = plain.replace(".", "").replace(",", ".") if decimal_comma else plain.replace(",", "")
    return Number(value=Decimal(plain) * factor, currencies=currencies, mark=mark, has_unit=has_unit)


def _meaning(word: str) -> tuple[Decimal, frozenset[str]]:
    """The factor and the currencies of a word beside a number; 1 and none where it is neither."""
    bare = word.rstrip(".").upper()
    found = _MARKS.get(bare)
    if found:
        return Decimal(1), found
    if bare in currency_codes():
        return Decimal(1), frozenset({bare})
    for length in range(len(word), 0, -1):
        scale = UNITS.get(word[:length].lower())
        rest = word[length:]
        if scale and (not rest or rest in _MARKS):
            return scale, _MARKS.get(rest, frozenset())
    return Decimal(1), frozenset()


def unit_factor(unit: str) -> Decimal:
    """By how much a number in this unit (万元) is multiplied; the unit is one of OF_UNITS."""
    return UNITS.get(unit.removesuffix("元"), Decimal(1))


def _signed(plain: str) -> str:
    """Minus in front, where an ERP writes it behind or an accountant writes brackets."""
    if plain.startswith("(") and plain.endswith(")") and plain[1:2] not in {"-", "+"}:
        return f"-{plain[1:-1]}"
    return f"-{plain[:-1]}" if plain.endswith("-") and plain[:1].isdigit() else plain


def _no_number(text: str, decimal_comma: bool) -> str:  # noqa: FBT001 - the one thing that decides
    if not any(map(str.isdigit, text)):
        return _("“%(text)s” is not a number.") % {"text": shorten(text)}
    sample = "1.234,50" if decimal_comma else "1,234.50"
    return _("“%(text)s” is not a number. Write it like %(sample)s here.") % {"text": shorten(text), "sample": sample}
