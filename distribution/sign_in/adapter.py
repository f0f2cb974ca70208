"""What allauth asks the project: who may open an account, how often may be tried, and how mail leaves."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from accounts.models import User
from accounts.services.tokens import revoke_tokens_of
from core.mail import post
from distribution.sign_in import limits


class _Site:
    """What allauth's texts call the site: never the Host header, which anybody writes."""

    name = domain = ""

    def __init__(self) -> None:
        self.name = self.domain = urlsplit(settings.PUBLIC_URL).netloc


class SignIn(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Administrators and distributor owners make accounts; there is no page to make one's own."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  whoever asks
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        login = str(credentials.get("email") or credentials.get("username") or "").lower()
        self._login_failed_rl_usage = limits.consume(request, login)
        if self._login_failed_rl_usage is None:
            raise self.validation_error("too_many_login_attempts")

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponseBase:
        limits.remember(request, user)
        response: HttpResponseBase = super().post_login(request, user, **kwargs)
        return response

    def set_password(self, user: User, password: str) -> None:
        """Whoever had a key made with a stolen session must not keep it: unless the person says so, the keys go, too."""
        with transaction.atomic():
            super().set_password(user, password)
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
        super().send_notification_mail(template_prefix, user, context, email or user.email)
