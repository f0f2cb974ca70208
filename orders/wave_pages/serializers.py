"""Waves as the API shows and takes them. No prices."""

from typing import Any

from rest_framework import serializers

from orders.fulfilment.services.serials import LONGEST_SERIAL
from orders.fulfilment.waves.enums import ShortReason
from orders.fulfilment.waves.models import Pick, Wave
from orders.fulfilment.waves.services.making import MOST_ORDERS

_MOST_PIECES = 2**31 - 1
MOST_PICKS = 5_000
MOST_SERIALS = 10_000


class PickSerializer(serializers.ModelSerializer[Pick]):
    """What to take from where, for which order; `picked` is null until it is recorded."""

    order = serializers.CharField(source="line.order_line.order.number")
    product = serializers.CharField(source="line.order_line.product.code")
    lot = serializers.CharField(source="lot.code", default="")

    class Meta:
        model = Pick
        fields = ("id", "order", "product", "lot", "zone", "place", "quantity", "picked", "short_reason")


class WaveSerializer(serializers.ModelSerializer[Wave]):
    """Orders of one warehouse that are picked and shipped together; `shipments` once it is shipped."""

    warehouse = serializers.CharField(source="warehouse.code")
    picks = serializers.SerializerMethodField()
    shipments = serializers.SerializerMethodField()

    class Meta:
        model = Wave
        fields = (
            "number", "warehouse", "status", "made_at", "picked_at", "shipped_at", "version", "picks", "shipments",
        )  # fmt: skip

    def get_picks(self, wave: Wave) -> list[dict[str, Any]]:
        rows = [pick for line in wave.lines.all() for pick in line.picks.all()]
        rows.sort(key=lambda pick: (pick.zone, pick.place, pick.line.order_line.product.code, pick.pk))
        return list(PickSerializer(rows, many=True).data)

    def get_shipments(self, wave: Wave) -> list[str]:
        return sorted({line.shipment.number for line in wave.lines.all() if line.shipment is not None})


class NewWaveInput(serializers.Serializer[Any]):
    """Orders by number, or the first `most` of a warehouse that are due."""

    warehouse = serializers.CharField(default="", allow_blank=True, help_text="Code; empty is where all of it lies.")
    orders = serializers.ListField(child=serializers.CharField(max_length=32), default=list, max_length=MOST_ORDERS)
    most = serializers.IntegerField(default=None, allow_null=True, min_value=1, max_value=MOST_ORDERS)


class PickedInput(serializers.Serializer[Any]):
    pick = serializers.IntegerField(min_value=1, max_value=2**63 - 1, help_text="`id` of the pick.")
    picked = serializers.IntegerField(min_value=0, max_value=_MOST_PIECES)
    reason = serializers.ChoiceField(choices=ShortReason.choices, default="", allow_blank=True)


class PicksInput(serializers.Serializer[Any]):
    """Without `picks` all that is open was picked as listed."""

    picks = serializers.ListField(child=PickedInput(), default=list, max_length=MOST_PICKS)


class ScanInput(serializers.Serializer[Any]):
    """All open picks of a product and lot; `pieces` null is as listed."""

    product = serializers.CharField(max_length=64)
    lot = serializers.CharField(max_length=64, default="", allow_blank=True)
    pieces = serializers.IntegerField(min_value=0, max_value=_MOST_PIECES, allow_null=True, default=None)
    reason = serializers.ChoiceField(choices=ShortReason.choices, default="", allow_blank=True)


class PickedSerialsInput(serializers.Serializer[Any]):
    pick = serializers.IntegerField(min_value=1, max_value=2**63 - 1, help_text="`id` of the pick.")
    serials = serializers.ListField(child=serializers.CharField(max_length=LONGEST_SERIAL), max_length=MOST_SERIALS)


class ShipWaveInput(serializers.Serializer[Any]):
    """Each shipment gets the carrier; where a product has serial numbers, `serials` has those of each pick's pieces."""

    carrier = serializers.CharField(max_length=64, default="", allow_blank=True)
    serials = PickedSerialsInput(many=True, required=False, default=list)


class TakeOutInput(serializers.Serializer[Any]):
    order = serializers.CharField(max_length=32)
