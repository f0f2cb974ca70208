"""Administration of returns: to look at. They are worked with on their pages, for the stock moves with them."""

from django.contrib import admin

from core.ui.admin import ExportedMixin, ReadOnlyAdmin, ReadOnlyInline
from orders.returns.models import InspectedGoods, Return, ReturnLine, ReturnPhoto, ReturnPolicy


class ReturnLineInline(ReadOnlyInline):
    model = ReturnLine
    fields = ("position", "order_line", "pieces", "reason", "condition", "sent", "arrived", "accepted", "net_amount")


class InspectedGoodsInline(ReadOnlyInline):
    model = InspectedGoods
    fields = ("pieces", "is_accepted", "condition", "disposition", "warehouse", "block", "lot_number")


@admin.register(Return)
class ReturnAdmin(ExportedMixin, ReadOnlyAdmin):
    list_display = ("number", "status", "distributor", "asked_amount", "total_amount", "currency", "requested_at")
    list_filter = ("status", "is_by_rule")
    list_select_related = ("distributor",)
    search_fields = ("number__startswith", "=distributor__code", "=tracking_number")
    inlines = (ReturnLineInline,)


@admin.register(ReturnLine)
class ReturnLineAdmin(ExportedMixin, ReadOnlyAdmin):
    list_display = ("document", "position", "order_line", "pieces", "returned", "reason", "condition", "accepted")
    list_filter = ("reason", "condition")
    list_select_related = ("document", "order_line")
    search_fields = ("=document__number",)
    inlines = (InspectedGoodsInline,)


@admin.register(InspectedGoods)
class InspectedGoodsAdmin(ReadOnlyAdmin):
    list_display = ("line", "pieces", "is_accepted", "condition", "disposition", "warehouse", "lot_number")
    list_filter = ("disposition", "is_accepted")
    list_select_related = ("line", "warehouse")
    search_fields = ("=line__document__number",)


@admin.register(ReturnPhoto)
class ReturnPhotoAdmin(ReadOnlyAdmin):
    list_display = ("line", "name", "media_type", "size", "added_at")
    list_select_related = ("line",)
    search_fields = ("=line__document__number", "name")


@admin.register(ReturnPolicy)
class ReturnPolicyAdmin(ReadOnlyAdmin):
    list_display = ("code", "name", "name_zh", "tier", "window_days", "reasons", "exempt_reasons", "is_active")
    list_select_related = ("tier",)
    list_filter = ("is_active",)
    search_fields = ("code", "name", "name_zh")
