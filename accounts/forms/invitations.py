"""The forms of an invitation: made, and accepted with a new account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.forms.people import PersonForm, offer_roles
from accounts.models import User


class InvitationForm(forms.Form):
    full_name = forms.CharField(label=_("full name"), max_length=150)
    role = forms.ChoiceField(label=_("role"), choices=Role.choices)
    distributor = PersonForm.base_fields["distributor"]
    email = forms.EmailField(
        label=_("e-mail"),
        required=False,
        help_text=_("The link is sent there too. Leave blank to send it yourself, in any messenger."),
    )

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_roles(self, viewer)


class JoinForm(forms.Form):
    full_name = forms.CharField(label=_("full name"), max_length=150)
    email = forms.EmailField(label=_("e-mail"), help_text=_("You sign in with it."))
    password = forms.CharField(
        label=_("password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least ten characters."),
    )

    def __init__(self, *args: Any, email: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if email:
            del self.fields["email"]
