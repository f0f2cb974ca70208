"""Order types as they are shown and sent."""

from typing import Any

from rest_framework import serializers

from accounts.enums import Role
from orders.ordering.models import OrderType


class OrderTypeSerializer(serializers.ModelSerializer[OrderType]):
    class Meta:
        model = OrderType
        fields = (
            "code", "name", "name_zh", "is_priced", "uses_credit", "counts_as_sale", "is_taxed", "roles", "position",
            "is_default", "is_active",
        )  # fmt: skip


class OrderTypeChange(serializers.Serializer[Any]):
    """The fields to change; what follows from them holds for orders placed from now on."""

    name = serializers.CharField(max_length=200, required=False)
    name_zh = serializers.CharField(max_length=200, required=False, allow_blank=True)
    is_priced = serializers.BooleanField(required=False, help_text="False makes the lines free of charge.")
    uses_credit = serializers.BooleanField(required=False)
    counts_as_sale = serializers.BooleanField(required=False)
    is_taxed = serializers.BooleanField(required=False)
    roles = serializers.ListField(
        child=serializers.ChoiceField(choices=Role.choices), required=False, help_text="Who may order by it."
    )
    position = serializers.IntegerField(required=False, min_value=0, max_value=30_000)
    is_active = serializers.BooleanField(required=False)


class OrderTypeInput(OrderTypeChange):
    code = serializers.SlugField(max_length=64)
    name = serializers.CharField(max_length=200)
