"""Forms of signing in that differ from allauth's."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm as StandardChangePasswordForm
from allauth.account.forms import ConfirmLoginCodeForm as StandardConfirmCodeForm
from allauth.account.forms import LoginForm as StandardLoginForm
from allauth.account.forms import RequestLoginCodeForm as StandardRequestCodeForm
from allauth.account.forms import ResetPasswordForm as StandardResetPasswordForm
from allauth.account.forms import UserTokenForm as StandardUserTokenForm
from django import forms
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import AccountsTopic
from accounts.models import User
from accounts.permissions import requires_sso
from core.outbox import publish


class ResetPasswordForm(StandardResetPasswordForm):  # type: ignore[misc]  # allauth ships no types
    """Does the same, in the same time, whether the account exists: who has the address is looked up by the consumer."""

    def clean_email(self) -> str:
        email: str = get_adapter().clean_email(self.cleaned_data["email"].lower())
        return email

    def save(self, _request: HttpRequest, **_kwargs: Any) -> str:
        email: str = self.cleaned_data["email"]
        publish(
            topic=AccountsTopic.PASSWORD_RESET_ASKED, payload={"email": email, "language": translation.get_language()}
        )
        return email


class ResetKeyForm(StandardUserTokenForm):  # type: ignore[misc]  # allauth ships no types
    def _get_user(self, uidb36: str) -> User | None:
        """A link that was sent before single sign-on became compulsory opens nothing any more."""
        person: User | None = super()._get_user(uidb36)
        return None if person is None or requires_sso(person.email) else person


class LoginForm(StandardLoginForm):  # type: ignore[misc]  # allauth ships no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = _("E-mail or mobile number")
        login.widget.attrs.update({"autocomplete": "username", "placeholder": ""})


class RequestCodeForm(StandardRequestCodeForm):  # type: ignore[misc]  # allauth ships no types
    """By mobile number alone: who has an e-mail address has a password, or sets a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["email"]
        self.fields["phone"].required = True


class ConfirmCodeForm(StandardConfirmCodeForm):  # type: ignore[misc]  # allauth ships no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = pgettext_lazy("sign-in", "Code")
        self.fields["code"].widget.attrs.update({"placeholder": "", "inputmode": "numeric"})


class ChangePasswordForm(StandardChangePasswordForm):  # type: ignore[misc]  # allauth ships no types
    revoke_tokens = forms.BooleanField(
        label=_("Revoke my API tokens as well"),
        help_text=_("Choose this if somebody else may have had access to the account."),
        required=False,
        initial=True,
    )

    def save(self) -> None:
        self.user.keeps_tokens = not self.cleaned_data["revoke_tokens"]
        super().save()
