"""Orders as the API shows them. The brand owner's cost is not shown."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.events import kind_label
from core.models import Event
from core.state import available_actions
from orders.ordering.enums import HoldKind, HoldStep
from orders.ordering.models import LineAdjustment, Order, OrderHold, OrderLine
from orders.ordering.permissions import ORDER_STATES
from orders.pages.serializers.shipments import ShipmentSerializer

_HEAD = (
    "id", "number", "reference", "company", "distributor", "warehouse", "manager", "status", "is_on_hold", "lateness",
    "source",
    "purchase_order_number", "currency", "gross_amount", "discount_amount", "net_amount", "tax_amount",
    "total_amount", "line_count", "unit_count", "ordered_at", "wanted_on", "promised_on", "approved_at", "shipped_at",
    "delivered_at", "received_at", "cancelled_at", "version",
)  # fmt: skip


class LineAdjustmentSerializer(serializers.ModelSerializer[LineAdjustment]):
    class Meta:
        model = LineAdjustment
        fields = ("kind", "reason", "amount")


class OrderLineSerializer(serializers.ModelSerializer[OrderLine]):
    product = serializers.CharField(source="product.code")
    name = serializers.CharField(source="product.display_name")
    adjustments = LineAdjustmentSerializer(many=True)

    class Meta:
        model = OrderLine
        fields = (
            "id", "position", "product", "name", "ordered", "cancelled", "shipped", "received", "outstanding",
            "unit", "units", "unit_price", "gross_amount", "discount_amount", "net_amount", "tax_amount", "adjustments",
            "wanted_on",
        )  # fmt: skip


class OrderHoldSerializer(serializers.ModelSerializer[OrderHold]):
    """What stops the order; `blocks` is the step that has to wait."""

    blocks = serializers.SerializerMethodField()
    reason = serializers.CharField(read_only=True)

    class Meta:
        model = OrderHold
        fields = ("kind", "code", "blocks", "reason", "placed_at", "amount", "until")

    @extend_schema_field(serializers.ChoiceField(choices=HoldStep.choices))
    def get_blocks(self, hold: OrderHold) -> str:
        return HoldKind(hold.kind).blocks


class OrderSerializer(serializers.ModelSerializer[Order]):
    """The head of an order. `company`, `distributor` and `warehouse` are codes, `manager` is a name.

    A draft has no number yet; `reference` names an order in addresses, whatever it is.
    """

    company = serializers.CharField(source="company.code")
    distributor = serializers.CharField(source="distributor.code")
    warehouse = serializers.CharField(source="warehouse.code", default=None, allow_null=True)
    manager = serializers.CharField(source="manager.full_name", default=None, allow_null=True)

    class Meta:
        model = Order
        fields = _HEAD


class ActionSerializer(serializers.Serializer[Any]):
    """A step that you may take now: POST to `/orders/{number}/{verb}/`."""

    verb = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the name of the field in the answer
    dangerous = serializers.BooleanField()


class OrderDetailSerializer(OrderSerializer):
    """A whole order with its lines, its shipments, and the steps open to you."""

    lines = OrderLineSerializer(many=True)
    shipments = ShipmentSerializer(many=True)
    holds = serializers.SerializerMethodField()
    hold_reason = serializers.SerializerMethodField()
    actions = serializers.SerializerMethodField()

    class Meta:
        model = Order
        fields = (
            *_HEAD,
            "bill_to",
            "ship_to",
            "delivery_address",
            "payment_terms",
            "note",
            "holds",
            "hold_reason",
            "cancel_reason",
            "lines",
            "shipments",
            "actions",
        )

    @extend_schema_field(OrderHoldSerializer(many=True))
    def get_holds(self, order: Order) -> list[dict[str, Any]]:
        return [OrderHoldSerializer(hold).data for hold in _open_holds(order)]

    def get_hold_reason(self, order: Order) -> str:
        """Why the order is on hold, in the language of the request; empty where it is not."""
        return " ".join(hold.reason for hold in _open_holds(order))

    @extend_schema_field(ActionSerializer(many=True))
    def get_actions(self, order: Order) -> list[dict[str, Any]]:
        actions = available_actions(ORDER_STATES, order, self.context["request"].user)
        return [
            {"verb": action.action, "label": str(action.label), "dangerous": action.dangerous} for action in actions
        ]


def _open_holds(order: Order) -> list[OrderHold]:
    """Of the holds that were read with the order."""
    return [hold for hold in order.holds.all() if hold.lifted_at is None]


class EventSerializer(serializers.ModelSerializer[Event]):
    """One step in the life of an order."""

    person = serializers.CharField(source="actor.full_name", default=None, allow_null=True)
    label = serializers.SerializerMethodField()  # type: ignore[assignment]  # the name of the answer's field

    class Meta:
        model = Event
        fields = ("id", "at", "kind", "label", "person", "data")

    def get_label(self, event: Event) -> str:
        return kind_label(event.kind)
