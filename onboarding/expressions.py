"""Normal forms by which two companies are one: of a name, of a number, of a telephone."""

from typing import Any

from django.db.models import Func, TextField, Value
from django.db.models.functions import Lower

_LEGAL_FORMS = (
    "(有限责任公司|股份有限公司|有限公司|公司"
    r"|\m(co|company|corp|corporation|inc|incorporated|ltd|limited|llc|gmbh|plc|sa)\M\.?)"
)


def _without(text: Any, pattern: str) -> Func:
    return Func(text, Value(pattern), Value(""), Value("g"), function="regexp_replace", output_field=TextField())


def name_key(text: Any) -> Func:
    """A name without its legal form, blanks, signs and capitals."""
    return _without(_without(Lower(text), _LEGAL_FORMS), r"[^[:alnum:]]")


def number_key(text: Any) -> Func:
    """A tax number without blanks and signs."""
    return _without(Lower(text), r"[^[:alnum:]]")


def phone_key(text: Any) -> Func:
    """The last eight digits of a telephone number: the same with and without its country code."""
    digits = _without(text, r"[^0-9]")
    return Func(digits, Value(8), function="right", output_field=TextField())
