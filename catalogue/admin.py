from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from import_export.admin import ExportMixin
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.widgets import ForeignKeyWidget

from catalogue.enums import ENTERED_KINDS
from catalogue.models import Brand, BuyingRight, Category, Product, ProductCode
from catalogue.services.product_codes import add_product_code, remove_product_code
from catalogue.services.products import product_input_of, save_product
from core.http import actor_of
from core.ui.admin import ServiceAdmin, TrackedMixin


class ProductResource(ModelResource):  # type: ignore[misc]  # import_export ships no types
    """Products as a sheet; brands and categories by their codes."""

    brand = Field(attribute="brand", column_name="brand", widget=ForeignKeyWidget(Brand, "code"))
    category = Field(attribute="category", column_name="category", widget=ForeignKeyWidget(Category, "code"))

    class Meta:
        model = Product
        exclude = ("id", "pinyin", "search_text")


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
        actor = actor_of(request)
        obj.pk = save_product(product_id=obj.pk if change else None, values=product_input_of(obj), actor=actor).pk


@admin.register(ProductCode)
class ProductCodeAdmin(ExportMixin, ServiceAdmin):  # type: ignore[misc]  # likewise
    list_display = ("code", "normal", "kind", "product", "distributor")
    list_filter = ("kind",)
    list_select_related = ("product", "distributor")
    search_fields = ("code", "normal", "product__code")
    autocomplete_fields = ("product", "distributor")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - removed and added anew
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.kind in ENTERED_KINDS)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: ARG002, FBT001 - Django's form
        actor = actor_of(request)
        obj.pk = add_product_code(
            product_id=obj.product_id, kind=obj.kind, code=obj.code, distributor_id=obj.distributor_id, actor=actor
        ).pk

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        actor = actor_of(request)
        remove_product_code(code_id=obj.pk, actor=actor)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for obj in queryset:
            self.delete_model(request, obj)


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
