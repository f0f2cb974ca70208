"""Shipments, tracking events, carriers and returned goods as the API shows them."""

from typing import Any

from rest_framework import serializers

from orders.amounts import OrderAmountsMixin
from orders.fulfilment.models import Carrier, Shipment, ShipmentLine
from orders.returns.models import ReturnedGoods
from orders.tracking.models import PromiseChange, ProofOfDelivery, TrackingEvent


class CarrierSerializer(serializers.ModelSerializer[Carrier]):
    class Meta:
        model = Carrier
        fields = ("code", "name", "name_zh", "kind", "tracking_url", "is_active")


class TrackingEventSerializer(serializers.ModelSerializer[TrackingEvent]):
    shipment = serializers.CharField(source="shipment.number")

    class Meta:
        model = TrackingEvent
        fields = ("id", "shipment", "external_id", "code", "description", "location", "at")


class ShipmentLineSerializer(serializers.ModelSerializer[ShipmentLine]):
    order_line = serializers.IntegerField(source="order_line_id")
    product = serializers.CharField(source="order_line.product.code")

    class Meta:
        model = ShipmentLine
        fields = (
            "id", "order_line", "product", "quantity", "received", "damaged", "missing", "difference_kind",
            "difference_reason",
        )  # fmt: skip


class TrackingStepSerializer(serializers.ModelSerializer[TrackingEvent]):
    class Meta:
        model = TrackingEvent
        fields = ("id", "external_id", "code", "description", "location", "at")


class PromiseChangeSerializer(serializers.ModelSerializer[PromiseChange]):
    """A day that the seller named later, with its reason; what is on time is measured by the first promised day."""

    class Meta:
        model = PromiseChange
        fields = ("promised_on", "reason", "changed_at")


class ProofSerializer(serializers.ModelSerializer[ProofOfDelivery]):
    """Who took a shipment in; the photo is at the address of `proof`."""

    class Meta:
        model = ProofOfDelivery
        fields = ("signed_by", "recorded_at", "name", "media_type", "size", "sha256")


class DeliveryLinkSerializer(serializers.Serializer[Any]):
    """A link by which one delivery is recorded without signing in; it is answered this one time."""

    link = serializers.CharField()
    expires_at = serializers.DateTimeField()


class ShipmentSerializer(serializers.ModelSerializer[Shipment]):
    """A part of an order that left together, with the carrier's events, the oldest first."""

    order = serializers.CharField(source="order.number")
    carrier = serializers.CharField(source="carrier.code", default=None, allow_null=True)
    lines = ShipmentLineSerializer(many=True)
    tracking = TrackingStepSerializer(many=True)
    proof = ProofSerializer(default=None, allow_null=True)
    waybill = serializers.CharField(source="carriage.waybill.number", default=None, allow_null=True)

    class Meta:
        model = Shipment
        fields = (
            "number", "order", "carrier", "tracking_number", "status", "shipped_at", "expected_on", "delivered_at",
            "received_at", "waybill", "lines", "tracking", "proof",
        )  # fmt: skip


class ReturnedGoodsSerializer(OrderAmountsMixin, serializers.ModelSerializer[ReturnedGoods]):
    distributor = serializers.CharField(source="distributor.code")
    order = serializers.CharField(source="order.number", default=None, allow_null=True)
    product = serializers.CharField(source="product.code")

    class Meta:
        model = ReturnedGoods
        fields = (
            "id", "number", "distributor", "order", "product", "quantity", "amount", "currency", "reason",
            "returned_on",
        )  # fmt: skip


class CountSerializer(serializers.Serializer[Any]):
    """How many of the events were new."""

    recorded = serializers.IntegerField()
