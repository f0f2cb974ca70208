from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.widgets import ForeignKeyWidget

from catalogue.enums import ENTERED_KINDS
from catalogue.models import (
    Brand,
    BuyingRight,
    Category,
    Product,
    ProductAttribute,
    ProductCode,
    ProductFamily,
    ProductFile,
    ProductUnit,
)
from catalogue.services.product_codes import add_product_code, remove_product_code
from catalogue.services.products import product_input_of, save_product
from catalogue.services.units import UnitInput, remove_unit, save_unit
from core.http import actor_of
from core.ui.admin import ExportedMixin, ReadOnlyAdmin, ServiceAdmin, TrackedMixin, register_histories


class ProductResource(ModelResource):  # type: ignore[misc]  # import_export ships no types
    """Products as a sheet; brands and categories by their codes."""

    brand = Field(attribute="brand", column_name="brand", widget=ForeignKeyWidget(Brand, "code"))
    category = Field(attribute="category", column_name="category", widget=ForeignKeyWidget(Category, "code"))

    class Meta:
        model = Product
        exclude = ("id", "pinyin", "search_text")


@admin.register(Product)
class ProductAdmin(TrackedMixin, ExportedMixin, ServiceAdmin):
    resource_classes = (ProductResource,)
    list_display = ("code", "name", "name_zh", "brand", "category", "status", "minimum_quantity", "order_multiple")
    list_filter = ("status", "brand")
    list_select_related = ("brand", "category")
    search_fields = ("code", "name", "name_zh", "barcode", "pinyin")
    autocomplete_fields = ("brand", "category", "successor")
    readonly_fields = ("family", "variant", "changes")  # set on the page of the family

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, _form: Any, change: Any) -> None:
        actor = actor_of(request)
        obj.pk = save_product(product_id=obj.pk if change else None, values=product_input_of(obj), actor=actor).pk


@admin.register(ProductCode)
class ProductCodeAdmin(ExportedMixin, ServiceAdmin):
    list_display = ("code", "normal", "kind", "product", "unit", "distributor")
    list_filter = ("kind",)
    list_select_related = ("product", "distributor", "unit")
    search_fields = ("code", "normal", "product__code")
    autocomplete_fields = ("product", "distributor", "unit")

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.kind in ENTERED_KINDS)

    def save_model(self, request: HttpRequest, obj: Any, _form: Any, _change: Any) -> None:
        actor = actor_of(request)
        obj.pk = add_product_code(
            product_id=obj.product_id,
            kind=obj.kind,
            code=obj.code,
            distributor_id=obj.distributor_id,
            actor=actor,
            unit=obj.unit.code if obj.unit else "",
        ).pk

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        actor = actor_of(request)
        remove_product_code(code_id=obj.pk, actor=actor)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for obj in queryset:
            self.delete_model(request, obj)


@admin.register(ProductUnit)
class ProductUnitAdmin(TrackedMixin, ExportedMixin, ServiceAdmin):
    list_display = ("product", "code", "pieces", "barcode", "is_default", "weight", "volume")
    list_filter = ("is_default", "code")
    list_select_related = ("product",)
    search_fields = ("product__code", "code", "barcode")
    autocomplete_fields = ("product",)
    readonly_fields = ("changes",)

    def get_readonly_fields(self, _request: HttpRequest, obj: Any = None) -> Any:
        return ("product", *self.readonly_fields) if obj else self.readonly_fields

    def save_model(self, request: HttpRequest, obj: Any, _form: Any, change: Any) -> None:
        values = UnitInput(**{name: getattr(obj, name) for name in UnitInput.__dataclass_fields__})
        unit_id = obj.pk if change else None
        actor = actor_of(request)
        obj.pk = save_unit(product_id=obj.product_id, unit_id=unit_id, values=values, actor=actor).pk

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        remove_unit(unit_id=obj.pk, actor=actor_of(request))

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for obj in queryset:
            self.delete_model(request, obj)


@admin.register(ProductFile)
class ProductFileAdmin(ReadOnlyAdmin):
    list_display = ("product", "position", "name", "media_type", "size", "thumbnail_at")
    list_filter = ("media_type",)
    list_select_related = ("product",)
    search_fields = ("product__code", "name")


@admin.register(ProductFamily)
class ProductFamilyAdmin(TrackedMixin, ExportedMixin, ReadOnlyAdmin):
    """Families and their values are kept on their page, which shows them as a grid."""

    list_display = ("code", "name", "name_zh", "category")
    list_select_related = ("category",)
    search_fields = ("code", "name", "name_zh")
    readonly_fields = ("changes",)


@admin.register(ProductAttribute)
class ProductAttributeAdmin(TrackedMixin, ExportedMixin, ReadOnlyAdmin):
    list_display = ("category", "code", "name", "name_zh", "position", "value_labels")
    list_select_related = ("category",)
    search_fields = ("code", "name", "name_zh", "category__code")
    readonly_fields = ("changes",)


@admin.register(Brand)
class BrandAdmin(ExportedMixin, admin.ModelAdmin[Any]):
    list_display = ("code", "name", "name_zh")
    search_fields = ("code", "name", "name_zh")


@admin.register(Category)
class CategoryAdmin(ExportedMixin, admin.ModelAdmin[Any]):
    list_display = ("code", "name", "name_zh", "parent")
    list_select_related = ("parent",)
    search_fields = ("code", "name", "name_zh")
    autocomplete_fields = ("parent",)


@admin.register(BuyingRight)
class BuyingRightAdmin(ExportedMixin, admin.ModelAdmin[Any]):
    list_display = ("distributor", "brand", "product", "starts_on", "ends_on")
    list_filter = ("brand", ("ends_on", admin.EmptyFieldListFilter))
    list_select_related = ("distributor", "brand", "product")
    search_fields = ("distributor__code", "distributor__name", "product__code")
    autocomplete_fields = ("distributor", "brand", "product")


register_histories([ProductUnit, ProductFamily, ProductAttribute])
