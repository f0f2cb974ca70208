"""The form of a duty: what it covers, how often it must happen, which events count as doing it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _

from accounts.enums import CadenceUnit
from accounts.models.duty import MOST_PERIODS
from core.selectors.event_kinds import grouped_event_kinds


class DutyForm(forms.Form):
    code = forms.CharField(label=_("code"), max_length=64, validators=[validate_slug])
    name = forms.CharField(label=_("name"), max_length=200)
    name_zh = forms.CharField(label=_("Chinese name"), max_length=200, required=False)
    covers = forms.CharField(label=_("what it covers"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)
    covers_zh = forms.CharField(
        label=_("what it covers, in Chinese"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000, required=False
    )
    cadence = forms.IntegerField(
        label=_("how often"),
        min_value=1,
        max_value=MOST_PERIODS,
        required=False,
        help_text=_("Every so many days, weeks or months. Leave blank where nothing has to happen regularly."),
    )
    cadence_unit = forms.ChoiceField(label=_("unit of time"), choices=[("", "–"), *CadenceUnit.choices], required=False)
    done_by = forms.MultipleChoiceField(
        label=_("events that count as doing it"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 10}),
        help_text=_("Whoever answers is silent once none of them has happened for that long."),
    )
    position = forms.IntegerField(label=_("position"), min_value=0, max_value=30_000, initial=0)
    is_active = forms.BooleanField(label=_("in use"), required=False, initial=True)

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["done_by"]
        choices: Sequence[Any] = grouped_event_kinds()
        field.choices = choices
        if not is_new:
            del self.fields["code"]
