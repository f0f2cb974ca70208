"""The days and duties of which coverage is shown."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import Duty, User
from core.ui.forms import CodesField, day_input
from responsibility.selectors.coverage import LONGEST_DAYS

EARLIEST, LATEST = date(1990, 1, 1), date(2190, 1, 1)
_BOUNDS = (MinValueValidator(EARLIEST), MaxValueValidator(LATEST))


class CoverageForm(forms.Form):
    first = forms.DateField(label=_("first day"), widget=day_input(), validators=_BOUNDS)
    last = forms.DateField(label=_("last day"), widget=day_input(), validators=_BOUNDS)
    duty = CodesField(Duty.objects.none(), label=_("duties"), required=False, help_text=_("None chosen: all."))

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        duties: Any = self.fields["duty"]
        duties.queryset = Duty.objects.visible_to(viewer).filter(is_active=True)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first: date | None = data.get("first")
        last: date | None = data.get("last")
        if first and last and last < first:
            self.add_error("last", _("The end date must not be before the start date."))
        elif first and last and (last - first).days >= LONGEST_DAYS:
            self.add_error("last", _("Choose at most ten years."))
        return data
