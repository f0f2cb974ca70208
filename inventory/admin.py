"""Administration of catalogue and warehouses. Products are written by their service; the ledgers are to look at."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from import_export.admin import ExportMixin
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.widgets import ForeignKeyWidget

from core.ui.admin import ReadOnlyAdmin, ServiceAdmin, TrackedMixin, register_histories
from inventory.models import (
    Brand,
    BuyingRight,
    Category,
    Product,
    Reservation,
    Stock,
    StockMove,
    SupplyRoute,
    Warehouse,
)
from inventory.services.save_product import facts_of, save_product


class ProductResource(ModelResource):  # type: ignore[misc]  # import_export ships no types
    """Products as a sheet; brands and categories by their codes."""

    brand = Field(attribute="brand", column_name="brand", widget=ForeignKeyWidget(Brand, "code"))
    category = Field(attribute="category", column_name="category", widget=ForeignKeyWidget(Category, "code"))

    class Meta:
        model = Product
        exclude = ("id", "pinyin")


@admin.register(Product)
class ProductAdmin(TrackedMixin, ExportMixin, ServiceAdmin):  # type: ignore[misc]  # import_export ships no types
    resource_classes = (ProductResource,)
    list_display = ("code", "name", "name_zh", "brand", "category", "status", "minimum_quantity", "order_multiple")
    list_filter = ("status", "brand")
    list_select_related = ("brand", "category")
    search_fields = ("code", "name", "name_zh", "barcode", "pinyin")
    autocomplete_fields = ("brand", "category")
    readonly_fields = ("changes",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - taken off sale instead
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: ARG002, FBT001 - so
        actor: Any = request.user
        obj.pk = save_product(product_id=obj.pk if change else None, facts=facts_of(obj), actor=actor).pk


@admin.register(Brand)
class BrandAdmin(ExportMixin, admin.ModelAdmin):  # type: ignore[misc,type-arg]  # likewise
    list_display = ("code", "name", "name_zh")
    search_fields = ("code", "name", "name_zh")


@admin.register(Category)
class CategoryAdmin(ExportMixin, admin.ModelAdmin):  # type: ignore[misc,type-arg]  # likewise
    list_display = ("code", "name", "name_zh", "parent")
    list_select_related = ("parent",)
    search_fields = ("code", "name", "name_zh")
    autocomplete_fields = ("parent",)


@admin.register(BuyingRight)
class BuyingRightAdmin(ExportMixin, admin.ModelAdmin):  # type: ignore[misc,type-arg]  # likewise
    list_display = ("distributor", "brand", "product", "starts_on", "ends_on")
    list_filter = ("brand", ("ends_on", admin.EmptyFieldListFilter))
    list_select_related = ("distributor", "brand", "product")
    search_fields = ("distributor__code", "distributor__name", "product__code")
    autocomplete_fields = ("distributor", "brand", "product")


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
    list_display = ("distributor", "warehouse", "lead_days")
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
    list_display = ("claim", "claim_line", "warehouse", "product", "quantity", "expires_at")
    list_select_related = ("warehouse", "product")
    search_fields = ("=claim", "=claim_line", "product__code")


register_histories([Product])
