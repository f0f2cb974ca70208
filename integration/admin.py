"""Webhooks to look at: they are managed on their pages. Secrets are not shown."""

from django.contrib import admin

from core.ui.admin import ReadOnlyAdmin
from integration.models import WebhookDelivery, WebhookEndpoint


@admin.register(WebhookEndpoint)
class WebhookEndpointAdmin(ReadOnlyAdmin):
    list_display = ("name", "url", "is_active", "feed_position", "previous_until", "created_at", "created_by")
    list_filter = ("is_active",)
    list_select_related = ("created_by",)
    search_fields = ("name", "url")
    fields = (
        "name", "url", "kinds", "is_active", "feed_position", "previous_until", "created_at", "created_by", "version",
    )  # fmt: skip


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "endpoint", "event", "message_id", "sent_at")
    list_filter = ("endpoint", ("sent_at", admin.EmptyFieldListFilter))
    list_select_related = ("endpoint", "event")
    search_fields = ("=event__id", "=message_id", "=event__kind")
