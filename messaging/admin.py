"""Administration of notifications: read-only, they follow from events."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.ui.admin import ReadOnlyAdmin
from messaging.enums import SendingState
from messaging.models import ChatAddress, Notification, Preference, Sending
from messaging.services.sendings import replay_sendings


@admin.register(Notification)
class NotificationAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "recipient", "kind", "level", "read_at", "acknowledged_at")
    list_filter = ("level", ("read_at", admin.EmptyFieldListFilter))
    list_select_related = ("recipient",)
    search_fields = ("recipient__email", "=kind")


@admin.register(Preference)
class PreferenceAdmin(ReadOnlyAdmin):
    """Everybody sets their own."""

    list_display = ("person", "group", "channel", "is_on")
    list_filter = ("group", "channel", "is_on")
    list_select_related = ("person",)
    search_fields = ("person__email",)


@admin.register(ChatAddress)
class ChatAddressAdmin(ReadOnlyAdmin):
    """Everybody sets their own; address and secret are not shown."""

    list_display = ("person", "kind", "host", "changed_at")
    list_filter = ("kind",)
    list_select_related = ("person",)
    search_fields = ("person__email",)
    fields = ("person", "kind", "host", "changed_at")


@admin.register(Sending)
class SendingAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "recipient", "kind", "channel", "state", "attempts", "sent_at", "last_error")
    list_filter = ("channel", ("sent_at", admin.EmptyFieldListFilter))
    list_select_related = ("notification__recipient",)
    search_fields = ("notification__recipient__email", "=notification__kind", "=message_id")
    actions = ("send_again",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: Any = super().get_queryset(request)
        found: QuerySet[Any] = rows.with_state()
        return found

    @admin.display(description=_("recipient"))
    def recipient(self, row: Sending) -> str:
        return str(row.notification.recipient)

    @admin.display(description=_("kind"))
    def kind(self, row: Sending) -> str:
        return row.notification.kind

    @admin.display(description=_("status"))
    def state(self, row: Any) -> str:
        return str(SendingState(row.state).label)

    @admin.display(description=_("attempts"))
    def attempts(self, row: Any) -> int:
        return int(row.attempts)

    @admin.display(description=_("last error"))
    def last_error(self, row: Any) -> str:
        return str(row.last_error)

    @admin.action(description=_("Send again"))
    def send_again(self, request: HttpRequest, queryset: QuerySet[Sending]) -> None:
        """Anew for the selected ones, whatever their attempts, also where they were sent."""
        actor: Any = request.user
        ids = list(queryset.values_list("pk", flat=True))
        count = replay_sendings(sending_ids=ids, actor=actor, now=timezone.now())
        text = ngettext("Sending %(count)d notification again.", "Sending %(count)d notifications again.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)
