"""Outlets and their links to read: they are written on their pages."""

from django.contrib import admin

from core.ui.admin import ExportedMixin, ReadOnlyAdmin, ReadOnlyInline, TrackedMixin, register_histories
from outlets.models import BusinessDirection, Outlet, OutletLink


class LinkInline(ReadOnlyInline):
    model = OutletLink
    fields = ("distributor", "brand", "starts_on", "ends_on")


@admin.register(Outlet)
class OutletAdmin(TrackedMixin, ExportedMixin, ReadOnlyAdmin):
    list_display = ("code", "name", "name_zh", "kind", "status", "city", "territory", "head_office", "closed_on")
    list_filter = ("status", "kind")
    list_select_related = ("territory", "head_office")
    search_fields = ("code", "name", "name_zh", "city", "contact", "phone")
    readonly_fields = ("changes",)
    inlines = (LinkInline,)


@admin.register(OutletLink)
class OutletLinkAdmin(TrackedMixin, ExportedMixin, ReadOnlyAdmin):
    list_display = ("outlet", "distributor", "brand", "starts_on", "ends_on")
    list_filter = ("brand", ("ends_on", admin.EmptyFieldListFilter))
    list_select_related = ("outlet", "distributor", "brand")
    search_fields = ("outlet__code", "outlet__name", "distributor__code", "distributor__name")
    readonly_fields = ("changes",)


@admin.register(BusinessDirection)
class BusinessDirectionAdmin(TrackedMixin, ExportedMixin, ReadOnlyAdmin):
    list_display = ("distributor", "kind", "category", "channel_kind", "starts_on", "ends_on")
    list_filter = ("kind", "channel_kind", ("ends_on", admin.EmptyFieldListFilter))
    list_select_related = ("distributor", "category")
    search_fields = ("distributor__code", "distributor__name", "category__code")
    readonly_fields = ("changes",)


register_histories([BusinessDirection, Outlet, OutletLink])
