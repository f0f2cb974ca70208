"""Numbers, dates and yes-or-no out of text, by the conventions of their file."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from company.written_numbers import read_number
from core.importing.refusals import ValueFault, shorten
from core.sentences import listed

Value = str | Decimal | dt.date | dt.datetime | bool | None

_TOKENS = (
    ("yyyy", "%Y"),
    ("yy", "%y"),
    ("mmmm", "%B"),
    ("mmm", "%b"),
    ("mm", "%m"),
    ("m", "%m"),
    ("dd", "%d"),
    ("d", "%d"),
    ("hh", "%H"),
    ("h", "%H"),
    ("ss", "%S"),
    ("am/pm", "%p"),
)
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_EXCEL_DAYS = 2_958_465
EXCEL = "excel"
TRUE_WORDS = ("1", "true", "yes", "y", "t", "x", "ja", "wahr", "oui", "si", "sí", "是", "有")
FALSE_WORDS = ("0", "false", "no", "n", "f", "nein", "falsch", "non", "否", "无", "")


@dataclass(frozen=True, kw_only=True)
class Conventions:
    """How a file writes numbers and dates. ISO dates are understood in every file."""

    decimal_comma: bool = False
    date_formats: tuple[str, ...] = ()


def parse_number(text: str, conventions: Conventions) -> Decimal:
    """A number as people write it, whatever currency stands beside it: see `read_number`."""
    return read_number(text, decimal_comma=conventions.decimal_comma).value


def parse_date(text: str, formats: Sequence[str]) -> dt.date | dt.datetime:
    """A day, or a day with a time where the text has one."""
    for pattern in formats:
        if pattern == EXCEL and text.isdigit() and int(text) <= _EXCEL_DAYS:
            return _EXCEL_EPOCH + dt.timedelta(days=int(text))
        try:
            return _without_midnight(dt.datetime.strptime(text, strptime_format(pattern)))  # noqa: DTZ007 - zone comes later
        except ValueError:
            continue
    if len(text) > len("2024-1-1"):
        try:
            return _without_midnight(dt.datetime.fromisoformat(text))
        except ValueError:
            pass
    raise ValueFault(
        _("“%(text)s” is not a date (%(formats)s).")
        % {"text": shorten(text), "formats": listed(formats) or "yyyy-mm-dd"}
    )


def parse_bool(text: str) -> bool:
    word = text.strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ValueFault(_("“%(text)s” is not yes or no.") % {"text": shorten(text)})


def strptime_format(pattern: str) -> str:
    """`dd.mm.yyyy hh:mm` as Python writes it; what has a percent sign is kept as it is."""
    if "%" in pattern:
        return pattern
    result, rest, after_hour = "", pattern.lower(), False
    while rest:
        for sign, directive in _TOKENS:
            if rest.startswith(sign):
                minutes = after_hour and sign in {"mm", "m"}
                result += "%M" if minutes else directive
                after_hour = sign in {"hh", "h"} or (after_hour and not minutes)
                rest = rest[len(sign) :]
                break
        else:
            result, rest = result + rest[0], rest[1:]
    return result.replace("%H", "%I") if "%p" in result else result


def as_text(value: Value) -> str:
    """A value as text: numbers without trailing zeros, ISO dates, yes as 1."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, Decimal):
        plain = f"{value:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    return value.isoformat(sep=" ") if isinstance(value, dt.datetime) else value.isoformat()


def from_toml(value: object) -> Value:
    """A value written in a profile, as a formula would give it."""
    if value is None or isinstance(value, (str, bool, Decimal, dt.date)):
        return value
    if isinstance(value, (int, float)):
        return Decimal(str(value))
    raise ValueFault(_("“%(value)s” is not a valid value.") % {"value": shorten(value)})


def _without_midnight(moment: dt.datetime) -> dt.date | dt.datetime:
    return moment.date() if moment.time() == dt.time() and moment.tzinfo is None else moment
