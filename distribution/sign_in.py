"""Signing in, and the membership in use. Sign-up is closed."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib import admin
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

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


class AdminSite(admin.AdminSite):
    site_header = site_title = _("Tributary administration")
    index_title = _("All records")

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and getattr(request.user, "is_staff", False))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponseBase:  # type: ignore[override]  # noqa: ARG002  Django's signature; the stub leaves out redirects
        """Sign in as everywhere else, so that rate limits and the second factor hold here too."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next", request.get_full_path()))
