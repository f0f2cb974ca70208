"""Returns and return policies as the API shows and takes them."""

from typing import Any

from rest_framework import serializers

from accounts.models import Distributor, Tier
from core.api.fields import VisibleField
from inventory.models import Warehouse
from orders.amounts import OrderAmountField, OrderAmountsMixin
from orders.fulfilment.models import Carrier
from orders.returns.enums import Condition, Disposition, ReturnReason
from orders.returns.models import InspectedGoods, Return, ReturnLine, ReturnPhoto, ReturnPolicy
from orders.returns.selectors.rules import rule_texts
from orders.returns.services.inspecting import InspectedPieces
from orders.returns.services.requesting import MOST_LINES

_PIECES = 1_000_000_000


class ReturnPhotoSerializer(serializers.ModelSerializer[ReturnPhoto]):
    class Meta:
        model = ReturnPhoto
        fields = ("id", "name", "media_type", "size", "sha256", "added_at")


class InspectedGoodsSerializer(serializers.ModelSerializer[InspectedGoods]):
    warehouse: Any = serializers.CharField(source="warehouse.code", default=None, allow_null=True)
    block: Any = serializers.CharField(source="block.number", default=None, allow_null=True)

    class Meta:
        model = InspectedGoods
        fields = ("pieces", "is_accepted", "condition", "disposition", "warehouse", "block", "lot_number", "note")


class ReturnLineSerializer(OrderAmountsMixin, serializers.ModelSerializer[ReturnLine]):
    """`position` is that of the return; `order` and `order_position` name the order line."""

    order = serializers.CharField(source="order_line.order.number")
    order_position = serializers.IntegerField(source="order_line.position")
    product = serializers.CharField(source="order_line.product.code")
    total_amount = OrderAmountField()
    inspected = InspectedGoodsSerializer(source="inspected_goods", many=True)
    photos = ReturnPhotoSerializer(many=True)

    class Meta:
        model = ReturnLine
        fields = (
            "position", "order", "order_position", "product", "pieces", "reason", "uses_rate", "condition", "note",
            "last_received_on", "asked_amount", "sent", "arrived", "accepted", "refused", "returned", "net_amount",
            "tax_amount", "total_amount", "inspected", "photos",
        )  # fmt: skip


class ReturnSerializer(OrderAmountsMixin, serializers.ModelSerializer[Return]):
    """Amounts are in `currency`. Net, tax and total are what the inspection accepted, to be credited."""

    distributor = serializers.CharField(source="distributor.code")
    agreement: Any = serializers.CharField(source="agreement.number", default=None, allow_null=True)
    policy: Any = serializers.CharField(source="policy.code", default=None, allow_null=True)
    carrier: Any = serializers.CharField(source="carrier.code", default=None, allow_null=True)
    warehouse: Any = serializers.CharField(source="warehouse.code", default=None, allow_null=True)
    broken_rules = serializers.SerializerMethodField()
    lines = ReturnLineSerializer(many=True)

    class Meta:
        model = Return
        fields = (
            "number", "status", "distributor", "agreement", "policy", "currency", "asked_amount", "rate_amount",
            "net_amount", "tax_amount", "total_amount", "broken_rules", "is_by_rule", "decision_note", "note",
            "requested_at", "decided_at", "counts_on", "carrier", "tracking_number", "sent_at", "warehouse",
            "received_at", "inspected_at", "closed_at", "version", "lines",
        )  # fmt: skip

    def get_broken_rules(self, row: Return) -> list[str]:
        """Why it does not authorise itself, each with its figure, in the reader's language."""
        return rule_texts(row.broken_rules, reader=self.context["request"].user)


class AskedLineInput(serializers.Serializer[Any]):
    """Pieces of one line of an order, named by its order and its position there."""

    order = serializers.CharField(max_length=64)
    position = serializers.IntegerField(min_value=1, max_value=_PIECES)
    pieces = serializers.IntegerField(max_value=_PIECES)
    reason = serializers.ChoiceField(choices=ReturnReason.choices)
    condition = serializers.ChoiceField(choices=Condition.choices, default=Condition.UNOPENED)
    note = serializers.CharField(max_length=300, allow_blank=True, default="")


class ReturnInput(serializers.Serializer[Any]):
    """A request. Without `distributor` it is the caller's own company; photos follow one by one."""

    distributor: Any = VisibleField(Distributor, required=False, allow_null=True, default=None)
    note = serializers.CharField(max_length=500, allow_blank=True, default="")
    lines = serializers.ListField(child=AskedLineInput(), allow_empty=False, max_length=MOST_LINES)


class ReturnNoteInput(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=300, allow_blank=True, default="")


class SendReturnInput(serializers.Serializer[Any]):
    carrier: Any = VisibleField(Carrier, required=False, allow_null=True, default=None)
    tracking_number = serializers.CharField(max_length=64, allow_blank=True, default="")


class ArrivedInput(serializers.Serializer[Any]):
    position = serializers.IntegerField(min_value=1, max_value=_PIECES)
    pieces = serializers.IntegerField(min_value=0, max_value=_PIECES)


class ReceiveReturnInput(serializers.Serializer[Any]):
    """All that was sent, or with `lines` the pieces of each line (others: none)."""

    warehouse: Any = VisibleField(Warehouse)
    lines = serializers.ListField(child=ArrivedInput(), max_length=MOST_LINES, required=False)


class InspectedInput(serializers.Serializer[Any]):
    position = serializers.IntegerField(min_value=1, max_value=_PIECES)
    pieces = serializers.IntegerField(min_value=1, max_value=_PIECES)
    is_accepted = serializers.BooleanField(default=True)
    condition = serializers.ChoiceField(choices=Condition.choices, default=Condition.UNOPENED)
    disposition = serializers.ChoiceField(choices=Disposition.choices)
    warehouse: Any = VisibleField(Warehouse, required=False, allow_null=True, default=None)
    lot_number = serializers.CharField(max_length=64, allow_blank=True, default="")
    note = serializers.CharField(max_length=300, allow_blank=True, default="")


class InspectReturnInput(serializers.Serializer[Any]):
    """Every piece that arrived, in goods of one condition and one disposition."""

    goods = serializers.ListField(child=InspectedInput(), allow_empty=False, max_length=4 * MOST_LINES)


def inspected_goods(goods: Any, lines: "dict[int, int]") -> list[InspectedPieces]:
    """The goods as the service takes them; `lines` are the ids of the lines by position."""
    return [
        InspectedPieces(
            line_id=lines.get(part.pop("position"), 0),
            warehouse_id=(place := part.pop("warehouse")) and place.pk,
            **part,
        )
        for part in map(dict, goods)
    ]


class ReturnPhotoInput(serializers.Serializer[Any]):
    position = serializers.IntegerField(min_value=1, max_value=_PIECES, help_text="The line of the return.")
    photo = serializers.FileField()


class ReturnRoomSerializer(serializers.Serializer[Any]):
    """What the agreement year leaves, with tax. Recalls and the seller's faults do not use it."""

    agreement = serializers.CharField(source="agreement.number")
    currency = serializers.CharField()
    rate = serializers.DecimalField(max_digits=6, decimal_places=5)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    received = OrderAmountField()
    allowed = OrderAmountField()
    used = OrderAmountField()
    open = OrderAmountField()
    left = OrderAmountField()


class ReturnPolicySerializer(serializers.ModelSerializer[ReturnPolicy]):
    tier: Any = serializers.CharField(source="tier.code", default=None, allow_null=True)

    class Meta:
        model = ReturnPolicy
        fields = (
            "code", "name", "name_zh", "tier", "window_days", "reasons", "exempt_reasons", "photo_reasons", "conditions",
            "is_active", "version",
        )  # fmt: skip


def _several(choices: Any) -> Any:
    return serializers.ListField(
        child=serializers.ChoiceField(choices=choices), required=False, max_length=len(choices)
    )


class ReturnPolicyChange(serializers.Serializer[Any]):
    """The fields to change; `tier` by code, null for every one."""

    name = serializers.CharField(max_length=200, required=False)
    name_zh = serializers.CharField(max_length=200, required=False, allow_blank=True)
    tier: Any = VisibleField(Tier, required=False, allow_null=True)
    window_days = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=3650)
    reasons = _several(ReturnReason.choices)
    exempt_reasons = _several(ReturnReason.choices)
    photo_reasons = _several(ReturnReason.choices)
    conditions = _several(Condition.choices)
    is_active = serializers.BooleanField(required=False)


class ReturnPolicyInput(ReturnPolicyChange):
    code = serializers.SlugField(max_length=64)
    name = serializers.CharField(max_length=200)
