"""Administration of catalogue and warehouses. Products are written by their service; the ledgers are to look at."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from catalogue.models import Product
from core.ui.admin import ExportedMixin, ReadOnlyAdmin, register_histories
from inventory.models import (
    BackOrder,
    ExpectedReceipt,
    Lot,
    LotBinding,
    LotMove,
    LotStock,
    Reservation,
    Stock,
    StockBlock,
    StockMove,
    SupplyRoute,
    Warehouse,
)


@admin.register(Warehouse)
class WarehouseAdmin(ExportedMixin, admin.ModelAdmin[Any]):
    """Whose a warehouse is stays for good: orders are supplied from the brand owner's own only."""

    list_display = ("code", "name", "name_zh", "kind", "distributor", "counted_at", "is_active")
    list_filter = ("kind", "is_active", ("distributor", admin.EmptyFieldListFilter))
    list_select_related = ("distributor",)
    search_fields = ("code", "name", "name_zh", "distributor__code", "distributor__name")
    autocomplete_fields = ("distributor",)

    def get_readonly_fields(self, _request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("distributor", "counted_at") if obj else ("counted_at",)


@admin.register(SupplyRoute)
class SupplyRouteAdmin(ExportedMixin, admin.ModelAdmin[Any]):
    list_display = ("distributor", "priority", "warehouse", "lead_days", "calendar", "cut_off", "starts_on", "ends_on")
    list_select_related = ("distributor", "warehouse", "calendar")
    search_fields = ("distributor__code", "distributor__name", "=warehouse__code")
    autocomplete_fields = ("distributor", "warehouse", "calendar")


@admin.register(Stock)
class StockAdmin(ExportedMixin, ReadOnlyAdmin):
    """Changed by receipts, corrections and orders only."""

    list_display = ("warehouse", "product", "on_hand", "reserved", "blocked", "available", "waiting", "sold_in")
    list_filter = (("warehouse__distributor", admin.EmptyFieldListFilter),)
    list_select_related = ("warehouse", "product")
    search_fields = ("product__code", "product__name", "=warehouse__code")


@admin.register(StockMove)
class StockMoveAdmin(ExportedMixin, ReadOnlyAdmin):
    list_display = ("at", "warehouse", "product", "kind", "quantity", "reference", "actor")
    list_filter = ("kind", ("warehouse__distributor", admin.EmptyFieldListFilter))
    list_select_related = ("warehouse", "product", "actor")
    search_fields = ("product__code", "=reference", "=warehouse__code")


@admin.register(Reservation)
class ReservationAdmin(ReadOnlyAdmin):
    list_display = ("source_type", "source_id", "source_line_id", "warehouse", "product", "quantity", "expires_at")
    list_select_related = ("warehouse", "product")
    search_fields = ("=source_id", "=source_line_id", "product__code")


@admin.register(ExpectedReceipt)
class ExpectedReceiptAdmin(ExportedMixin, ReadOnlyAdmin):
    """Changed on its page, by the API and by imports: who waits for it is promised anew then."""

    list_display = ("external_id", "warehouse", "product", "quantity", "received", "expected_on", "status")
    list_filter = ("status", "warehouse")
    list_select_related = ("warehouse", "product")
    date_hierarchy = "expected_on"
    search_fields = ("external_id", "product__code")


@admin.register(StockBlock)
class StockBlockAdmin(ExportedMixin, ReadOnlyAdmin):
    """Blocked and unblocked on its page and by the API: what is available moves with it."""

    list_display = ("number", "status", "warehouse", "product", "quantity", "released", "scrapped", "reason", "until")
    list_filter = ("status", "reason", "warehouse")
    list_select_related = ("warehouse", "product")
    search_fields = ("=number", "note", "product__code")


@admin.register(Lot)
class LotAdmin(ExportedMixin, ReadOnlyAdmin):
    """Added, corrected and frozen on its page and by the API."""

    list_display = ("product", "name", "produced_on", "expires_on", "status", "status_reason", "status_at")
    list_filter = ("status",)
    list_select_related = ("product",)
    date_hierarchy = "expires_on"
    search_fields = ("code", "product__code")


@admin.register(LotStock)
class LotStockAdmin(ExportedMixin, ReadOnlyAdmin):
    list_display = ("warehouse", "product", "lot", "on_hand", "bound", "blocked")
    list_filter = (("warehouse__distributor", admin.EmptyFieldListFilter),)
    list_select_related = ("warehouse", "product", "lot")
    search_fields = ("lot__code", "product__code", "=warehouse__code")


@admin.register(LotMove)
class LotMoveAdmin(ExportedMixin, ReadOnlyAdmin):
    list_display = ("at", "warehouse", "product", "lot", "quantity", "move", "actor")
    list_select_related = ("warehouse", "product", "lot", "move", "actor")
    search_fields = ("lot__code", "product__code", "=move__reference")


@admin.register(LotBinding)
class LotBindingAdmin(ReadOnlyAdmin):
    list_display = ("reservation", "lot", "pieces", "lost")
    list_select_related = ("reservation", "lot")
    search_fields = ("lot__code", "=reservation__source_id")


@admin.register(BackOrder)
class BackOrderAdmin(ExportedMixin, ReadOnlyAdmin):
    """Filled by whatever brings goods in."""

    list_display = (
        "reference", "distributor", "warehouse", "product", "ordered", "quantity", "ship_on", "promised_on",
        "first_promised_on", "placed_at", "filled_at",
    )  # fmt: skip
    list_filter = (("filled_at", admin.EmptyFieldListFilter), "warehouse")
    list_select_related = ("distributor", "warehouse", "product")
    search_fields = ("=reference", "product__code", "distributor__code")


register_histories([Product])
