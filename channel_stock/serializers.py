"""What lies at distributors, as the API shows and takes it."""

from typing import Any

from rest_framework import serializers

from channel_stock.services.stock_reports import MOST_LINES
from inventory.enums import Cover
from inventory.models import Stock
from inventory.rules import MOST_PIECES


class ChannelStockSerializer(serializers.ModelSerializer[Stock]):
    """One product at one distributor; `days_of_cover` is null where it bought none in 91 days, `cover` then `no_data`."""

    distributor = serializers.CharField(source="warehouse.distributor.code", read_only=True)
    product = serializers.CharField(source="product.code", read_only=True)
    daily_sell_in = serializers.FloatField(read_only=True, allow_null=True)
    days_of_cover = serializers.FloatField(read_only=True, allow_null=True)
    cover = serializers.ChoiceField(choices=Cover.choices, read_only=True)
    counted_at = serializers.DateTimeField(source="warehouse.counted_at", read_only=True, allow_null=True)

    class Meta:
        model = Stock
        fields = ("id", "distributor", "product", "on_hand", "daily_sell_in", "days_of_cover", "cover", "counted_at")


class CountedLineSerializer(serializers.Serializer[Any]):
    product = serializers.CharField(max_length=64, help_text="Code or barcode.")
    quantity = serializers.IntegerField(
        min_value=0, max_value=MOST_PIECES, help_text="Pieces; units, where the barcode of a unit is given."
    )


class StockReportSerializer(serializers.Serializer[Any]):
    """What lies in the caller's own warehouse, as counted; a product not named stays as it is."""

    reference = serializers.CharField(max_length=64, allow_blank=True, default="")
    lines = serializers.ListField(child=CountedLineSerializer(), allow_empty=False, max_length=MOST_LINES)


class StockReportedSerializer(serializers.Serializer[Any]):
    """Products counted, products that differed from what was known, and by how many pieces in all."""

    products = serializers.IntegerField(read_only=True)
    changed = serializers.IntegerField(read_only=True)
    difference = serializers.IntegerField(read_only=True)
