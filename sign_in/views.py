"""Pages of signing in that are not allauth's alone."""

from collections.abc import Callable
from typing import Any

from allauth.account.views import LoginView as StandardLoginView
from allauth.account.views import password_change as standard_password_change
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sign_in.oidc import Adapter
from sign_in.sso import refused
from sign_in.two_step import lacks_second_step


class LoginView(StandardLoginView):  # type: ignore[misc]  # allauth ships no types
    """With the way to single sign-on, where there is one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        way = self.passthrough_next_url(reverse("sso_login")) if settings.OIDC_ISSUER else ""
        context: dict[str, Any] = super().get_context_data(sso_url=way, sso_name=settings.OIDC_NAME, **kwargs)
        return context


def password_change(request: HttpRequest) -> HttpResponseBase:
    """The package would send whoever has no password to a page that is not mounted."""
    if request.user.is_authenticated and not request.user.has_usable_password():
        return render(request, "account/no_password.html")
    response: HttpResponseBase = standard_password_change(request)
    return response


@require_safe
@login_required
def two_step(request: HttpRequest) -> HttpResponseBase:
    """Where people are led whose role needs a second step that they have not set up."""
    if not lacks_second_step(request.user):
        return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "account/two_step_required.html")


@require_safe
def sso_login(request: HttpRequest) -> HttpResponseBase:
    """Off to the provider. By GET: the policy of our pages lets no form lead to another site."""
    if settings.OIDC_ISSUER and request.user.is_authenticated:
        return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)
    return _with_provider(request, OAuth2LoginView.adapter_view)


@require_safe
def sso_callback(request: HttpRequest) -> HttpResponseBase:
    """Back from the provider, with a code."""
    return _with_provider(request, OAuth2CallbackView.adapter_view)


def _with_provider(request: HttpRequest, view_of: Callable[[Adapter], Any]) -> HttpResponseBase:
    if not settings.OIDC_ISSUER:
        raise Http404
    try:
        response: HttpResponseBase = view_of(Adapter(request))(request)
    except (OAuth2Error, OSError) as error:  # all that `requests` raises is an OSError
        return refused(request, reason=str(error))
    return response
