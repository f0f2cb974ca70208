"""Administration of counts and scrap: to look at. They are worked with on their pages, for the stock moves with them."""

from django.contrib import admin

from core.ui.admin import ExportedMixin, ReadOnlyAdmin, ReadOnlyInline
from stocktaking.models import Scrap, ScrapLine, StockCount, StockCountLine


@admin.register(StockCount)
class StockCountAdmin(ExportedMixin, ReadOnlyAdmin):
    list_display = ("number", "status", "warehouse", "scope", "is_blind", "opened_at", "submitted_at", "posted_at")
    list_filter = ("status", "scope", "warehouse")
    list_select_related = ("warehouse",)
    search_fields = ("=number", "note")


@admin.register(StockCountLine)
class StockCountLineAdmin(ExportedMixin, ReadOnlyAdmin):
    list_display = ("count", "product", "expected", "counted", "first_counted", "reason", "counted_by", "counted_at")
    list_select_related = ("count", "product", "counted_by")
    search_fields = ("=count__number", "product__code")


class ScrapLineInline(ReadOnlyInline):
    model = ScrapLine
    fields = ("product", "quantity", "unit", "pieces", "unit_cost")


@admin.register(Scrap)
class ScrapAdmin(ExportedMixin, ReadOnlyAdmin):
    list_display = ("__str__", "status", "warehouse", "reason", "block", "reverses", "created_at", "posted_at")
    list_filter = ("status", "reason", "warehouse")
    list_select_related = ("warehouse", "block", "reverses")
    search_fields = ("=number", "note", "lines__product__code")
    inlines = (ScrapLineInline,)


@admin.register(ScrapLine)
class ScrapLineAdmin(ExportedMixin, ReadOnlyAdmin):
    list_display = ("scrap", "product", "quantity", "unit", "pieces", "unit_cost")
    list_select_related = ("scrap", "product")
    search_fields = ("=scrap__number", "product__code")
