"""Parcels, waybills and freight as the API shows and takes them."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.money import STORED_DIGITS
from orders.fulfilment.models import DropShipment
from orders.fulfilment.waybills.enums import FreightPayer
from orders.fulfilment.waybills.models import Parcel, ParcelLine, Waybill, WaybillShipment
from orders.fulfilment.waybills.permissions import can_see_freight
from orders.fulfilment.waybills.services.packing import MOST_CENTIMETRES, MOST_PARCELS, MOST_WEIGHT, PackedParcel
from orders.fulfilment.waybills.services.waybills import MOST_SHIPMENTS
from orders.pages.serializers.shipments import ShipmentLineSerializer, TrackingStepSerializer

_MOST_PIECES = 2**31 - 1


def _amount(**options: Any) -> Any:
    return serializers.DecimalField(max_digits=19, decimal_places=STORED_DIGITS, **options)


def _weight(**options: Any) -> Any:
    return serializers.DecimalField(max_digits=12, decimal_places=3, help_text="Kilograms.", **options)


class DropShipmentSerializer(serializers.ModelSerializer[DropShipment]):
    """A shipment as its receiver sees it: what comes, from whom it was ordered and where it is. No prices."""

    order = serializers.CharField(source="order.number")
    distributor = serializers.CharField(source="order.distributor.code", help_text="Who ordered it.")
    carrier = serializers.CharField(source="carrier.code", default=None, allow_null=True)
    lines = ShipmentLineSerializer(many=True)
    tracking = TrackingStepSerializer(many=True)

    class Meta:
        model = DropShipment
        fields = (
            "number", "order", "distributor", "carrier", "tracking_number", "status", "shipped_at", "expected_on",
            "delivered_at", "received_at", "lines", "tracking",
        )  # fmt: skip


class ParcelLineSerializer(serializers.ModelSerializer[ParcelLine]):
    line = serializers.IntegerField(source="shipment_line_id")
    product = serializers.CharField(source="shipment_line.order_line.product.code")

    class Meta:
        model = ParcelLine
        fields = ("line", "product", "pieces")


class ParcelSerializer(serializers.ModelSerializer[Parcel]):
    """Weight in kilograms with the packing, sides in centimetres; `lines` is empty where nobody noted what it holds."""

    lines = ParcelLineSerializer(many=True)

    class Meta:
        model = Parcel
        fields = ("position", "weight", "length", "width", "height", "tracking_number", "lines")


class PackedLineInput(serializers.Serializer[Any]):
    line = serializers.IntegerField(min_value=1, max_value=2**63 - 1, help_text="`id` of the shipment line.")
    pieces = serializers.IntegerField(min_value=1, max_value=_MOST_PIECES)


def _side() -> serializers.IntegerField:
    return serializers.IntegerField(min_value=1, max_value=MOST_CENTIMETRES, allow_null=True, default=None)


class PackedParcelInput(serializers.Serializer[Any]):
    weight = _weight(max_value=MOST_WEIGHT, min_value=0)
    length = _side()
    width = _side()
    height = _side()
    tracking_number = serializers.CharField(max_length=64, allow_blank=True, default="")
    lines = PackedLineInput(many=True, default=list)


class PackInput(serializers.Serializer[Any]):
    """All parcels of the shipment, in their order; none unpacks it."""

    parcels = serializers.ListField(child=PackedParcelInput(), max_length=MOST_PARCELS)


def packed_parcel(values: Mapping[str, Any]) -> PackedParcel:
    """A line that is named twice holds what both say."""
    contents: dict[int, int] = {}
    for line in values["lines"]:
        contents[line["line"]] = contents.get(line["line"], 0) + line["pieces"]
    return PackedParcel(**{name: value for name, value in values.items() if name != "lines"}, contents=contents)


class FreightSerializer(serializers.Serializer[Any]):
    """In `currency`, the company's; None is not known. Null for whoever does not bear it and is not the seller."""

    currency = serializers.CharField()
    borne_by = serializers.ChoiceField(choices=FreightPayer.choices)
    agreed = _amount(allow_null=True)
    actual = _amount(allow_null=True)


class CarriedSerializer(serializers.ModelSerializer[WaybillShipment]):
    shipment = serializers.CharField(source="shipment.number")
    order = serializers.CharField(source="shipment.order.number")
    status = serializers.CharField(source="shipment.status")

    class Meta:
        model = WaybillShipment
        fields = ("shipment", "order", "status", "weight")


class WaybillSerializer(serializers.ModelSerializer[Waybill]):
    """What one carrier takes in one go to one address: its shipments, each with its own state and receipt."""

    distributor = serializers.CharField(source="distributor.code")
    carrier = serializers.CharField(source="carrier.code", default=None, allow_null=True)
    shipments = CarriedSerializer(source="carried", many=True)
    freight = serializers.SerializerMethodField()

    class Meta:
        model = Waybill
        fields = (
            "number", "distributor", "carrier", "tracking_number", "ship_to", "left_on", "made_at", "shipments",
            "freight", "version",
        )  # fmt: skip

    @extend_schema_field(FreightSerializer(allow_null=True))
    def get_freight(self, waybill: Waybill) -> Mapping[str, Any] | None:
        if not can_see_freight(self.context["request"].user, waybill):
            return None
        given = {
            "currency": waybill.currency,
            "borne_by": waybill.borne_by,
            "agreed": waybill.agreed_amount_company,
            "actual": waybill.actual_amount_company,
        }
        return dict(FreightSerializer(given).data)


class NewWaybillInput(serializers.Serializer[Any]):
    """`agreed` is the freight in the company's currency; who bears it is as the orders' terms say where it is left out."""

    shipments = serializers.ListField(
        child=serializers.CharField(max_length=32), allow_empty=False, max_length=MOST_SHIPMENTS
    )
    tracking_number = serializers.CharField(max_length=64, allow_blank=True, default="")
    agreed = _amount(allow_null=True, default=None, min_value=0)
    borne_by = serializers.ChoiceField(choices=FreightPayer.choices, allow_blank=True, default="")


class FreightInput(serializers.Serializer[Any]):
    agreed = _amount(allow_null=True, min_value=0)
    actual = _amount(allow_null=True, min_value=0)
    borne_by = serializers.ChoiceField(choices=FreightPayer.choices)


class FreightRowSerializer(serializers.Serializer[Any]):
    """A carrier in a month. `cost` is the actual freight, where that is not known the agreed one."""

    month = serializers.DateField(help_text="Its first day.")
    carrier = serializers.CharField(source="carrier.code", default=None, allow_null=True)
    currency = serializers.CharField()
    waybills = serializers.IntegerField()
    orders = serializers.IntegerField()
    weight = serializers.DecimalField(max_digits=16, decimal_places=3)
    agreed = _amount()
    actual = _amount()
    cost = _amount()
    cost_per_kilogram = _amount(allow_null=True)
    cost_per_order = _amount(allow_null=True)
