"""The forms of an invitation: made, and accepted with a new account."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.fields import PhoneField
from accounts.forms.people import CHOOSE_ROLE, PersonForm, offer_roles
from accounts.models import User
from core.ui.forms import amount_input


class InvitationForm(forms.Form):
    full_name = forms.CharField(label=_("full name"), max_length=150)
    role = forms.ChoiceField(label=_("role"), choices=CHOOSE_ROLE)
    distributor = PersonForm.base_fields["distributor"]
    email = forms.EmailField(
        label=_("e-mail"),
        required=False,
        help_text=_("The link is sent there too. Leave blank to send it yourself, in any messenger."),
    )

    amount_limit = amount_input(
        label=_("order limit"),
        required=False,
        help_text=_("For a buyer, in the brand owner's currency. Leave blank for no limit."),
    )

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_roles(self, viewer)


class JoinForm(forms.Form):
    full_name = forms.CharField(label=_("full name"), max_length=150)
    phone = PhoneField(label=_("mobile number"), required=False, help_text=_("Receives codes to sign in with."))
    email = forms.EmailField(
        label=_("e-mail"), required=False, help_text=_("To sign in with a password. Leave blank for codes alone.")
    )
    password = forms.CharField(
        label=_("password"),
        max_length=128,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least ten characters."),
    )

    def __init__(self, *args: Any, email: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if email:
            del self.fields["email"]
            self.fields["password"].required = True
        if not settings.ACCOUNT_LOGIN_BY_CODE_ENABLED:
            del self.fields["phone"]
            for name in {"email", "password"} & self.fields.keys():
                self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        """Somebody without an address signs in by codes; an address comes with a password."""
        values = super().clean() or {}
        if not self.errors and "email" in self.fields and not values["email"] and not values.get("phone"):
            self.add_error("phone", _("Enter a mobile number or an e-mail address."))
        if not self.errors and values.get("email") and not values["password"]:
            self.add_error("password", _("Choose a password."))
        return values
