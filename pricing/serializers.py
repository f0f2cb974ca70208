"""Price lists, prices and quotes as the API shows and takes them."""

from typing import Any, ClassVar

from rest_framework import serializers

from accounts.models import Distributor
from catalogue.fields import ProductField
from core.api.bulk import BulkSerializer, SentRows
from core.api.fields import VisibleField
from core.money import STORED_DIGITS
from pricing.enums import PriceScope
from pricing.models import Price, PriceList

MOST_LINES = 200


def unit_code() -> serializers.CharField:
    return serializers.CharField(
        max_length=16,
        required=False,
        allow_blank=True,
        default="",
        help_text="Code of the unit; a piece, or the unit whose barcode is given, where it is left out.",
    )


class PriceListSerializer(serializers.ModelSerializer[PriceList]):
    """The source is what it holds by: an `announcement` is the revision of a policy."""

    distributor = serializers.CharField(source="distributor.code", default=None, allow_null=True, read_only=True)
    territory = serializers.CharField(source="territory.code", default=None, allow_null=True, read_only=True)
    tier = serializers.CharField(source="tier.code", default=None, allow_null=True, read_only=True)

    class Meta:
        model = PriceList
        fields = (
            "code", "name", "name_zh", "currency", "distributor", "territory", "tier", "channel_kind", "priority",
            "is_active", "source_type", "source_id",
        )  # fmt: skip


class PriceListInput(serializers.ModelSerializer[PriceList]):
    """A list of the company, for one distributor or, without one, for all. Its prices follow one by one."""

    distributor = VisibleField(Distributor, required=False, allow_null=True)

    class Meta:
        model = PriceList
        fields = ("code", "name", "name_zh", "currency", "distributor")
        extra_kwargs: ClassVar = {"name_zh": {"required": False}, "code": {"validators": []}}


class PriceSerializer(serializers.ModelSerializer[Price]):
    price_list = serializers.CharField(source="price_list.code", read_only=True)
    product = serializers.CharField(source="product.code", read_only=True)
    unit: Any = serializers.CharField(
        source="unit.code", default=None, allow_null=True, read_only=True, help_text="Null for a piece."
    )
    currency = serializers.CharField(source="price_list.currency", read_only=True)

    class Meta:
        model = Price
        fields = ("id", "price_list", "product", "unit", "from_quantity", "amount", "currency", "starts_on", "ends_on")


class SetPriceSerializer(serializers.Serializer[Any]):
    """A new price of a product in a list from a day on; the price before it ends the day before."""

    price_list = VisibleField(PriceList)
    product = ProductField()
    amount = serializers.DecimalField(max_digits=19, decimal_places=STORED_DIGITS, min_value=0)
    from_quantity = serializers.IntegerField(min_value=1, max_value=2**31 - 1, default=1)
    unit = unit_code()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(required=False, allow_null=True)


class PriceRowSerializer(serializers.Serializer[Any]):
    """A price of a product in a list from a day on; it ends the one before, and ends where a later one begins."""

    price_list = serializers.CharField(max_length=64)
    product = serializers.CharField(max_length=64, help_text="One of its codes.")
    unit = unit_code()
    from_quantity = serializers.IntegerField(min_value=1, max_value=2**31 - 1, default=1)
    amount = serializers.DecimalField(max_digits=19, decimal_places=STORED_DIGITS, min_value=0)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(default=None, allow_null=True)

    class Meta:
        list_serializer_class = SentRows


class PriceRowsSerializer(BulkSerializer):
    """Up to 5,000 prices, each known by its list, product, unit, step and first day."""

    rows = PriceRowSerializer(many=True)


class QuoteLineSerializer(serializers.Serializer[Any]):
    product = serializers.CharField(max_length=64)
    quantity = serializers.IntegerField(min_value=1, max_value=2**31 - 1, default=1)
    unit = unit_code()


class QuoteInputSerializer(serializers.Serializer[Any]):
    """Products and quantities whose price is asked. A distributor may leave its own code out."""

    distributor = VisibleField(Distributor, required=False)
    on = serializers.DateField(required=False)
    lines: Any = serializers.ListSerializer(child=QuoteLineSerializer(), allow_empty=False, max_length=MOST_LINES)


class QuotedPriceSerializer(serializers.Serializer[Any]):
    """The price of one line and why; `unit_price` is null where there is none. An empty `unit` is a piece.

    Quantities count the unit that was asked for, but `from_quantity` the one of the price (`price_unit`).
    """

    product = serializers.CharField()
    unit = serializers.CharField(allow_blank=True)
    price_unit = serializers.CharField(allow_blank=True)
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
