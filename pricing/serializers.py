"""Price lists, prices and quotes as the API shows and takes them."""

from typing import Any

from rest_framework import serializers

from accounts.models import Distributor
from catalogue.fields import ProductField
from core.api.fields import VisibleField
from core.money import STORED_DIGITS
from pricing.enums import PriceScope
from pricing.models import Price, PriceList

MOST_LINES = 200


class PriceListSerializer(serializers.ModelSerializer[PriceList]):
    distributor = serializers.CharField(source="distributor.code", default=None, allow_null=True, read_only=True)
    territory = serializers.CharField(source="territory.code", default=None, allow_null=True, read_only=True)
    tier = serializers.CharField(source="tier.code", default=None, allow_null=True, read_only=True)

    class Meta:
        model = PriceList
        fields = (
            "code", "name", "name_zh", "currency", "distributor", "territory", "tier", "channel_kind", "priority",
            "is_active",
        )  # fmt: skip


class PriceSerializer(serializers.ModelSerializer[Price]):
    price_list = serializers.CharField(source="price_list.code", read_only=True)
    product = serializers.CharField(source="product.code", read_only=True)
    currency = serializers.CharField(source="price_list.currency", read_only=True)

    class Meta:
        model = Price
        fields = ("id", "price_list", "product", "from_quantity", "amount", "currency", "starts_on", "ends_on")


class SetPriceSerializer(serializers.Serializer[Any]):
    """A new price of a product in a list from a day on; the price before it ends the day before."""

    price_list = VisibleField(PriceList)
    product = ProductField()
    amount = serializers.DecimalField(max_digits=19, decimal_places=STORED_DIGITS, min_value=0)
    from_quantity = serializers.IntegerField(min_value=1, max_value=2**31 - 1, default=1)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(required=False, allow_null=True)


class QuoteLineSerializer(serializers.Serializer[Any]):
    product = serializers.CharField(max_length=64)
    quantity = serializers.IntegerField(min_value=1, max_value=2**31 - 1, default=1)


class QuoteInputSerializer(serializers.Serializer[Any]):
    """Products and quantities whose price is asked. A distributor may leave its own code out."""

    distributor = VisibleField(Distributor, required=False)
    on = serializers.DateField(required=False)
    lines: Any = serializers.ListSerializer(child=QuoteLineSerializer(), allow_empty=False, max_length=MOST_LINES)


class QuotedPriceSerializer(serializers.Serializer[Any]):
    """The price of one line and why; `unit_price` is null where there is none."""

    product = serializers.CharField()
    quantity = serializers.IntegerField()
    currency = serializers.CharField()
    unit_price = serializers.DecimalField(max_digits=19, decimal_places=STORED_DIGITS, allow_null=True)
    price_list = serializers.CharField(allow_blank=True)
    scope = serializers.ChoiceField(choices=PriceScope.choices, allow_null=True)
    from_quantity = serializers.IntegerField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)
    reason = serializers.CharField()
    next_quantity = serializers.IntegerField(allow_null=True)
    next_unit_price = serializers.DecimalField(max_digits=19, decimal_places=STORED_DIGITS, allow_null=True)
