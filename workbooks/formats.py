"""What the format of a cell makes of its number: a date, a time, leading zeros, or nothing of note."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from workbooks.marks import TOO_LONG

_DATE_IDS = {*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58}
_TIME_IDS = {*range(18, 22), 32, 33, 34, 35, 45, 46, 47, 55, 56}
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
_IN_BRACKETS = re.compile(r"\[(?!h+\]|m+\]|s+\])[^\]]*\]", re.IGNORECASE)
_ZEROS = re.compile(r"00[0 -]*")
_SECONDS = 86_400
_LATEST = 2_958_466
_FIRST_OF_MARCH = 60
"""The spreadsheets' 29 February 1900, which there never was."""
_KEPT_DIGITS = 10**15


@dataclass(frozen=True)
class Format:
    """`is_moment` for dates and times; `zeros` the pattern of a number that is shown with leading zeros."""

    is_moment: bool = False
    zeros: str = ""


PLAIN = Format()


def format_of(identifier: int, codes: dict[int, str]) -> Format:
    """The format of a number by its id, and by its code where the workbook has one of its own for it."""
    code = codes.get(identifier)
    if code is None:
        return Format(is_moment=identifier in _DATE_IDS | _TIME_IDS)
    section = code.split(";")[0]
    bare = _IN_BRACKETS.sub("", section)
    pattern = re.sub(r"\\([ -])|\"([ -]*)\"", r"\1\2", bare)
    if _ZEROS.fullmatch(pattern):
        return Format(zeros=pattern.strip())
    letters = _LITERAL.sub("", bare).lower().replace("general", "")
    return Format(is_moment=any(letter in letters for letter in "ymdhs") and not re.search(r"[0#]\s*[ymd]", letters))


def number_text(text: str, how: Format, decimal_mark: str, epoch: dt.datetime) -> str:
    """A number as the sheet shows it where that matters, else with at most fifteen digits. Raises ValueError."""
    if how is PLAIN and text.isdecimal() and len(text) <= 15:  # noqa: PLR2004 - what a spreadsheet keeps
        return text.lstrip("0") or "0"
    number = float(text)
    if how.is_moment and 0 <= number < _LATEST:
        return _moment(number, epoch)
    try:
        value = Decimal(f"{number:.15g}")
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not value.is_finite():
        raise ValueError(text)
    whole = value == value.to_integral_value()
    if whole and abs(value) >= _KEPT_DIGITS:
        return f"{TOO_LONG}{value:f}"
    if whole and how.zeros and value >= 0:
        return _filled(f"{value:.0f}", how.zeros)
    return (f"{value:.0f}" if whole else f"{value:f}").replace(".", decimal_mark)


def _filled(digits: str, pattern: str) -> str:
    """The digits in the places of the zeros, from behind; those for which there is no place stand in front."""
    rest = list(digits)
    result = [sign if sign != "0" else (rest.pop() if rest else "0") for sign in reversed(pattern)]
    return "".join([*rest, *reversed(result)])


def _moment(number: float, epoch: dt.datetime) -> str:
    days, part = divmod(number, 1)
    seconds = round(part * _SECONDS)
    if days == 0 and seconds < _SECONDS:
        return (epoch + dt.timedelta(seconds=seconds)).time().isoformat()
    early = days < _FIRST_OF_MARCH and epoch.year < 1900  # noqa: PLR2004 - the epoch of 1900 begins in 1899
    moment = epoch + dt.timedelta(days=days + early, seconds=seconds)
    midnight = moment.time() == dt.time()
    return moment.date().isoformat() if midnight else moment.isoformat(sep=" ", timespec="seconds")
