"""Mobile numbers in forms, and people in what the API is sent."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services.phones import normal_phone
from core.api.fields import VisibleField


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


class PersonField(VisibleField):
    """A person whom the caller sees, named as the API names people: by e-mail address, or by mobile number."""

    def __init__(self, **options: Any) -> None:
        super().__init__(User, slug_field="email", **options)

    def to_internal_value(self, data: Any) -> Any:
        number = normal_phone(data) if isinstance(data, str) and "@" not in data else None
        if number is None:
            return super().to_internal_value(data.lower() if isinstance(data, str) else data)
        person = self.get_queryset().filter(phone=number).first()
        if person is None:
            self.fail("does_not_exist", slug_name="phone", value=number)
        return person

    def to_representation(self, value: Any) -> str:
        return str(value.login)

    def __deepcopy__(self, memo: Any) -> "PersonField":
        made_with: Any = vars(self)["_kwargs"]
        return type(self)(**made_with)
