"""A person's API tokens."""

from datetime import datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import TokenScope
from accounts.forms.people import TokenForm
from accounts.models import ApiToken
from accounts.permissions import can_issue_token
from accounts.services.tokens import issue_token, revoke_token
from core.ui.forms import ServiceFormView
from core.ui.page import Page


class TokensView(ServiceFormView):
    """My keys to the API, and the form of a new one. Its text is shown on the page that follows, once."""

    permission_required = can_issue_token
    title = _("API tokens")
    template_name = "accounts/tokens.html"
    form_class = TokenForm
    submit_label = _("Create token")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**({"tokens": self.tokens()} | kwargs))

    def tokens(self) -> list[dict[str, Any]]:
        mine = ApiToken.objects.visible_to(self.actor).select_related("user").order_by("-created")[:200]
        return [{"token": token, "scope": TokenScope(token.scope)} for token in mine]

    def form_valid(self, form: Any) -> HttpResponse:
        day = form.cleaned_data["expires_at"]
        token, text = issue_token(
            actor=self.actor,
            name=form.cleaned_data["name"],
            scope=form.cleaned_data["scope"],
            expires_at=timezone.make_aware(datetime.combine(day, time.max)) if day else None,
        )
        context = self.get_context_data(form=self.form_class(), new_token=token, new_text=text)
        response = self.render_to_response(context)
        response.headers["Cache-Control"] = "no-store"
        return response


class TokenRevokeView(Page):
    """Take a key away."""

    permission_required = can_issue_token
    http_method_names = ["post", "options"]

    def post(self, _request: HttpRequest, reference: str) -> HttpResponseBase:
        revoke_token(actor=self.actor, reference=reference)
        return HttpResponseRedirect(reverse("accounts:tokens"))
