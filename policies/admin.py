from django.contrib import admin

from core.ui.admin import ExportedMixin, ReadOnlyAdmin, ReadOnlyInline
from policies.models import Announcement, AnnouncementFile, AnnouncementRecipient


class AnnouncementFileInline(ReadOnlyInline):
    model = AnnouncementFile
    fields = ("name", "media_type", "size", "sha256", "added_at")


@admin.register(Announcement)
class AnnouncementAdmin(ReadOnlyAdmin):
    """Written and published on their pages."""

    list_display = ("title", "kind", "revision", "status", "needs_acknowledgement", "blocks_orders", "published_at")
    list_filter = ("kind", "status", "needs_acknowledgement", "blocks_orders")
    search_fields = ("title", "title_zh")
    inlines = (AnnouncementFileInline,)


@admin.register(AnnouncementRecipient)
class AnnouncementRecipientAdmin(ExportedMixin, ReadOnlyAdmin):
    list_display = (
        "announcement", "distributor", "added_at", "due_on", "blocks_on", "acknowledged_at", "acknowledged_name",
        "acknowledged_role",
    )  # fmt: skip
    list_filter = (("acknowledged_at", admin.EmptyFieldListFilter), ("blocks_on", admin.EmptyFieldListFilter))
    list_select_related = ("announcement", "distributor")
    search_fields = ("announcement__title", "announcement__title_zh", "distributor__code", "distributor__name")


@admin.register(AnnouncementFile)
class AnnouncementFileAdmin(ReadOnlyAdmin):
    list_display = ("announcement", "name", "media_type", "size", "added_at")
    list_filter = ("media_type",)
    list_select_related = ("announcement",)
    search_fields = ("name", "announcement__title", "=sha256")
