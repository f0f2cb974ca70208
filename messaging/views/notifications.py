"""A person's notifications."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.http import AuthenticatedRequest
from core.keyset import take_slice
from core.ui.actions import ActionView
from core.ui.list_header import CURSOR, address
from core.ui.page import Page
from messaging.models import Notification
from messaging.selectors.notifications import shown
from messaging.services.notifications import mark_notifications_read


class NotificationsView(Page):
    """What I must know or do; the newest first. POST marks all of them read."""

    title = _("Notifications")
    template_name = "messaging/notifications.html"

    def get(self, request: AuthenticatedRequest) -> HttpResponse:
        mine: Any = Notification.objects.visible_to(self.actor)
        rows = mine.unread() if request.GET.get("unread") else mine
        page = take_slice(rows, order=("-created_at", "-id"), cursor=request.GET.get(CURSOR, ""))
        more = address(request.GET, **{CURSOR: page.following}) if page.following else ""
        lines = shown(page.rows, actor=self.actor)
        return self.render_to_response(self.get_context_data(rows=lines, more_url=more, unread=mine.unread().count()))

    def post(self, _request: AuthenticatedRequest) -> HttpResponseBase:
        mark_notifications_read(actor=self.actor, now=timezone.now())
        return HttpResponseRedirect(reverse("messaging:notifications"))


class NotificationOpenView(ActionView):
    """Mark one notification read and go where it leads."""

    model = Notification

    def perform(self) -> None:
        mark_notifications_read(actor=self.actor, now=timezone.now(), notification_ids=[self.object.pk])

    def get_success_url(self) -> str:
        (line,) = shown([self.object], actor=self.actor)
        return line.address or reverse("messaging:notifications")
