"""Templates to read: they are written on their pages."""

from django.contrib import admin

from core.ui.admin import ReadOnlyAdmin, ReadOnlyInline
from responsibility.models import AssignmentTemplate, AssignmentTemplateLine


class LineInline(ReadOnlyInline):
    model = AssignmentTemplateLine


@admin.register(AssignmentTemplate)
class AssignmentTemplateAdmin(ReadOnlyAdmin):
    list_display = ("code", "name", "name_zh", "territory", "channel_kind", "is_active")
    list_filter = ("is_active", "channel_kind")
    list_select_related = ("territory",)
    search_fields = ("code", "name", "name_zh")
    inlines = (LineInline,)


@admin.register(AssignmentTemplateLine)
class AssignmentTemplateLineAdmin(ReadOnlyAdmin):
    list_display = ("template", "duty", "person", "role", "stand_in")
    list_select_related = ("template", "duty", "person", "stand_in")
