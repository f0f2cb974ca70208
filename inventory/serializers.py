"""Catalogue and stock as the API shows and takes them."""

from typing import Any

from rest_framework import serializers

from catalogue.fields import ProductField, ScannedField
from catalogue.models import Product
from core.api.bulk import BulkSerializer, SentRows
from core.api.fields import VisibleField
from core.money import STORED_DIGITS
from inventory.enums import Availability
from inventory.models import Stock, StockMove, Warehouse
from inventory.permissions import can_see_stock
from inventory.rules import MOST_PIECES
from inventory.services.lots import LONGEST_CODE, GivenLot


class WarehouseSerializer(serializers.ModelSerializer[Warehouse]):
    distributor: Any = serializers.CharField(source="distributor.code", default=None, allow_null=True, read_only=True)

    class Meta:
        model = Warehouse
        fields = ("code", "name", "name_zh", "kind", "is_active", "distributor", "is_default", "counted_at")


class ProductSerializer(serializers.ModelSerializer[Product]):
    """A product; `availability` is of the warehouses that supply the reader, `unit_cost` is for the brand only."""

    brand = serializers.CharField(source="brand.code", read_only=True)
    category = serializers.CharField(source="category.code", read_only=True)
    successor: Any = serializers.CharField(
        source="successor.code", default=None, allow_null=True, read_only=True, help_text="What is ordered instead."
    )
    family: Any = serializers.CharField(
        source="family.code", default=None, allow_null=True, read_only=True, help_text="The product family."
    )
    variant = serializers.DictField(
        child=serializers.CharField(),
        read_only=True,
        help_text="Its values of the family's attributes, by their codes.",
    )
    availability = serializers.ChoiceField(choices=Availability.choices, read_only=True)
    missing = serializers.ListField(
        source="missing_keys",
        child=serializers.CharField(),
        read_only=True,
        help_text="What the product still lacks, for the brand only: the values of the filter `missing`.",
    )
    unit_cost = serializers.DecimalField(
        max_digits=19, decimal_places=STORED_DIGITS, read_only=True, required=False, allow_null=True
    )

    class Meta:
        model = Product
        fields = (
            "code", "name", "name_zh", "barcode", "brand", "category", "status", "unit", "pack_size",
            "minimum_quantity", "order_multiple", "successor", "last_order_on", "shelf_life_days", "tracks_lots",
            "tracks_serials", "weight", "volume", "family", "variant", "unit_cost", "description", "description_zh",
            "availability", "missing",
        )  # fmt: skip

    def to_representation(self, instance: Any) -> dict[str, Any]:
        shown = super().to_representation(instance)
        request = self.context.get("request")
        if request is None or not can_see_stock(request.user):
            shown["unit_cost"] = None
        return shown


class StockRowSerializer(serializers.Serializer[Any]):
    """What lies of a product in a warehouse, as the ERP counts it."""

    warehouse = serializers.CharField(max_length=64)
    product = serializers.CharField(max_length=64, help_text="One of its codes.")
    on_hand = serializers.IntegerField(min_value=0, max_value=MOST_PIECES, help_text="Pieces.")

    class Meta:
        list_serializer_class = SentRows


class StockRowsSerializer(BulkSerializer):
    """Up to 5,000 rows; a product that is not named stays as it is."""

    rows = StockRowSerializer(many=True)


class StockSerializer(serializers.ModelSerializer[Stock]):
    warehouse = serializers.CharField(source="warehouse.code", read_only=True)
    product = serializers.CharField(source="product.code", read_only=True)
    reserved = serializers.IntegerField(
        source="for_orders", read_only=True, allow_null=True, help_text="For orders. Null where a day is asked for."
    )
    blocked = serializers.IntegerField(
        read_only=True, allow_null=True, help_text="Nobody gets these. Null where a day is asked for."
    )
    available = serializers.IntegerField(read_only=True, allow_null=True, help_text="Null where a day is asked for.")

    class Meta:
        model = Stock
        fields = ("id", "warehouse", "product", "zone", "place", "on_hand", "reserved", "blocked", "available")

    def to_representation(self, instance: Any) -> dict[str, Any]:
        shown = super().to_representation(instance)
        then = getattr(instance, "then", None)
        unknown = dict.fromkeys(("reserved", "blocked", "available"))
        return shown if then is None else {**shown, "on_hand": then, **unknown}


class PlaceLineSerializer(serializers.Serializer[Any]):
    product = ProductField()
    zone = serializers.CharField(max_length=16, default="", allow_blank=True)
    place = serializers.CharField(max_length=32, default="", allow_blank=True)


class PlacesSerializer(serializers.Serializer[Any]):
    """Where products lie in a warehouse: pick lists are sorted by it."""

    warehouse = VisibleField(Warehouse)
    lines = serializers.ListField(child=PlaceLineSerializer(), min_length=1, max_length=1000)


class StockMoveSerializer(serializers.ModelSerializer[StockMove]):
    warehouse = serializers.CharField(source="warehouse.code", read_only=True)
    product = serializers.CharField(source="product.code", read_only=True)

    class Meta:
        model = StockMove
        fields = ("id", "at", "warehouse", "product", "kind", "quantity", "reference", "note")


class GivenLotSerializer(serializers.Serializer[Any]):
    """A lot as it is named. Of the dates one is enough where the product has a shelf life; a known lot needs none."""

    code = serializers.CharField(max_length=LONGEST_CODE)
    produced_on = serializers.DateField(required=False, allow_null=True, default=None)
    expires_on = serializers.DateField(required=False, allow_null=True, default=None)

    def to_internal_value(self, data: Any) -> Any:
        return GivenLot(**super().to_internal_value(data))


class LotPiecesSerializer(serializers.Serializer[Any]):
    lot = GivenLotSerializer()
    pieces = serializers.IntegerField(min_value=1, max_value=MOST_PIECES)


class TrackingSwitchSerializer(serializers.Serializer[Any]):
    """Whether the product is stocked by lot, and whether its pieces have serial numbers."""

    tracks_lots = serializers.BooleanField()
    tracks_serials = serializers.BooleanField()


class ReceiptLineSerializer(serializers.Serializer[Any]):
    product = ScannedField()
    lot = GivenLotSerializer(
        required=False, allow_null=True, default=None, help_text="Of a product that is stocked by lot."
    )
    quantity = serializers.IntegerField(
        min_value=1, max_value=MOST_PIECES, help_text="Pieces; units, where the barcode of a unit is given."
    )


class ReceiptSerializer(serializers.Serializer[Any]):
    """Goods that came into a warehouse."""

    warehouse = VisibleField(Warehouse)
    reference = serializers.CharField(max_length=64)
    note = serializers.CharField(max_length=300, allow_blank=True, default="")
    lines = ReceiptLineSerializer(many=True, allow_empty=False)


class AdjustmentSerializer(serializers.Serializer[Any]):
    """A correction of what was counted, in pieces more or fewer."""

    warehouse = VisibleField(Warehouse)
    product = ProductField()
    difference = serializers.IntegerField(min_value=-(2**31), max_value=2**31 - 1)
    reason = serializers.CharField(max_length=300)
    lot = GivenLotSerializer(
        required=False, allow_null=True, default=None, help_text="Of a product that is stocked by lot."
    )
