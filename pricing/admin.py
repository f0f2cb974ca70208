from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.widgets import ForeignKeyWidget

from catalogue.models import Product, ProductUnit
from core.actors import Actor
from core.http import actor_of
from core.ui.admin import ExportedMixin, ServiceAdmin, TrackedMixin
from pricing.models import Price, PriceList, Promotion
from pricing.services.prices import end_price, set_price


class PriceResource(ModelResource):  # type: ignore[misc]  # import_export ships no types
    """Prices as a sheet; lists and products by their codes."""

    price_list = Field(attribute="price_list", column_name="price_list", widget=ForeignKeyWidget(PriceList, "code"))
    product = Field(attribute="product", column_name="product", widget=ForeignKeyWidget(Product, "code"))
    unit = Field(attribute="unit", column_name="unit", widget=ForeignKeyWidget(ProductUnit, "code"))

    class Meta:
        model = Price
        fields = ("price_list", "product", "unit", "from_quantity", "starts_on", "amount", "ends_on")


def _set(price: Price, actor: Actor) -> Price:
    return set_price(
        price_list_id=price.price_list_id,
        product_id=price.product_id,
        unit=price.unit.code if price.unit else "",
        amount=price.amount,
        from_quantity=price.from_quantity,
        starts_on=price.starts_on,
        ends_on=price.ends_on,
        actor=actor,
    )


class PriceForm(forms.ModelForm[Price]):
    """The price in force does not block the next one: the service ends it."""

    def _get_validation_exclusions(self) -> set[str]:
        return {*super()._get_validation_exclusions(), "starts_on"}  # type: ignore[misc]  # Django's hook, not in the stubs


@admin.register(Price)
class PriceAdmin(TrackedMixin, ExportedMixin, ServiceAdmin):
    """A new price ends the one before; of an old one only its end is changed."""

    form = PriceForm
    resource_classes = (PriceResource,)
    list_display = ("price_list", "product", "unit", "from_quantity", "amount", "starts_on", "ends_on")
    list_filter = ("price_list", ("ends_on", admin.EmptyFieldListFilter))
    list_select_related = ("price_list", "product", "unit")
    search_fields = ("product__code", "product__name", "price_list__code")
    autocomplete_fields = ("price_list", "product", "unit")
    readonly_fields = ("changes",)

    def get_readonly_fields(self, _request: HttpRequest, obj: Any = None) -> Any:
        fixed = ("price_list", "product", "unit", "from_quantity", "amount", "starts_on")
        return (*fixed, *self.readonly_fields) if obj else self.readonly_fields

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, _form: Any, change: Any) -> None:
        actor = actor_of(request)
        if not change:
            obj.pk = _set(obj, actor).pk
        elif obj.ends_on:
            end_price(price_id=obj.pk, ends_on=obj.ends_on, actor=actor)


@admin.register(PriceList)
class PriceListAdmin(TrackedMixin, ExportedMixin, admin.ModelAdmin[Any]):
    list_display = (
        "code", "name", "owner", "currency", "distributor", "territory", "tier", "channel_kind", "priority", "is_active",
    )  # fmt: skip
    list_filter = ("is_active", "currency", "channel_kind", "tier")
    list_select_related = ("owner", "distributor", "territory", "tier")
    search_fields = ("code", "name", "name_zh")
    autocomplete_fields = ("owner", "distributor", "territory", "tier")
    readonly_fields = ("source_type", "source_id", "changes")


@admin.register(Promotion)
class PromotionAdmin(ExportedMixin, admin.ModelAdmin[Any]):
    list_display = ("code", "name", "discount_rate", "minimum_quantity", "maximum_quantity", "starts_on", "ends_on")
    search_fields = ("code", "name", "name_zh")
    readonly_fields = ("source_type", "source_id")
