"""Money: Decimal amounts with an ISO 4217 currency beside them, and the one place where they are rounded."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from babel.core import get_global
from babel.numbers import get_currency_precision
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

DEFAULT_DIGITS = 2
STORED_DIGITS = 4
RATE_DIGITS = 12
RATE_LENGTH = 24


@cache
def currency_codes() -> frozenset[str]:
    """The codes of ISO 4217, those of today and those of old books, as the CLDR knows them."""
    return frozenset(get_global("all_currencies"))


@cache
def currency_digits(currency: str) -> int:
    """Digits of the minor unit of an ISO 4217 currency code; two for a code that is not known."""
    return get_currency_precision(currency)


def round_money(amount: Decimal, *, currency: str) -> Decimal:
    """Half up (away from zero on a tie) to the currency's digits. The only rounding of money in the program."""
    return amount.quantize(Decimal(1).scaleb(-currency_digits(currency)), rounding=ROUND_HALF_UP)


def split_amount(total: Decimal, weights: Sequence[Decimal], *, digits: int = DEFAULT_DIGITS) -> list[Decimal]:
    """Split `total` in proportion to `weights`, exact to the last digit, by largest remainder (Hare, 1859).

    Before: at least one weight, none negative, `total` has at most `digits` decimals. All weights zero: equal parts.
    The parts add up to `total`; equal remainders go to the earlier part.
    """
    if not weights or min(weights) < 0:
        raise ValueError("weights must be given and not negative")
    unit = Decimal(1).scaleb(-digits)
    if total != total.quantize(unit):
        raise ValueError("the total has more digits than its parts")
    if not any(weights):
        weights = [Decimal(1)] * len(weights)
    scale = sum(weights)
    exact = [total * weight / scale for weight in weights]
    parts = [share.quantize(unit, rounding=ROUND_FLOOR) for share in exact]
    missing = int((total - sum(parts)) / unit)
    order = sorted(range(len(parts)), key=lambda index: (parts[index] - exact[index], index))
    for index in order[:missing]:
        parts[index] += unit
    return parts


def money_field(**options: Any) -> "models.DecimalField[Decimal, Decimal]":
    """A column for an amount: numeric(19,4). The currency is in a column beside it."""
    return models.DecimalField(max_digits=19, decimal_places=STORED_DIGITS, **options)


def rate_field(**options: Any) -> "models.DecimalField[Decimal, Decimal]":
    """A column for an exchange rate: as many digits as the inverse of a large one needs."""
    return models.DecimalField(max_digits=RATE_LENGTH, decimal_places=RATE_DIGITS, **options)


def currency_check(field: str, name: str) -> models.CheckConstraint:
    """A currency is three capital letters."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__regex": r"^[A-Z]{3}$"}),
        name=name,
        violation_error_message=_("A currency is three capital letters."),
    )
