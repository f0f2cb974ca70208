"""Who signs in, and under which membership."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from accounts.models import User
from accounts.permissions import requires_sso
from accounts.selectors.actors import person_with_memberships


class _WithMemberships(ModelBackend):
    def get_user(self, user_id: Any) -> User | None:
        """The person of a session with the memberships in force, in one query."""
        person = person_with_memberships(user_id)
        return person if person is not None and self.user_can_authenticate(person) else None


class PasswordBackend(_WithMemberships):
    """Django's own way to sign in."""

    def authenticate(self, request: HttpRequest | None, *args: Any, **credentials: Any) -> User | None:
        person: Any = super().authenticate(request, *args, **credentials)
        return None if person is None or requires_sso(person.email) else person


class EmailBackend(_WithMemberships, AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """allauth's way to sign in, by the address of the account alone: its own table of addresses means nothing here."""

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        person = User.objects.filter(email=email.lower()).first()
        checked: User | None = self._check_password(person, password)
        return checked

    def _check_password(self, user: User | None, password: str) -> User | None:
        """Whose domain has single sign-on is here like somebody who is not there."""
        known = None if user is None or requires_sso(user.email) else user
        checked: User | None = super()._check_password(known, password)
        return checked
