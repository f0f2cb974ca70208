"""How numbers, dates and differences are written for the reader, in the active language."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils import formats, timezone
from django.utils.numberformat import format as group_digits
from django.utils.timesince import timesince, timeuntil
from django.utils.translation import gettext as _

from core.money import currency_digits
from core.periods import month_end, month_start

NOTHING = "–"
MINUS = "−"
NARROW_SPACE = "\u202f"
SECONDS_OF_NOW = 60

Number = int | Decimal | float


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


def money(value: Number | None, currency: str) -> str:
    """An amount as in documents, with the currency's decimals."""
    if value is None:
        return NOTHING
    return f"{currency}{NARROW_SPACE}{_written(value, currency_digits(currency))}".strip()


def money_short(value: Number | None, currency: str) -> str:
    """An amount as in overviews, without decimals."""
    return NOTHING if value is None else f"{currency}{NARROW_SPACE}{_written(value, 0)}".strip()


def percent(value: Number | None, decimals: int = 0) -> str:
    """A share (0.31) as 31 %."""
    return NOTHING if value is None else f"{_written(Decimal(str(value)) * 100, decimals)}{NARROW_SPACE}%"


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
    if abs((value - now).total_seconds()) < SECONDS_OF_NOW:
        return _("just now")
    if value > now:
        return _("in %(time)s") % {"time": timeuntil(value, now, depth=1)}
    return _("%(time)s ago") % {"time": timesince(value, now, depth=1)}


def _relative_day(value: date, today: date) -> str:
    away = (value - today).days
    if away == 0:
        return _("today")
    if away > 0:
        return _("in %(time)s") % {"time": timeuntil(value, today, depth=1)}
    return _("%(time)s ago") % {"time": timesince(value, today, depth=1)}


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
