"""Two-step sign-in that a role needs: whoever has none yet is led to setting it up, and gets nothing else."""

from typing import Any, Final

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role

OPEN: Final = frozenset(
    {"two_step", "sessions", "session_end", "set_language", "core:theme", "healthz", "readyz", "metrics"}
)
OPEN_BY_NAME: Final = ("account_", "mfa_", "sso_")


def check_roles() -> None:
    """A role written wrong would be asked for nothing. Raises ImproperlyConfigured."""
    if unknown := sorted(settings.TWO_STEP_ROLES - set(Role.values)):
        raise ImproperlyConfigured(
            f"TWO_STEP_ROLES: no role is called {', '.join(unknown)}. There are {', '.join(Role.values)}."
        )


def lacks_second_step(person: Any) -> bool:
    """Whether one of the person's roles, in use or not, needs a second step that is not set up."""
    if not settings.TWO_STEP_ROLES or not person.is_authenticated:
        return False
    roles = {row.role for row in person.memberships_in_force()}
    return bool(roles & settings.TWO_STEP_ROLES) and not is_mfa_enabled(person, [Authenticator.Type.TOTP])


class TwoStepMiddleware:
    """Looks at people who are signed in by a session. API tokens are made by them, and are no sign-in."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = self.get_response(request)
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        if not settings.TWO_STEP_ROLES or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in OPEN or name.startswith(OPEN_BY_NAME) or not lacks_second_step(request.user):
            return None
        if name.startswith("api:"):
            problem = {"code": "two_step_required", "detail": _("Set up two-step sign-in first."), "attr": None}
            return JsonResponse({"type": "client_error", "errors": [problem]}, status=403)
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(headers={"HX-Redirect": reverse("two_step")})
        return HttpResponseRedirect(reverse("two_step"))
