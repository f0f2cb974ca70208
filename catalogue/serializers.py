from typing import Any

from rest_framework import serializers

from catalogue.models import Brand, Category


class BrandSerializer(serializers.ModelSerializer[Brand]):
    class Meta:
        model = Brand
        fields = ("code", "name", "name_zh")


class CategorySerializer(serializers.ModelSerializer[Category]):
    parent: Any = serializers.CharField(source="parent.code", default=None, allow_null=True, read_only=True)

    class Meta:
        model = Category
        fields = ("code", "name", "name_zh", "parent")
