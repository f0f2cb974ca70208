"""Product families and attributes as the API shows and takes them."""

from typing import Any

from rest_framework import serializers

from catalogue.fields import ProductField
from catalogue.models import Category, Product, ProductAttribute, ProductFamily
from catalogue.rules.variants import LONGEST_VALUE, MOST_CHOICES
from core.api.fields import VisibleField

MOST_VARIANTS = 1000


class ChoiceSerializer(serializers.Serializer[Any]):
    """A value that an attribute can have."""

    code = serializers.CharField(max_length=LONGEST_VALUE)
    name = serializers.CharField(max_length=LONGEST_VALUE)
    name_zh = serializers.CharField(max_length=LONGEST_VALUE, required=False, allow_blank=True, default="")


class ProductAttributeSerializer(serializers.ModelSerializer[ProductAttribute]):
    """What the products of a family differ in; without `choices` the values are free text."""

    category = serializers.CharField(source="category.code", read_only=True)
    choices = ChoiceSerializer(many=True, read_only=True)

    class Meta:
        model = ProductAttribute
        fields = ("id", "category", "code", "name", "name_zh", "position", "choices")


class ProductAttributeInputSerializer(serializers.Serializer[Any]):
    """An attribute as it is to be: one that the category has under this code is changed."""

    category = VisibleField(Category)
    code = serializers.SlugField(max_length=32)
    name = serializers.CharField(max_length=200)
    name_zh = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    position = serializers.IntegerField(min_value=1, max_value=99, required=False, default=1)
    choices = ChoiceSerializer(many=True, required=False, default=list)

    def validate_choices(self, rows: list[Any]) -> list[Any]:
        if len(rows) > MOST_CHOICES:
            raise serializers.ValidationError(f"At most {MOST_CHOICES}.")
        return rows


class VariantSerializer(serializers.ModelSerializer[Product]):
    """A product of a family with its values, by the code of the attribute."""

    product = serializers.CharField(source="code", read_only=True)
    values = serializers.DictField(source="variant", child=serializers.CharField(), read_only=True)

    class Meta:
        model = Product
        fields = ("product", "values")


class ProductFamilySerializer(serializers.ModelSerializer[ProductFamily]):
    """A family; `attributes` are the codes of what its products differ in, `variants` those that the reader sees."""

    category = serializers.CharField(source="category.code", read_only=True)
    attributes = serializers.ListField(child=serializers.CharField(), read_only=True)
    variants = VariantSerializer(many=True, read_only=True)

    class Meta:
        model = ProductFamily
        fields = ("code", "name", "name_zh", "category", "attributes", "variants")


class ProductFamilyInputSerializer(serializers.Serializer[Any]):
    """A family as it is to be: one of this code is changed."""

    code = serializers.CharField(max_length=64)
    name = serializers.CharField(max_length=200)
    name_zh = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    category = VisibleField(Category)


class VariantInputSerializer(serializers.Serializer[Any]):
    """A product and its values; `values` null takes it out of the family."""

    product = ProductField()
    values = serializers.DictField(
        child=serializers.CharField(max_length=LONGEST_VALUE, allow_blank=True), allow_null=True
    )


class VariantsInputSerializer(serializers.Serializer[Any]):
    """Products that are put into a family, changed in it, or taken out of it. The others stay as they are."""

    variants = VariantInputSerializer(many=True)

    def validate_variants(self, rows: list[Any]) -> list[Any]:
        if len(rows) > MOST_VARIANTS:
            raise serializers.ValidationError(f"At most {MOST_VARIANTS}.")
        return rows
