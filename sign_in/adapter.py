"""What allauth asks the project: who may open an account, how often may be tried, and how mail leaves."""

from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import SecurityEvent
from accounts.fields import PhoneField
from accounts.models import User
from accounts.permissions import requires_sso
from accounts.services.phones import normal_phone
from accounts.services.tokens import revoke_tokens_of
from core.mail import post
from messaging.services.sms import post_sms
from sign_in import limits
from sign_in.history import record_mailed, record_security_event
from sign_in.sessions import forget_sessions


class _Site:
    """What allauth's texts call the site: never the Host header, which anybody writes."""

    name = domain = ""

    def __init__(self) -> None:
        self.name = self.domain = urlsplit(settings.PUBLIC_URL).netloc


class SignIn(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Administrators and distributor owners make accounts; there is no page to make one's own."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": gettext_lazy("This code is not right."),
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        phone = normal_phone(str(credentials.get("phone") or ""))  # written otherwise it is the same account
        login = str(credentials.get("email") or phone or credentials.get("username") or "").lower()
        self._login_failed_rl_usage = limits.consume(request, login)
        if self._login_failed_rl_usage is None:
            raise self.validation_error("too_many_login_attempts")

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponseBase:
        limits.remember(request, user)
        record_security_event(SecurityEvent.SIGNED_IN, user, address=self.get_client_ip(request))
        response: HttpResponseBase = super().post_login(request, user, **kwargs)
        return response

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        return PhoneField(label=_("mobile number"), **kwargs)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        """Whoever manages the person vouches for the number, as for the e-mail address."""
        return (user.phone, True) if user.phone else None

    def get_user_by_phone(self, phone: str) -> User | None:
        found: User | None = User.objects.filter(phone=normal_phone(phone), is_active=True).first()
        return None if found is None or requires_sso(found.email) else found

    def set_phone(self, user: User, phone: str, verified: bool) -> None:  # noqa: FBT001 - allauth's form
        """Numbers are changed by the services alone."""

    def set_phone_verified(self, user: User, phone: str) -> None:
        """Likewise: a number is not verified apart."""

    def send_verification_code_sms(self, user: User, phone: str, code: str, **_kwargs: Any) -> None:
        with translation.override(user.language_of_mail):
            text = _("%(code)s is your code for Tributary. It is valid for three minutes.") % {"code": code}
        post_sms(to=phone, text=text, code=code)

    def send_unknown_account_sms(self, phone: str, **_kwargs: Any) -> None:
        """Nobody is sent anything who has no account: it would cost money, and strangers would choose whom."""

    def set_password(self, user: User, password: str) -> None:
        """Whoever had a key made with a stolen session must not keep it: unless the person says so, the keys go, too."""
        with transaction.atomic():
            super().set_password(user, password)
            forget_sessions(user)
            if not getattr(user, "keeps_tokens", False):
                revoke_tokens_of(person_id=user.pk)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """By the outbox: a mail server that is away must not stop a password from being changed."""
        values = {"request": self.request, "email": email, "current_site": _Site(), **context}
        mail = self.render_mail(template_prefix, email, values)
        post(to=email, subject=mail.subject, body=mail.body)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        record_mailed(template_prefix, user, address=self.get_client_ip(self.request))
        super().send_notification_mail(template_prefix, user, context, email or user.email)
