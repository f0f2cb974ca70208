"""Administration of notifications: read-only, they follow from events."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.ui.admin import ReadOnlyAdmin
from messaging.models import (
    ChatAddress,
    ConversationMessage,
    ConversationRead,
    Endpoint,
    MessageFile,
    Notification,
    Preference,
    Sending,
)
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
    list_display = (
        "created_at",
        "recipient",
        "kind",
        "channel",
        "endpoint",
        "state",
        "attempts",
        "sent_at",
        "last_error",
    )
    list_filter = ("channel", "state")
    list_select_related = ("notification__recipient",)
    search_fields = ("notification__recipient__email", "=notification__kind", "=endpoint")
    actions = ("send_again",)

    @admin.display(description=_("recipient"))
    def recipient(self, row: Sending) -> str:
        return str(row.notification.recipient)

    @admin.display(description=_("kind"))
    def kind(self, row: Sending) -> str:
        return row.notification.kind

    @admin.action(description=_("Send again"))
    def send_again(self, request: HttpRequest, queryset: QuerySet[Sending]) -> None:
        """Anew for the selected ones, whatever their attempts, also where they were sent."""
        actor: Any = request.user
        ids = list(queryset.values_list("pk", flat=True))
        count = replay_sendings(sending_ids=ids, actor=actor, now=timezone.now())
        text = ngettext("Sending %(count)d notification again.", "Sending %(count)d notifications again.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)


@admin.register(Endpoint)
class EndpointAdmin(ReadOnlyAdmin):
    list_display = ("name", "failures", "paused_until")
    search_fields = ("name",)


@admin.register(ConversationMessage)
class ConversationMessageAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "author", "subject_type", "subject_id", "distributor", "is_internal", "withdrawn_at")
    list_filter = ("subject_type", "is_internal")
    list_select_related = ("author", "distributor")
    search_fields = ("=subject_id", "author__email", "distributor__code")


@admin.register(MessageFile)
class MessageFileAdmin(ReadOnlyAdmin):
    list_display = ("added_at", "name", "media_type", "size")
    search_fields = ("name",)


@admin.register(ConversationRead)
class ConversationReadAdmin(ReadOnlyAdmin):
    list_display = ("person", "subject_type", "subject_id", "message_id")
    list_select_related = ("person",)
    search_fields = ("person__email",)
