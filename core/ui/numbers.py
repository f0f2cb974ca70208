"""How numbers, money, dates and differences are written for the reader, in the active language."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from babel import Locale
from django.utils import formats, timezone
from django.utils.numberformat import format as group_digits
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core.money import currency_digits
from core.periods import month_end, month_start

NOTHING = "–"
MINUS = "−"
NARROW_SPACE = "\u202f"
MINUTE, HOUR = 60, 3600
DAYS_OF_MONTH, DAYS_OF_YEAR = 30, 365
MONTHS_FROM_DAYS = 60
"""From here on a distance is said in months: "45 days" still tells more than "a month"."""

Number = int | Decimal | float

# From which amount on an overview writes in which unit, with how many decimals; the largest first.
_UNITS = {
    "zh": ((Decimal(10) ** 8, f"{NARROW_SPACE}亿", 2), (Decimal(10) ** 4, f"{NARROW_SPACE}万", 1)),
    "en": ((Decimal(10) ** 9, "B", 2), (Decimal(10) ** 6, "M", 2)),
}
_reader_currency: ContextVar[Callable[[], str]] = ContextVar("reader_currency", default=str)


@contextmanager
def reader_of(currency: Callable[[], str]) -> Iterator[None]:
    """Write for a reader whose own currency `currency` names, asked for when the first amount is written."""
    known: list[str] = []

    def reader_currency() -> str:
        if not known:
            known.append(currency())
        return known[0]

    token = _reader_currency.set(reader_currency)
    try:
        yield
    finally:
        _reader_currency.reset(token)


@cache
def _symbol(currency: str) -> str:
    """The sign without the country before it (¥ for CN¥), empty for a currency that has none."""
    return str(Locale("en").currency_symbols.get(currency, "")).lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _currency_mark(currency: str) -> str:
    """What stands before an amount: the sign of the reader's own currency, the code of every other."""
    if not currency:
        return ""
    sign = _symbol(currency) if currency == _reader_currency.get()() else ""
    return sign or f"{currency}{NARROW_SPACE}"


def _written(value: Number, decimals: int) -> str:
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = group_digits(
        abs(exact),
        formats.get_format("DECIMAL_SEPARATOR"),
        decimal_pos=decimals,
        grouping=3,
        thousand_sep=formats.get_format("THOUSAND_SEPARATOR"),
        force_grouping=True,
        use_l10n=True,
    )
    return f"{MINUS}{text}" if exact < 0 else str(text)


def quantity(value: Number | None, decimals: int = 0) -> str:
    """A count or a measure, grouped; a dash where there is none."""
    return NOTHING if value is None else _written(value, decimals)


def _amount(text: str, currency: str) -> str:
    """A written number with its currency; a minus stands before both."""
    sign, digits = (MINUS, text.removeprefix(MINUS)) if text.startswith(MINUS) else ("", text)
    return f"{sign}{_currency_mark(currency)}{digits}"


def money(value: Number | None, currency: str) -> str:
    """An amount as in documents, in full with the currency's decimals: ¥23,562.10."""
    return NOTHING if value is None else _amount(_written(value, currency_digits(currency)), currency)


def money_short(value: Number | None, currency: str) -> str:
    """An amount as in overviews, in the reader's units: ¥1,656.9 万, ¥16.57M, and ¥8,560 below them."""
    return NOTHING if value is None else _amount(_shortened(value), currency)


def _shortened(value: Number) -> str:
    exact = Decimal(str(value))
    language = "zh" if (get_language() or "").startswith("zh") else "en"
    units = _UNITS[language]
    steps = [*(unit.scaleb(-decimals) for unit, _word, decimals in units[1:]), Decimal(1)]
    for (unit, word, decimals), step in zip(units, steps, strict=True):
        # Measured as the next smaller unit would write it: 9,999.96 万 is 1.00 亿, but ¥9,960 is not 1.0 万.
        if (abs(exact) / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step >= unit:
            return f"{_written(exact / unit, decimals)}{word}"
    return _written(exact, 0)


def percent(value: Number | None, decimals: int = 0) -> str:
    """A share (0.31) as 31%."""
    return NOTHING if value is None else f"{_written(Decimal(str(value)) * 100, decimals)}%"


def signed(value: Number | None, decimals: int = 0) -> str:
    """A difference with its sign."""
    if value is None:
        return NOTHING
    text = _written(value, decimals)
    return f"+{text}" if Decimal(str(value)) > 0 else text


def day(value: date | None) -> str:
    """A date in the reader's way of writing."""
    if value is None:
        return NOTHING
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return formats.date_format(value, "DATE_FORMAT")


def span(first: date, last: date) -> str:
    """Days from one to another, both included: a whole month or year by its name."""
    if (first, last) == (month_start(first), month_end(first)):
        return formats.date_format(first, "YEAR_MONTH_FORMAT")
    if (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
        return str(first.year)
    return f"{day(first)} – {day(last)}"


def moment(value: datetime | None) -> str:
    """A day and its time in the reader's zone."""
    return NOTHING if value is None else formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")


def relative(value: date | datetime | None, now: datetime | None = None) -> str:
    """How far away, in one unit: only ever shown beside the absolute."""
    if value is None:
        return ""
    now = now or timezone.now()
    if not isinstance(value, datetime):
        return _relative_day(value, timezone.localtime(now).date())
    seconds = int(abs((value - now).total_seconds()))
    if seconds < MINUTE:
        return _("just now")
    if seconds < HOUR:
        return _minutes(seconds // MINUTE, ahead=value > now)
    here, there = timezone.localtime(now).date(), timezone.localtime(value).date()
    if here == there or seconds < HOUR * 12:
        return _hours(seconds // HOUR, ahead=value > now)
    return _relative_day(there, here)


def _minutes(count: int, *, ahead: bool) -> str:
    text = (
        ngettext("in %(count)d minute", "in %(count)d minutes", count)
        if ahead
        else ngettext("%(count)d minute ago", "%(count)d minutes ago", count)
    )
    return text % {"count": count}


def _hours(count: int, *, ahead: bool) -> str:
    text = (
        ngettext("in %(count)d hour", "in %(count)d hours", count)
        if ahead
        else ngettext("%(count)d hour ago", "%(count)d hours ago", count)
    )
    return text % {"count": count}


def _relative_day(value: date, today: date) -> str:
    away = (value - today).days
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    if away in near:
        return near[away]
    days = abs(away)
    if days < MONTHS_FROM_DAYS:
        count, ahead, past = days, *_days(days)
    elif days < DAYS_OF_YEAR:
        count, ahead, past = days // DAYS_OF_MONTH, *_months(days // DAYS_OF_MONTH)
    else:
        count, ahead, past = days // DAYS_OF_YEAR, *_years(days // DAYS_OF_YEAR)
    return (ahead if away > 0 else past) % {"count": count}


def _days(count: int) -> tuple[str, str]:
    return (
        ngettext("in %(count)d day", "in %(count)d days", count),
        ngettext("%(count)d day ago", "%(count)d days ago", count),
    )


def _months(count: int) -> tuple[str, str]:
    return (
        ngettext("in %(count)d month", "in %(count)d months", count),
        ngettext("%(count)d month ago", "%(count)d months ago", count),
    )


def _years(count: int) -> tuple[str, str]:
    return (
        ngettext("in %(count)d year", "in %(count)d years", count),
        ngettext("%(count)d year ago", "%(count)d years ago", count),
    )


def signed_money(value: Number | None, currency: str) -> str:
    """A difference of money as in overviews, with its sign."""
    text = money_short(value, currency)
    return f"+{text}" if value is not None and Decimal(str(value)) > 0 else text


def written(value: Any) -> str:
    """Whatever a cell holds, as text."""
    match value:
        case None | "":
            return NOTHING
        case bool():
            return _("Yes") if value else _("No")
        case int() | Decimal() | float():
            return quantity(value, 0 if isinstance(value, int) else 2)
        case datetime():
            return moment(value)
        case date():
            return day(value)
        case _:
            return str(value)
