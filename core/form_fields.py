"""Fields that forms of several apps have."""

from typing import Any

from django import forms
from django.forms import Form

from core.money import STORED_DIGITS


def amount_input(**options: Any) -> forms.DecimalField:
    return forms.DecimalField(min_value=0, max_digits=19, decimal_places=STORED_DIGITS, **options)


def visible_choice(**options: Any) -> "forms.ModelChoiceField[Any]":
    """A choice whose rows the form sets from what its reader may see."""
    return forms.ModelChoiceField(queryset=None, **options)


def choose_from(form: Form, name: str, rows: Any) -> None:
    """Offer `rows` in the choice `name` of a form: what its reader may see."""
    field: Any = form.fields[name]
    field.queryset = rows
