"""A person's own pages: notifications and API tokens."""

from datetime import datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from accounts.enums import NotificationLevel, TokenScope
from accounts.forms.people import TokenForm
from accounts.models import ApiToken, Notification
from accounts.permissions import can_issue_token
from accounts.selectors.notification_texts import notification_text
from accounts.services.manage_tokens import issue_token, revoke_token
from accounts.services.mark_notifications_read import mark_notifications_read
from core.keyset import take_slice
from core.ui.actions import ActionView
from core.ui.forms import ServiceFormView
from core.ui.list_header import CURSOR, address
from core.ui.page import Page


class NotificationsView(Page):
    """What I must know or do; the newest first. POST marks all of them read."""

    title = _("Notifications")
    template_name = "accounts/notifications.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        mine: Any = Notification.objects.visible_to(self.actor)
        shown = mine.unread() if request.GET.get("unread") else mine
        page = take_slice(shown, order=("-created_at", "-id"), cursor=request.GET.get(CURSOR, ""))
        rows = [
            {
                "notification": notification,
                "text": notification_text(notification.kind, notification.params),
                "level": NotificationLevel(notification.level),
            }
            for notification in page.rows
        ]
        more = address(request.GET, **{CURSOR: page.following}) if page.following else ""
        return self.render_to_response(self.get_context_data(rows=rows, more_url=more, unread=mine.unread().count()))

    def post(self, _request: HttpRequest) -> HttpResponseBase:
        mark_notifications_read(actor=self.actor, now=timezone.now())
        return HttpResponseRedirect(reverse("accounts:notifications"))


class NotificationOpenView(ActionView):
    """Mark one notification read and go where it leads."""

    model = Notification

    def perform(self) -> None:
        mark_notifications_read(actor=self.actor, now=timezone.now(), notification_ids=[self.object.pk])

    def get_success_url(self) -> str:
        link = self.object.link
        return link if link and url_has_allowed_host_and_scheme(link, None) else reverse("accounts:notifications")


class TokensView(ServiceFormView):
    """My keys to the API, and the form of a new one. Its text is shown on the page that follows, once."""

    permission_required = can_issue_token
    title = _("API tokens")
    template_name = "accounts/tokens.html"
    form_class = TokenForm
    submit_label = _("Make token")

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
