"""Fields in which a person names a product by a code, in any spelling (API, forms, filters), and what is sent of one."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django_filters.fields import ModelChoiceField
from rest_framework import serializers

from catalogue.enums import ProductStatus
from catalogue.models import Brand, Category, Product
from catalogue.selectors import find_by_code, find_visible_product
from core.api.bulk import BulkSerializer, SentRows
from core.api.fields import VisibleField
from core.filters import CodeFilter, CodeInput, visible_rows
from core.money import STORED_DIGITS

MOST_PIECES = 1_000_000_000
"""The most that a row says in pieces or days."""


class ProductField(VisibleField):
    """A product that the caller sees, named by one of its codes."""

    def __init__(self, model: type[Product] = Product, **options: Any) -> None:
        super().__init__(model, **options)

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str | int) or isinstance(data, bool) or "\x00" in str(data):
            self.fail("invalid")
        own = self.context["request"].user.distributor_id
        product = find_visible_product(str(data), products=self.get_queryset(), distributor_id=own)
        if product is None:
            self.fail("does_not_exist", slug_name=self.slug_field, value=str(data))
        return product


@dataclass(frozen=True, kw_only=True)
class Scanned:
    """A product, and how many pieces the code that was given stands for: one, or those of a unit."""

    product: Product
    pieces: int


class ScannedField(ProductField):
    """A product named by one of its codes, of which the barcode of a unit counts the pieces of the unit."""

    def to_internal_value(self, data: Any) -> Any:
        product = super().to_internal_value(data)
        meant = find_by_code([str(data)], distributor_id=self.context["request"].user.distributor_id)
        return Scanned(product=product, pieces=meant[str(data)].pieces)


class NamedByCode(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's takes no argument when it runs
    """A choice of products, read from any of their codes."""

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or isinstance(value, Product):
            return super().to_python(value)
        product = find_visible_product(str(value), products=self.queryset, distributor_id=None)
        if product is None:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value}
            )
        return product


class ProductChoiceField(NamedByCode):
    """A product among those that the form sets from what its reader may see."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **{"queryset": Product.objects.none(), "to_field_name": "code", "widget": CodeInput, **options}
        )


class ProductFilterField(NamedByCode, ModelChoiceField):  # type: ignore[misc]  # the package ships no types
    """The field of a filter."""


class ProductFilter(CodeFilter):
    """One product, by one of its codes."""

    field_class = ProductFilterField

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"queryset": visible_rows(Product), **options})


class ProductInputSerializer(serializers.Serializer[Any]):
    """What is sent to make or change a product. Brand and category are named by code."""

    code = serializers.CharField(max_length=64)
    name = serializers.CharField(max_length=200)
    name_zh = serializers.CharField(max_length=200, allow_blank=True, required=False)
    barcode = serializers.CharField(max_length=64, allow_blank=True, allow_null=True, required=False)
    brand = VisibleField(Brand)
    category = VisibleField(Category)
    status = serializers.ChoiceField(choices=ProductStatus.choices, required=False)
    unit = serializers.CharField(max_length=16, required=False)
    pack_size = serializers.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    minimum_quantity = serializers.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    order_multiple = serializers.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    successor = VisibleField(Product, required=False, allow_null=True)
    last_order_on = serializers.DateField(required=False, allow_null=True)
    shelf_life_days = serializers.IntegerField(min_value=1, max_value=2**31 - 1, required=False, allow_null=True)
    weight = serializers.DecimalField(max_digits=12, decimal_places=4, required=False, allow_null=True)
    volume = serializers.DecimalField(max_digits=12, decimal_places=6, required=False, allow_null=True)
    unit_cost = serializers.DecimalField(max_digits=19, decimal_places=STORED_DIGITS, min_value=0, required=False)
    description = serializers.CharField(max_length=20_000, allow_blank=True, required=False)
    description_zh = serializers.CharField(max_length=20_000, allow_blank=True, required=False)


class ProductChangeSerializer(ProductInputSerializer):
    """The same, with only what changes."""

    def get_fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = super().get_fields()
        for field in fields.values():
            field.required = False
        return fields


class ProductRowSerializer(serializers.Serializer[Any]):
    """A product by its code; what is left out stays as it is. A new one needs name, brand and category."""

    code = serializers.CharField(max_length=64)
    name = serializers.CharField(max_length=200, required=False)
    name_zh = serializers.CharField(max_length=200, allow_blank=True, required=False)
    barcode = serializers.CharField(max_length=64, allow_null=True, required=False)
    brand = serializers.CharField(max_length=64, required=False, help_text="Its code.")
    category = serializers.CharField(max_length=64, required=False, help_text="Its code.")
    status = serializers.ChoiceField(choices=ProductStatus.choices, required=False)
    unit = serializers.CharField(max_length=16, required=False)
    pack_size = serializers.IntegerField(min_value=1, max_value=MOST_PIECES, required=False)
    minimum_quantity = serializers.IntegerField(min_value=1, max_value=MOST_PIECES, required=False)
    order_multiple = serializers.IntegerField(min_value=1, max_value=MOST_PIECES, required=False)
    successor = serializers.CharField(max_length=64, required=False, allow_null=True)
    last_order_on = serializers.DateField(required=False, allow_null=True)
    shelf_life_days = serializers.IntegerField(min_value=1, max_value=MOST_PIECES, required=False, allow_null=True)
    weight = serializers.DecimalField(max_digits=12, decimal_places=4, required=False, allow_null=True)
    volume = serializers.DecimalField(max_digits=12, decimal_places=6, required=False, allow_null=True)
    unit_cost = serializers.DecimalField(max_digits=19, decimal_places=STORED_DIGITS, min_value=0, required=False)
    description = serializers.CharField(max_length=20_000, allow_blank=True, required=False)
    description_zh = serializers.CharField(max_length=20_000, allow_blank=True, required=False)

    class Meta:
        list_serializer_class = SentRows


class ProductRowsSerializer(BulkSerializer):
    """Up to 5,000 products. One that is known by its code is changed; the same again changes nothing."""

    rows = ProductRowSerializer(many=True)
