"""Administration of waves: to look at; the warehouse changes them on its own pages."""

from django.contrib import admin

from core.ui.admin import ExportedMixin, ReadOnlyAdmin, ReadOnlyInline
from orders.fulfilment.waves.models import Pick, Wave, WaveLine


class WaveLineInline(ReadOnlyInline):
    model = WaveLine
    fields = ("order_line", "quantity", "is_open", "shipment")


@admin.register(Wave)
class WaveAdmin(ExportedMixin, ReadOnlyAdmin):
    list_display = ("number", "warehouse", "status", "made_at", "made_by", "picked_at", "shipped_at", "shipped_by")
    list_filter = ("status", "warehouse")
    list_select_related = ("warehouse", "made_by", "shipped_by")
    search_fields = ("number__startswith",)
    inlines = (WaveLineInline,)


@admin.register(WaveLine)
class WaveLineAdmin(ReadOnlyAdmin):
    list_display = ("wave", "order_line", "quantity", "is_open", "shipment")
    list_filter = ("is_open",)
    list_select_related = ("wave", "order_line", "shipment")
    search_fields = ("=wave__number",)


@admin.register(Pick)
class PickAdmin(ReadOnlyAdmin):
    list_display = ("line", "lot", "zone", "place", "quantity", "picked", "short_reason", "picked_at", "picked_by")
    list_filter = ("short_reason",)
    list_select_related = ("line", "lot", "picked_by")
    search_fields = ("=line__wave__number",)
