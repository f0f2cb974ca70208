"""Mobile numbers in forms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.services.phones import normal_phone


class PhoneField(forms.CharField):
    """Takes a number as people write it, and gives it as it is kept; empty where none is needed and given."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel", "maxlength": 40})

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return ""
        number = normal_phone(text)
        if number is None:
            raise forms.ValidationError(
                _("Enter a mobile number, from abroad with its country code, such as +44…."), code="invalid_phone"
            )
        return number
