"""Who signs in by single sign-on: people whose account an administrator or an owner made, and nobody else."""

from typing import Any

import structlog
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.enums import SecurityEvent
from accounts.models import User
from accounts.permissions import requires_sso
from accounts.services.passwords import remove_password
from sign_in.history import record_security_event
from sign_in.sessions import forget_sessions

_log = structlog.get_logger(__name__)


def refused(request: HttpRequest, *, reason: str) -> HttpResponse:
    """The same page whatever was wrong: who has an account here is nobody else's business. The log has the reason."""
    _log.warning("sso_refused", reason=reason)
    return render(request, "socialaccount/authentication_error.html", {"sso_name": settings.OIDC_NAME}, status=401)


@transaction.atomic
def linked_person(account: SocialAccount) -> User | None:
    """Link the person who has the verified address; nobody where none has it, or where they are linked already.

    An address that a provider gives to somebody else later does not take the account along.
    """
    claims: dict[str, Any] = account.extra_data
    email = str(claims.get("email") or "").strip().lower()
    if not email or claims.get("email_verified") is not True:
        return None
    person: User | None = User.objects.select_for_update().filter(email=email, is_active=True).first()
    if person is None or SocialAccount.objects.filter(user=person, provider=account.provider).exists():
        return None
    account.user = person
    account.save()
    record_security_event(SecurityEvent.SSO_LINKED, person, issuer=claims["iss"])
    return person


class SsoAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    def is_open_for_signup(self, _request: HttpRequest, _sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Called once the token has been checked; `sociallogin` knows its person if they were here before."""
        if not sociallogin.is_existing:
            person = linked_person(sociallogin.account)
            if person is None:
                raise ImmediateHttpResponse(refused(request, reason="no account for this identity"))
            sociallogin.user = person
        if requires_sso(sociallogin.user.email) and sociallogin.user.has_usable_password():
            sociallogin.user = remove_password(person_id=sociallogin.user.pk)
            forget_sessions(sociallogin.user)

    def on_authentication_error(
        self,
        request: HttpRequest,
        _provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        **_kwargs: Any,
    ) -> None:
        raise ImmediateHttpResponse(refused(request, reason=str(exception or error)))
