"""The codes that ISO keeps for currencies (4217) and countries (3166), as the CLDR knows them."""

from functools import cache

from babel import Locale
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.money import currency_codes

COUNTRY_LENGTH = 2
_NO_COUNTRIES = {"AC", "CP", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}  # the CLDR's own


@cache
def country_codes() -> frozenset[str]:
    known = {str(code) for code in Locale("en").territories}
    return frozenset(code for code in known - _NO_COUNTRIES if len(code) == COUNTRY_LENGTH)


def check_currency(code: str) -> None:
    """A validator. Raises `ValidationError` for letters that are the code of no currency, as RMB is none."""
    if code not in currency_codes():
        raise ValidationError(
            _("“%(code)s” is not a currency code, such as CNY or EUR."), code="currency", params={"code": code}
        )


def check_country(code: str) -> None:
    """A validator. Raises `ValidationError` for letters that are the code of no country."""
    if code not in country_codes():
        raise ValidationError(
            _("“%(code)s” is not a country code, such as CN or DE."), code="country", params={"code": code}
        )
