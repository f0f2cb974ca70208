from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from import_export.admin import ExportMixin
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.widgets import ForeignKeyWidget

from catalogue.models import Brand, BuyingRight, Category, Product
from catalogue.services.products import product_input_of, save_product
from core.ui.admin import ServiceAdmin, TrackedMixin


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
        obj.pk = save_product(product_id=obj.pk if change else None, values=product_input_of(obj), actor=actor).pk


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
