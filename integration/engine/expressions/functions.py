"""What a formula may call. The table also makes the reference of the manual."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.importing.refusals import ValueFault
from core.periods import add_months, month_end, month_start
from integration.engine.values import Conventions, Value, as_text, parse_date, parse_number, strptime_format

MAX_TEXT = 10_000
_MAX_PAD = 200
_MAX_DIGITS = 12


@dataclass(frozen=True, kw_only=True)
class Function:
    """`empty_stays` means that an empty first argument makes the result empty."""

    call: Callable[..., Value]
    arguments: str
    explanation: str
    least: int
    most: int | None
    empty_stays: bool = True
    lazy: bool = False


def to_text(value: Value) -> str:
    text = as_text(value)
    if len(text) > MAX_TEXT:
        raise ValueFault(_("The text is longer than %(limit)s characters.") % {"limit": MAX_TEXT})
    return text


def to_number(value: Value, conventions: Conventions) -> Decimal:
    if isinstance(value, bool):
        return Decimal(int(value))
    if isinstance(value, Decimal):
        return value
    if isinstance(value, str):
        return parse_number(value, conventions)
    raise ValueFault(_("“%(text)s” is not a number.") % {"text": as_text(value)})


def to_day(value: Value, conventions: Conventions) -> dt.date:
    if isinstance(value, str):
        value = parse_date(value.strip(), conventions.date_formats)
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    raise ValueFault(_("“%(text)s” is not a date.") % {"text": as_text(value)})


def to_whole(value: Value, conventions: Conventions, low: int, high: int) -> int:
    number = to_number(value, conventions)
    if number != number.to_integral_value() or not low <= number <= high:
        raise ValueFault(
            _("“%(text)s” must be a whole number from %(low)s to %(high)s.")
            % {"text": as_text(number), "low": low, "high": high}
        )
    return int(number)


def is_empty(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _round(c: Conventions, value: Value, digits: Value = Decimal(0)) -> Decimal:
    places = to_whole(digits, c, -_MAX_DIGITS, _MAX_DIGITS)
    return to_number(value, c).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _date(c: Conventions, value: Value, pattern: Value = None) -> Value:
    if pattern is not None:
        return parse_date(to_text(value).strip(), (to_text(pattern),))
    return parse_date(value.strip(), c.date_formats) if isinstance(value, str) else to_day(value, c)


def _format(c: Conventions, value: Value, pattern: Value) -> str:
    return to_day(value, c).strftime(strptime_format(to_text(pattern)))


def _mid(c: Conventions, value: Value, start: Value, length: Value) -> str:
    begin = to_whole(start, c, 1, MAX_TEXT) - 1
    return to_text(value)[begin : begin + to_whole(length, c, 0, MAX_TEXT)]


def _right(c: Conventions, value: Value, length: Value) -> str:
    count = to_whole(length, c, 0, MAX_TEXT)
    return to_text(value)[-count:] if count else ""


def _nth_piece(c: Conventions, value: Value, separator: Value, number: Value) -> str:
    mark = to_text(separator)
    if not mark:
        raise ValueFault(_("The separator is empty."))
    parts = to_text(value).split(mark)
    index = to_whole(number, c, -MAX_TEXT, MAX_TEXT)
    position = index - 1 if index > 0 else len(parts) + index
    return parts[position].strip() if index and 0 <= position < len(parts) else ""


def _pad(c: Conventions, value: Value, width: Value, filler: Value = "0") -> str:
    mark = to_text(filler)
    if len(mark) != 1:
        raise ValueFault(_("The fill must be a single character."))
    return to_text(value).rjust(to_whole(width, c, 0, _MAX_PAD), mark)


def _replace(_c: Conventions, value: Value, old: Value, new: Value) -> str:
    if not to_text(old):
        raise ValueFault(_("The text to be replaced is empty."))
    return to_text(to_text(value).replace(to_text(old), to_text(new)))


def _slug(_c: Conventions, value: Value) -> str:
    plain = unicodedata.normalize("NFKC", to_text(value)).casefold()
    return re.sub(r"[\W_]+", "-", plain).strip("-")


def _first(_c: Conventions, *values: Value) -> Value:
    return next((value for value in values if not is_empty(value)), None)


def _extreme(choose: Callable[[Sequence[Any]], Any]) -> Callable[..., Value]:
    def call(c: Conventions, *values: Value) -> Value:
        filled = [value for value in values if not is_empty(value)]
        if any(isinstance(value, dt.date) for value in filled):
            day: dt.date = choose([to_day(value, c) for value in filled])
            return day
        number: Decimal | None = choose([to_number(value, c) for value in filled]) if filled else None
        return number

    return call


def _shift_months(c: Conventions, day: Value, count: Value) -> dt.date:
    start = to_day(day, c)
    month = add_months(start, to_whole(count, c, -1200, 1200))
    return month.replace(day=min(start.day, month_end(month).day))


def _f(
    call: Callable[..., Value], arguments: str, explanation: str, least: int, most: int | None, **more: bool
) -> Function:
    return Function(call=call, arguments=arguments, explanation=explanation, least=least, most=most, **more)


FUNCTIONS: dict[str, Function] = {
    "text": _f(lambda _c, v: to_text(v), "x", "x as text", 1, 1, empty_stays=False),
    "number": _f(lambda c, v: to_number(v, c), "x", "x as a number, read by the conventions of the file", 1, 1),
    "date": _f(_date, "x[, format]", "x as a date; a format such as 'yyyymmdd' overrides the file's", 1, 2),
    "upper": _f(lambda _c, v: to_text(v).upper(), "x", "in capitals", 1, 1),
    "lower": _f(lambda _c, v: to_text(v).lower(), "x", "in small letters", 1, 1),
    "trim": _f(lambda _c, v: " ".join(to_text(v).split()), "x", "without needless spaces", 1, 1),
    "length": _f(lambda _c, v: Decimal(len(to_text(v))), "x", "number of characters", 1, 1, empty_stays=False),
    "left": _f(lambda c, v, n: to_text(v)[: to_whole(n, c, 0, MAX_TEXT)], "x, n", "the first n characters", 2, 2),
    "right": _f(_right, "x, n", "the last n characters", 2, 2),
    "mid": _f(_mid, "x, start, n", "n characters from the place start (the first is 1)", 3, 3),
    "part": _f(_nth_piece, "x, separator, n", "the nth part of x split at the separator; -1 is the last", 3, 3),
    "replace": _f(_replace, "x, old, new", "x with every old replaced by new", 3, 3),
    "pad": _f(_pad, "x, width[, character]", "filled up on the left, with zeros unless said otherwise", 2, 3),
    "slug": _f(_slug, "x", "small letters and digits with hyphens: a code out of a name", 1, 1),
    "contains": _f(
        lambda _c, v, p: to_text(p) in to_text(v), "x, part", "whether part stands in x", 2, 2, empty_stays=False
    ),
    "starts": _f(
        lambda _c, v, p: to_text(v).startswith(to_text(p)),
        "x, part",
        "whether x begins with part",
        2,
        2,
        empty_stays=False,
    ),
    "first": _f(_first, "x, y, …", "the first that is not empty", 1, None, empty_stays=False),
    "empty": _f(lambda _c, v: is_empty(v), "x", "whether x is empty", 1, 1, empty_stays=False),
    "case": _f(
        lambda _c, *_v: None,
        "x, a, A, b, B, …[, otherwise]",
        "A where x equals a, B where it equals b, …",
        3,
        None,
        empty_stays=False,
        lazy=True,
    ),
    "round": _f(_round, "x[, digits]", "rounded half up", 1, 2),
    "abs": _f(lambda c, v: abs(to_number(v, c)), "x", "without its sign", 1, 1),
    "min": _f(
        _extreme(min),
        "x, y, …",
        "the least number or the earliest date; empty ones do not count",
        1,
        None,
        empty_stays=False,
    ),
    "max": _f(_extreme(max), "x, y, …", "the greatest number or the latest date", 1, None, empty_stays=False),
    "year": _f(lambda c, v: Decimal(to_day(v, c).year), "date", "the year", 1, 1),
    "month": _f(lambda c, v: Decimal(to_day(v, c).month), "date", "the month, 1 to 12", 1, 1),
    "day": _f(lambda c, v: Decimal(to_day(v, c).day), "date", "the day of the month", 1, 1),
    "quarter": _f(lambda c, v: Decimal((to_day(v, c).month + 2) // 3), "date", "the quarter, 1 to 4", 1, 1),
    "month_start": _f(lambda c, v: month_start(to_day(v, c)), "date", "the first day of its month", 1, 1),
    "month_end": _f(lambda c, v: month_end(to_day(v, c)), "date", "the last day of its month", 1, 1),
    "add_days": _f(
        lambda c, v, n: to_day(v, c) + dt.timedelta(days=to_whole(n, c, -100_000, 100_000)),
        "date, n",
        "n days later",
        2,
        2,
    ),
    "add_months": _f(_shift_months, "date, n", "n months later, at most the month's last day", 2, 2),
    "days_between": _f(
        lambda c, a, b: None if is_empty(b) else Decimal((to_day(b, c) - to_day(a, c)).days),
        "from, to",
        "days from one to the other",
        2,
        2,
    ),
    "format": _f(_format, "date, format", "a date as text: format(x, 'yyyy-mm')", 2, 2),
}
