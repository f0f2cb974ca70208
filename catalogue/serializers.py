from typing import Any

from rest_framework import serializers

from accounts.models import Distributor
from catalogue.enums import ENTERED_KINDS, CodeKind
from catalogue.fields import ProductField
from catalogue.models import Brand, Category, ProductCode
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
    """A code and the product it means; `normal` is what is compared, `distributor` whose own code it is."""

    product = serializers.CharField(source="product.code", read_only=True)
    distributor: Any = serializers.CharField(source="distributor.code", default=None, allow_null=True, read_only=True)
    kind = serializers.ChoiceField(choices=CodeKind.choices, read_only=True)
    normal = serializers.CharField(read_only=True)

    class Meta:
        model = ProductCode
        fields = ("id", "product", "kind", "distributor", "code", "normal")


class ProductCodeInputSerializer(serializers.Serializer[Any]):
    """A further code of a product. Only a distributor's own code names the distributor."""

    product = ProductField()
    kind = serializers.ChoiceField(choices=[(kind.value, kind.label) for kind in ENTERED_KINDS])
    code = serializers.CharField(max_length=64)
    distributor = VisibleField(Distributor, required=False, allow_null=True)
