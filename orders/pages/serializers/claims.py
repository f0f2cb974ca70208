"""Delivery claims as the API shows them, and what is sent to decide them."""

from typing import Any

from rest_framework import serializers

from catalogue.rules.pasted_lines import MAX_QUANTITY
from orders.amounts import OrderAmountsMixin
from orders.fulfilment.claims.enums import ClaimCause, ClaimOutcome
from orders.fulfilment.claims.models import ClaimDecision, ClaimPhoto, DeliveryClaim, DeliveryClaimLine
from orders.fulfilment.claims.services.photos import MOST_PHOTOS

_OF_SELLER = [choice for choice in ClaimOutcome.choices if not ClaimOutcome(choice[0]).is_of_buyer]
_CAUSES = [choice for choice in ClaimCause.choices if choice[0] != ClaimCause.REFUSED]


class ClaimDecisionSerializer(OrderAmountsMixin, serializers.ModelSerializer[ClaimDecision]):
    """How pieces end. `replacement_order` sends them once more; net and tax are to be credited."""

    replacement_order: Any = serializers.CharField(
        source="replacement_line.order.number", default=None, allow_null=True, read_only=True
    )

    class Meta:
        model = ClaimDecision
        fields = (
            "id", "outcome", "pieces", "called_off", "cause", "reason", "net_amount", "tax_amount", "replacement_order",
            "decided_at",
        )  # fmt: skip


class ClaimPhotoSerializer(serializers.ModelSerializer[ClaimPhoto]):
    class Meta:
        model = ClaimPhoto
        fields = ("id", "name", "media_type", "size", "sha256", "added_at")


class DeliveryClaimLineSerializer(OrderAmountsMixin, serializers.ModelSerializer[DeliveryClaimLine]):
    """`open_pieces` are still to be decided; each other piece is counted once."""

    product = serializers.CharField(source="product.code", read_only=True)
    open_pieces = serializers.IntegerField(read_only=True)
    decisions = ClaimDecisionSerializer(many=True, read_only=True)
    photos = ClaimPhotoSerializer(many=True, read_only=True)

    class Meta:
        model = DeliveryClaimLine
        fields = (
            "id", "kind", "product", "shipment_line", "order_line", "pieces", "reason", "note", "net_amount", "tax_amount",
            "open_pieces", "credited", "reshipped", "refused", "accepted", "sent_back", "decisions", "photos",
        )  # fmt: skip


class DeliveryClaimSerializer(OrderAmountsMixin, serializers.ModelSerializer[DeliveryClaim]):
    """The differences of one receipt; amounts are what is disputed, in `currency`."""

    order = serializers.CharField(source="order.number", read_only=True)
    shipment = serializers.CharField(source="shipment.number", read_only=True)
    distributor = serializers.CharField(source="distributor.code", read_only=True)
    lines = DeliveryClaimLineSerializer(many=True, read_only=True)

    class Meta:
        model = DeliveryClaim
        fields = (
            "number", "status", "order", "shipment", "distributor", "opened_at", "due_on", "closed_at", "currency",
            "net_amount", "tax_amount", "total_amount", "version", "lines",
        )  # fmt: skip


class ClaimLineInput(serializers.Serializer[Any]):
    line = serializers.IntegerField(min_value=1, max_value=2**63 - 1, help_text="`id` of the line of the claim.")
    pieces = serializers.IntegerField(
        min_value=1,
        max_value=MAX_QUANTITY,
        required=False,
        allow_null=True,
        default=None,
        help_text="Without it all that are not decided.",
    )


class DecideLineInput(ClaimLineInput):
    outcome = serializers.ChoiceField(choices=_OF_SELLER)
    cause = serializers.ChoiceField(
        choices=_CAUSES, required=False, default="", allow_blank=True, help_text="Of missing pieces that are made good."
    )
    reason = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class DecideInput(serializers.Serializer[Any]):
    """All decisions are taken, or none."""

    lines = DecideLineInput(many=True, allow_empty=False)


class MakeGoodInput(serializers.Serializer[Any]):
    """Without `lines` all missing and damaged pieces that are not decided."""

    lines = ClaimLineInput(many=True, required=False, default=list)
    cause = serializers.ChoiceField(choices=_CAUSES, required=False, default="", allow_blank=True)
    reason = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class RefuseClaimInput(serializers.Serializer[Any]):
    """Without `lines` all missing and damaged pieces that are not decided."""

    lines = ClaimLineInput(many=True, required=False, default=list)
    reason = serializers.CharField(max_length=300)


class SurplusInput(serializers.Serializer[Any]):
    """Without `lines` all goods that nobody ordered and that are not decided."""

    lines = ClaimLineInput(many=True, required=False, default=list)
    reason = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class PhotosInput(serializers.Serializer[Any]):
    line = serializers.IntegerField(min_value=1, max_value=2**63 - 1, help_text="`id` of the line of the claim.")
    photos = serializers.ListField(child=serializers.FileField(), min_length=1, max_length=MOST_PHOTOS)
