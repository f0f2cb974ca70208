"""Administration of catalogue and warehouses. Products are written by their service; the ledgers are to look at."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from import_export.admin import ExportMixin

from catalogue.models import Product
from core.ui.admin import ReadOnlyAdmin, register_histories
from inventory.models import Reservation, Stock, StockMove, SupplyRoute, Warehouse


@admin.register(Warehouse)
class WarehouseAdmin(ExportMixin, admin.ModelAdmin):  # type: ignore[misc,type-arg]  # likewise
    """Whose a warehouse is stays for good: orders are supplied from the brand owner's own only."""

    list_display = ("code", "name", "name_zh", "distributor", "counted_at", "is_active")
    list_filter = ("is_active", ("distributor", admin.EmptyFieldListFilter))
    list_select_related = ("distributor",)
    search_fields = ("code", "name", "name_zh", "distributor__code", "distributor__name")
    autocomplete_fields = ("distributor",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:  # noqa: ARG002 - likewise
        return ("distributor", "counted_at") if obj else ("counted_at",)


@admin.register(SupplyRoute)
class SupplyRouteAdmin(ExportMixin, admin.ModelAdmin):  # type: ignore[misc,type-arg]  # likewise
    list_display = ("distributor", "priority", "warehouse", "lead_days", "starts_on", "ends_on")
    list_select_related = ("distributor", "warehouse")
    search_fields = ("distributor__code", "distributor__name", "=warehouse__code")
    autocomplete_fields = ("distributor", "warehouse")


@admin.register(Stock)
class StockAdmin(ExportMixin, ReadOnlyAdmin):  # type: ignore[misc]  # likewise
    """Changed by receipts, corrections and orders only."""

    list_display = ("warehouse", "product", "on_hand", "reserved", "available", "sold_in", "days_of_cover")
    list_filter = (("warehouse__distributor", admin.EmptyFieldListFilter),)
    list_select_related = ("warehouse", "product")
    search_fields = ("product__code", "product__name", "=warehouse__code")


@admin.register(StockMove)
class StockMoveAdmin(ExportMixin, ReadOnlyAdmin):  # type: ignore[misc]  # likewise
    list_display = ("at", "warehouse", "product", "kind", "quantity", "reference", "actor")
    list_filter = ("kind", ("warehouse__distributor", admin.EmptyFieldListFilter))
    list_select_related = ("warehouse", "product", "actor")
    search_fields = ("product__code", "=reference", "=warehouse__code")


@admin.register(Reservation)
class ReservationAdmin(ReadOnlyAdmin):
    list_display = ("source_type", "source_id", "source_line_id", "warehouse", "product", "quantity", "expires_at")
    list_select_related = ("warehouse", "product")
    search_fields = ("=source_id", "=source_line_id", "product__code")


register_histories([Product])
