"""Administration of notifications: read-only, they follow from events."""

from django.contrib import admin

from core.ui.admin import ReadOnlyAdmin
from messaging.models import Notification, Preference


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
