"""Signing in, and the membership in use. Sign-up is closed."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import Membership, User


class ClosedSignUp(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Administrators and distributor owners make accounts; there is no page to make one's own."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  whoever asks
        return False


class _WithMemberships(ModelBackend):
    def get_user(self, user_id: Any) -> User | None:
        """The person of a session with the memberships in force: one query, a second one for somebody without any."""
        today = timezone.localdate()
        mine = Membership.objects.on(today).with_grants(today).filter(person=user_id)
        rows = list(mine.select_related("person"))
        person: User | None = rows[0].person if rows else User.objects.filter(pk=user_id).first()
        if person is None or not self.user_can_authenticate(person):
            return None
        person.current_memberships = rows
        return person


class PasswordBackend(_WithMemberships):
    """Django's own way to sign in."""


class EmailBackend(_WithMemberships, AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """allauth's way to sign in."""
