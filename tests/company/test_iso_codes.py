"""A currency and a country are codes that exist, wherever they come in."""

from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import BaseValidator
from django.db import models

from accounts.importers import DISTRIBUTOR
from company.iso_codes import check_country, check_currency
from core.constraints import project_apps

# Nobody types these: they come from a document that was checked.
COPIES = {"planning.LandingForecast", "planning.SalesActual", "orders.ReturnedGoods"}


@pytest.mark.parametrize("code", ["RMB", "XYZ", "cny", "EU", "U$D", ""])
def test_what_is_no_currency_is_refused(code: str) -> None:
    """A price list in RMB would stand beside one in CNY, and nothing could be compared."""
    with pytest.raises(ValidationError):
        check_currency(code)


@pytest.mark.parametrize("code", ["UK", "EU", "ZZ", "cn", "CHN", ""])
def test_what_is_no_country_is_refused(code: str) -> None:
    """A tax code for UK would never be found for GB."""
    with pytest.raises(ValidationError):
        check_country(code)


def test_real_ones_pass() -> None:
    """A distributor could not be entered in its own currency."""
    for code in ("CNY", "EUR", "USD", "JPY", "HKD", "XOF", "DEM"):
        check_currency(code)
    for code in ("CN", "TW", "HK", "MO", "GB", "DE", "US"):
        check_country(code)


def _columns(suffix: str) -> list[tuple[str, "models.Field[Any, Any]"]]:
    mine = [model for app in project_apps() for model in apps.get_app_config(app).get_models()]
    return [
        (model._meta.label, field)
        for model in mine
        for field in model._meta.fields
        if isinstance(field, models.CharField) and field.name.endswith(suffix) and model._meta.label not in COPIES
    ]


@pytest.mark.parametrize(("suffix", "check"), [("currency", check_currency), ("country", check_country)])
def test_every_column_that_is_filled_in_asks(suffix: str, check: Any) -> None:
    """Admin, files and forms take what the column takes; a new one would take any three letters."""
    found = _columns(suffix)
    assert len(found) > 2
    missing = [label for label, field in found if check not in field.validators]
    assert missing == []


def test_the_column_of_a_file_has_the_rules_of_its_own_column() -> None:
    """A file would bring in what no form takes."""
    country = next(field for field in DISTRIBUTOR.fields if field.name == "country")
    assert check_country in country.validators
    assert not any(isinstance(validator, BaseValidator) for validator in country.validators)
