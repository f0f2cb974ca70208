"""Who has got a lot, and the lots of orders, as the API shows and takes them."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from catalogue.fields import ProductField
from inventory.models import Lot
from inventory.rules import MOST_PIECES
from inventory.services.lots import LONGEST_CODE
from orders.fulfilment.models import ShipmentLot, ShipmentSerial
from orders.fulfilment.selectors.lot_holders import Holder
from orders.fulfilment.services.serials import LONGEST_SERIAL

_MOST = 2**63 - 1


class LotSerializer(serializers.ModelSerializer[Lot]):
    """A lot of a product. `code` is empty for the unnamed lot. Pieces are those in the company's warehouses."""

    product = serializers.CharField(source="product.code", read_only=True)
    days_left = serializers.SerializerMethodField(help_text="Until the expiry date, from today.")
    on_hand = serializers.IntegerField(read_only=True)
    bound = serializers.IntegerField(read_only=True, help_text="Picked for orders.")
    blocked = serializers.IntegerField(read_only=True)

    class Meta:
        model = Lot
        fields = (
            "id", "product", "code", "produced_on", "expires_on", "days_left", "status", "status_reason", "status_at",
            "on_hand", "bound", "blocked", "version",
        )  # fmt: skip

    def get_days_left(self, row: Lot) -> int | None:
        return row.days_left(timezone.localdate())


class LotInputSerializer(serializers.Serializer[Any]):
    """The lot's code and dates; of the dates one is enough where the product has a shelf life."""

    code = serializers.CharField(max_length=LONGEST_CODE)
    produced_on = serializers.DateField(required=False, allow_null=True, default=None)
    expires_on = serializers.DateField(required=False, allow_null=True, default=None)


class NewLotSerializer(LotInputSerializer):
    product = ProductField()


class FrozenSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300)


class ReleasedSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=300, allow_blank=True, default="")


class HolderSerializer(serializers.Serializer[Any]):
    """A distributor that was sent pieces of the lot. `in_stock` is what its own stock says, where it keeps one here."""

    distributor = serializers.CharField(source="distributor.code")
    shipped = serializers.IntegerField()
    came_back = serializers.IntegerField()
    still_out = serializers.IntegerField()
    in_stock = serializers.IntegerField()
    first_at = serializers.DateTimeField()
    last_at = serializers.DateTimeField()
    shipments = serializers.ListField(child=serializers.CharField())
    outlets = serializers.SerializerMethodField(help_text="Its outlets to which some of it went directly, by code.")

    def get_outlets(self, holder: Holder) -> list[str]:
        return [outlet.code for outlet in holder.outlets]


class LotPlaceSerializer(serializers.Serializer[Any]):
    warehouse = serializers.CharField(source="warehouse.code")
    on_hand = serializers.IntegerField()
    bound = serializers.IntegerField()
    blocked = serializers.IntegerField()


class WhereaboutsSerializer(serializers.Serializer[Any]):
    """Where the pieces of a lot are: in the company's warehouses, in transit, with distributors, come back, scrapped."""

    lot = LotSerializer()
    received = serializers.IntegerField()
    in_stock = serializers.IntegerField()
    in_transit = serializers.IntegerField()
    blocked = serializers.IntegerField()
    scrapped = serializers.IntegerField()
    shipped = serializers.IntegerField()
    came_back = serializers.IntegerField()
    still_out = serializers.IntegerField()
    stock = LotPlaceSerializer(many=True)
    holders = HolderSerializer(many=True)


class PickSerializer(serializers.Serializer[Any]):
    line = serializers.IntegerField(min_value=1, max_value=_MOST, help_text="`id` of the order line.")
    lot = serializers.IntegerField(min_value=1, max_value=_MOST, help_text="`id` of the lot.")
    pieces = serializers.IntegerField(min_value=1, max_value=MOST_PIECES)


class ChooseLotsInput(serializers.Serializer[Any]):
    """The lots that are picked instead, by line; the other lines get theirs first expired first out."""

    lots = PickSerializer(many=True, required=False, default=list)


class NotBoundSerializer(serializers.Serializer[Any]):
    """Pieces of a line that have no lot, and why."""

    line = serializers.IntegerField(source="source_line_id")
    pieces = serializers.IntegerField()
    reason = serializers.CharField()


class ShipmentLotSerializer(serializers.ModelSerializer[ShipmentLot]):
    line = serializers.IntegerField(source="shipment_line_id", help_text="`id` of the shipment line.")
    product = serializers.CharField(source="lot.product.code")
    lot = serializers.CharField(source="lot.code")
    produced_on = serializers.DateField(source="lot.produced_on", allow_null=True)
    expires_on = serializers.DateField(source="lot.expires_on", allow_null=True)

    class Meta:
        model = ShipmentLot
        fields = ("line", "product", "lot", "produced_on", "expires_on", "pieces")


class ShipmentSerialSerializer(serializers.ModelSerializer[ShipmentSerial]):
    line = serializers.IntegerField(source="shipment_line_id", help_text="`id` of the shipment line.")
    product = serializers.CharField(source="product.code")

    class Meta:
        model = ShipmentSerial
        fields = ("line", "product", "serial", "returned_at")


class LineSerialsSerializer(serializers.Serializer[Any]):
    line = serializers.IntegerField(min_value=1, max_value=_MOST, help_text="`id` of the shipment line.")
    serials = serializers.ListField(child=serializers.CharField(max_length=LONGEST_SERIAL), max_length=10_000)


class SerialsInput(serializers.Serializer[Any]):
    """The serial numbers of each line, instead of those that were noted before."""

    lines = LineSerialsSerializer(many=True, allow_empty=False)
