"""Order templates as they are shown and sent."""

from typing import Any

from rest_framework import serializers

from catalogue.rules.pasted_lines import MAX_QUANTITY
from orders.ordering.models import OrderTemplate, OrderTemplateLine


class OrderTemplateLineSerializer(serializers.ModelSerializer[OrderTemplateLine]):
    product = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    quantity = serializers.IntegerField(source="units", read_only=True, help_text="In units.")

    class Meta:
        model = OrderTemplateLine
        fields = ("position", "product", "unit", "quantity")


class OrderTemplateSerializer(serializers.ModelSerializer[OrderTemplate]):
    """`name` is empty for the favourites."""

    distributor = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    lines = OrderTemplateLineSerializer(many=True, read_only=True)

    class Meta:
        model = OrderTemplate
        fields = ("id", "distributor", "name", "lines")


class OrderTemplateLineInput(serializers.Serializer[Any]):
    product = serializers.CharField(max_length=64, help_text="A code or barcode.")
    unit = serializers.CharField(max_length=16, allow_blank=True, default="", help_text="Empty for the piece.")
    quantity = serializers.IntegerField(min_value=1, max_value=MAX_QUANTITY, help_text="In units.")


class OrderTemplateChange(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=80, allow_blank=True, help_text="Favourites keep an empty one.")
    lines = OrderTemplateLineInput(many=True)


class OrderTemplateInput(OrderTemplateChange):
    distributor = serializers.CharField(
        max_length=64, required=False, help_text="Code; your own distributor where it is left out."
    )
