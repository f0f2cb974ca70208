from typing import Any

from rest_framework import serializers

from accounts.models import Distributor
from catalogue.enums import ENTERED_KINDS, CodeKind
from catalogue.fields import ProductField
from catalogue.models import Brand, Category, ProductCode, ProductFile, ProductUnit
from core.api.fields import VisibleField


class BrandSerializer(serializers.ModelSerializer[Brand]):
    class Meta:
        model = Brand
        fields = ("code", "name", "name_zh")


class CategorySerializer(serializers.ModelSerializer[Category]):
    parent: Any = serializers.CharField(source="parent.code", default=None, allow_null=True, read_only=True)

    class Meta:
        model = Category
        fields = ("code", "name", "name_zh", "parent")


class ProductCodeSerializer(serializers.ModelSerializer[ProductCode]):
    """A code and the product it means; `unit` is the unit it stands for, null for a piece.

    `normal` is what is compared, `distributor` whose own code it is.
    """

    product = serializers.CharField(source="product.code", read_only=True)
    distributor: Any = serializers.CharField(source="distributor.code", default=None, allow_null=True, read_only=True)
    unit: Any = serializers.CharField(source="unit.code", default=None, allow_null=True, read_only=True)
    kind = serializers.ChoiceField(choices=CodeKind.choices, read_only=True)
    normal = serializers.CharField(read_only=True)

    class Meta:
        model = ProductCode
        fields = ("id", "product", "unit", "kind", "distributor", "code", "normal")


class ProductCodeInputSerializer(serializers.Serializer[Any]):
    """A further code of a product. Only a distributor's own code names the distributor."""

    product = ProductField()
    kind = serializers.ChoiceField(choices=[(kind.value, kind.label) for kind in ENTERED_KINDS])
    code = serializers.CharField(max_length=64)
    unit = serializers.CharField(
        max_length=16,
        required=False,
        allow_blank=True,
        default="",
        help_text="The unit it stands for; empty for a piece.",
    )
    distributor = VisibleField(Distributor, required=False, allow_null=True)


class ProductUnitSerializer(serializers.ModelSerializer[ProductUnit]):
    """A unit of several pieces; the piece is the product itself and is not among them. Kilograms and cubic metres."""

    product = serializers.CharField(source="product.code", read_only=True)

    class Meta:
        model = ProductUnit
        fields = ("id", "product", "code", "pieces", "barcode", "is_default", "weight", "volume")


class ProductUnitInputSerializer(serializers.Serializer[Any]):
    """A unit as it is to be: one that the product has under this code is changed."""

    product = ProductField()
    code = serializers.CharField(max_length=16)
    pieces = serializers.IntegerField(min_value=2, max_value=2**31 - 1)
    barcode = serializers.CharField(max_length=32, required=False, allow_null=True, allow_blank=True, default=None)
    is_default = serializers.BooleanField(required=False, default=False)
    weight = serializers.DecimalField(max_digits=12, decimal_places=4, required=False, allow_null=True, default=None)
    volume = serializers.DecimalField(max_digits=12, decimal_places=6, required=False, allow_null=True, default=None)


class ProductFileSerializer(serializers.ModelSerializer[ProductFile]):
    """A picture or a document of a product, the first picture of which stands for it."""

    product = serializers.CharField(source="product.code", read_only=True)

    class Meta:
        model = ProductFile
        fields = ("id", "product", "position", "name", "media_type", "size", "sha256", "alt", "alt_zh", "added_at")
