"""A value as the text in which COPY takes it into the field's column."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from core.codes import plain_code
from core.importing import Field, Kind
from core.importing.refusals import ValueFault, shorten
from core.money import currency_codes
from core.sentences import listed, sentences
from integration.engine.expressions.functions import is_empty
from integration.engine.values import Conventions, Value, as_text, parse_bool, parse_date, parse_number
from spreadsheets import restore_cell
from spreadsheets.cells import fault_of_text

NULL = "\\N"
NOON = dt.time(12)
FIRST_YEAR, LAST_YEAR = 1900, 2200
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_UNESCAPES = {"\\\\": "\\", "\\t": "\t", "\\n": "\n", "\\r": "\r"}
_ESCAPED = re.compile(r"\\[\\tnr]")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How values of one field are read."""

    conventions: Conventions
    zone: ZoneInfo


def escape(text: str) -> str:
    return text if text.isprintable() and "\\" not in text else text.translate(_ESCAPES)


def unescape(wire: str) -> str:
    """What a wire text says, for messages and look-ups; empty for NULL."""
    if wire == NULL:
        return ""
    return _ESCAPED.sub(lambda found: _UNESCAPES[found[0]], wire) if "\\" in wire else wire


def to_wire(field: Field, value: Value, reading: Reading) -> str:
    """The value in the field's column. Raises ValueFault with what is wrong with it."""
    if isinstance(value, str):
        value = value.strip()
    if is_empty(value):
        if field.required:
            raise ValueFault(_("It is empty."))
        return NULL if field.default is None else constant_wire(field.default)
    return _CONVERTERS[field.kind](field, value, reading)


def constant_wire(value: object) -> str:
    if isinstance(value, bool):
        return "t" if value else "f"
    return NULL if value is None else escape(str(value))


def _text(field: Field, value: Value, _reading: Reading) -> str:
    text = as_text(value)
    if "\0" in text:
        raise ValueFault(_("It contains a null character."))
    if text[:1] == "'":
        text = restore_cell(text)
    if field.is_code:
        text = plain_code(text)
    if field.limit or field.kind == Kind.REFERENCE:  # a code or a name, no note
        reason = fault_of_text(text)
        if reason:
            raise ValueFault(reason)
    if field.limit and len(text) > field.limit:
        raise ValueFault(
            _("It has %(found)s characters; the maximum is %(limit)s.") % {"found": len(text), "limit": field.limit}
        )
    if text:
        _validate(field, text)
    return escape(text)


def _validate(field: Field, text: str) -> None:
    """By the validators of the column that it is for."""
    try:
        for validator in field.validators:
            validator(text)
    except ValidationError as error:
        raise ValueFault(sentences(error.messages)) from error


def _number(field: Field, value: Value, reading: Reading) -> Decimal:
    if isinstance(value, (bool, dt.date)):
        raise ValueFault(_("“%(text)s” is not a number.") % {"text": as_text(value)})
    number = value if isinstance(value, Decimal) else parse_number(str(value), reading.conventions)
    if field.low is not None and number < field.low:
        raise ValueFault(_("%(number)s is less than %(low)s.") % {"number": as_text(number), "low": field.low})
    if field.high is not None and number > field.high:
        raise ValueFault(_("%(number)s is more than %(high)s.") % {"number": as_text(number), "high": field.high})
    return number


def _whole(field: Field, value: Value, reading: Reading) -> str:
    number = _number(field, value, reading)
    if number != number.to_integral_value():
        raise ValueFault(_("%(number)s is not a whole number.") % {"number": as_text(number)})
    if abs(number) >= 10**18:
        raise ValueFault(_("%(number)s is too large.") % {"number": shorten(as_text(number))})
    return str(int(number))


def _decimal(field: Field, value: Value, reading: Reading) -> str:
    number = _number(field, value, reading)
    if abs(number) >= Decimal(10) ** (field.digits - field.decimals):
        raise ValueFault(_("%(number)s is too large.") % {"number": shorten(as_text(number))})
    if number != round(number, field.decimals):
        raise ValueFault(
            _("%(number)s has more than %(decimals)s decimals. Use round(…, %(decimals)s).")
            % {"number": as_text(number), "decimals": field.decimals}
        )
    return f"{number:f}"


def _moment_of(value: Value, reading: Reading) -> dt.date | dt.datetime:
    if isinstance(value, bool):
        raise ValueFault(_("“%(text)s” is not a date.") % {"text": as_text(value)})
    if not isinstance(value, dt.date):
        value = parse_date(as_text(value), reading.conventions.date_formats)
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        value = value.astimezone(reading.zone).replace(tzinfo=None)
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueFault(_("The year %(year)s is out of range.") % {"year": value.year})
    return value


def _date(_field: Field, value: Value, reading: Reading) -> str:
    moment = _moment_of(value, reading)
    return (moment.date() if isinstance(moment, dt.datetime) else moment).isoformat()


def _moment(_field: Field, value: Value, reading: Reading) -> str:
    """A day without a time becomes noon, which is the same day in nearly every zone."""
    moment = _moment_of(value, reading)
    full = moment if isinstance(moment, dt.datetime) else dt.datetime.combine(moment, NOON)
    return full.isoformat(sep=" ")


def _yes_no(_field: Field, value: Value, _reading: Reading) -> str:
    return "t" if (value if isinstance(value, bool) else parse_bool(as_text(value))) else "f"


def _choice(field: Field, value: Value, _reading: Reading) -> str:
    text = as_text(value)
    wanted = text.casefold().replace(" ", "_")
    for code in field.choices:
        if text == code or wanted == code.casefold():
            return code
    if text.casefold() in field.by_label:
        return field.by_label[text.casefold()]
    raise ValueFault(
        _("“%(text)s” is not one of: %(choices)s.") % {"text": shorten(text), "choices": listed(field.choices)}
    )


def _currency(_field: Field, value: Value, _reading: Reading) -> str:
    text = as_text(value).upper()
    if text not in currency_codes():
        raise ValueFault(_("“%(code)s” is not a currency code, such as CNY or EUR.") % {"code": shorten(text)})
    return text


def _email(field: Field, value: Value, reading: Reading) -> str:
    text = as_text(value).lower()
    try:
        validate_email(text)
    except ValidationError as error:
        raise ValueFault(_("“%(text)s” is not an email address.") % {"text": shorten(text)}) from error
    return _text(field, text, reading)


_CONVERTERS: Mapping[Kind, Callable[[Field, Value, Reading], str]] = {
    Kind.TEXT: _text,
    Kind.REFERENCE: _text,
    Kind.WHOLE: _whole,
    Kind.NUMBER: _decimal,
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.CURRENCY: _currency,
    Kind.EMAIL: _email,
}
