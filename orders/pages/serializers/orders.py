"""Orders as the API shows them. The brand owner's cost is not shown."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.events import kind_label
from core.models import Event
from core.sentences import sentences
from core.state import available_actions
from inventory.selectors.availability import Waiting
from orders.amounts import EventDataField, OrderAmountsMixin, reads_amounts
from orders.changes.models import HoldQuestion
from orders.changes.selectors.hold_questions import questions_of
from orders.changes.selectors.waiting import waiting_reasons
from orders.ordering.enums import HoldKind, HoldStep, OrderAction, OrderStatus
from orders.ordering.models import LineAdjustment, Order, OrderHold, OrderLine
from orders.ordering.permissions import ORDER_STATES
from orders.ordering.selectors.loads import load_of_lines
from orders.ordering.serializers import OrderLoadSerializer
from orders.pages.selectors.order_lines import note_back_orders
from orders.pages.serializers.shipments import PromiseChangeSerializer, ShipmentSerializer

_HEAD = (
    "id", "number", "reference", "type", "group", "company", "seller", "agreement", "distributor",
    "consignee_distributor", "consignee_outlet", "warehouse", "manager", "status", "is_on_hold", "lateness",
    "source", "purchase_order_number", "currency", "gross_amount", "discount_amount", "net_amount", "is_taxed", "tax_amount",
    "total_amount", "line_count", "unit_count", "ordered_at", "wanted_on", "promised_on", "approved_at", "shipped_at",
    "delivered_at", "received_at", "cancelled_at", "version",
)  # fmt: skip


class LineAdjustmentSerializer(OrderAmountsMixin, serializers.ModelSerializer[LineAdjustment]):
    class Meta:
        model = LineAdjustment
        fields = ("kind", "reason", "amount")


class BackOrderSerializer(serializers.Serializer[Waiting]):
    """Pieces on back order, with the day on which they arrive; null where nobody knows."""

    pieces = serializers.IntegerField()
    promised_on = serializers.DateField(allow_null=True, help_text="As it is promised now.")
    first_promised_on = serializers.DateField(allow_null=True)


class OrderLineSerializer(OrderAmountsMixin, serializers.ModelSerializer[OrderLine]):
    product = serializers.CharField(source="product.code")
    name = serializers.CharField(source="product.display_name")
    adjustments = LineAdjustmentSerializer(many=True)
    warehouse = serializers.CharField(source="warehouse.code", default=None, allow_null=True)
    gift_of = serializers.IntegerField(
        source="gift_of_id", allow_null=True, help_text="The id of the line that earned this gift."
    )

    promised_on = serializers.DateField(
        allow_null=True, help_text="As it was first promised: what is on time is measured by it."
    )
    expected_on = serializers.DateField(allow_null=True, help_text="As it is promised now; null where nobody knows.")
    arrived_on = serializers.DateField(allow_null=True, help_text="When all of it had arrived.")
    back_orders = BackOrderSerializer(many=True, help_text="What waits for goods.")

    class Meta:
        model = OrderLine
        fields = (
            "id", "position", "product", "name", "ordered", "cancelled", "shipped", "received", "outstanding",
            "unit", "units", "pieces_per_unit", "unit_price", "gross_amount", "discount_amount", "net_amount", "tax_amount",
            "adjustments", "wanted_on", "promised_on", "expected_on", "arrived_on", "when_short", "back_orders", "warehouse",
            "gift_of",
        )  # fmt: skip


class OrderHoldSerializer(OrderAmountsMixin, serializers.ModelSerializer[OrderHold]):
    """What stops the order; `blocks` is the step that has to wait."""

    blocks = serializers.SerializerMethodField()
    reason = serializers.SerializerMethodField(help_text="Without amounts for whoever may not see them.")

    class Meta:
        model = OrderHold
        fields = ("kind", "code", "blocks", "reason", "placed_at", "amount", "until")

    def get_reason(self, hold: OrderHold) -> str:
        return hold.reason if reads_amounts(self.context) else hold.reason_without_amounts

    @extend_schema_field(serializers.ChoiceField(choices=HoldStep.choices))
    def get_blocks(self, hold: OrderHold) -> str:
        return HoldKind(hold.kind).blocks


class HoldQuestionSerializer(serializers.ModelSerializer[HoldQuestion]):
    """Two messages of the order's conversation."""

    hold = serializers.CharField(source="hold.kind")
    question = serializers.CharField(source="question.text")
    answer = serializers.CharField(source="answer.text", default=None, allow_null=True)

    class Meta:
        model = HoldQuestion
        fields = ("hold", "question", "answer")


class OrderSerializer(OrderAmountsMixin, serializers.ModelSerializer[Order]):
    """The head of an order. `company`, `distributor` and `warehouse` are codes, `manager` is a name.

    A draft has no number yet; `reference` names an order in addresses, whatever it is. Amounts and prices are null for
    whoever may not see them, also in lines, claims, returns and events: `orders.see_prices`.
    """

    type = serializers.CharField(source="type.code")
    group = serializers.CharField(source="group_number", help_text="The same for all orders that one basket became.")
    company = serializers.CharField(source="company.code")
    seller = serializers.CharField(
        source="seller_distributor.code",
        default=None,
        allow_null=True,
        help_text="The code of the distributor that sells; null where the company does.",
    )
    agreement = serializers.CharField(source="agreement.number", default=None, allow_null=True)
    distributor = serializers.CharField(source="distributor.code")
    warehouse = serializers.CharField(source="warehouse.code", default=None, allow_null=True)
    manager = serializers.CharField(source="manager.full_name", default=None, allow_null=True)
    consignee_distributor = serializers.CharField(
        source="consignee_distributor.code", default=None, allow_null=True,
        help_text="The sub-distributor that gets the goods of a drop shipment.",
    )  # fmt: skip
    consignee_outlet = serializers.CharField(
        source="consignee_outlet.code", default=None, allow_null=True,
        help_text="The outlet that gets the goods of a drop shipment.",
    )  # fmt: skip

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

    load = serializers.SerializerMethodField()
    lines = serializers.SerializerMethodField()
    shipments = ShipmentSerializer(many=True)
    promise_changes = PromiseChangeSerializer(many=True)
    waiting_reasons = serializers.SerializerMethodField()
    questions = serializers.SerializerMethodField()
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
            "contact",
            "invoice_title",
            "payment_terms",
            "freight_terms",
            "note",
            "printed_note",
            "holds",
            "waiting_reasons",
            "questions",
            "hold_reason",
            "cancel_reason",
            "load",
            "lines",
            "shipments",
            "promise_changes",
            "actions",
        )

    @extend_schema_field(OrderLoadSerializer)
    def get_load(self, order: Order) -> dict[str, Any]:
        return dict(OrderLoadSerializer(load_of_lines(order.lines.all())).data)

    @extend_schema_field(OrderLineSerializer(many=True))
    def get_lines(self, order: Order) -> list[dict[str, Any]]:
        lines = list(order.lines.all())
        note_back_orders(lines)
        return [OrderLineSerializer(line, context=self.context).data for line in lines]

    def get_waiting_reasons(self, order: Order) -> list[str]:
        """Why it waits for a person to approve it; empty where it does not."""
        if order.status != OrderStatus.SUBMITTED or order.is_on_hold:
            return []
        found = waiting_reasons([order.pk], with_amounts=reads_amounts(self.context))
        return list(found.get(order.pk, ()))

    @extend_schema_field(HoldQuestionSerializer(many=True))
    def get_questions(self, order: Order) -> list[dict[str, Any]]:
        """What was asked about the open holds, and what was answered."""
        rows = questions_of(order_id=order.pk) if order.is_on_hold else ()
        return [HoldQuestionSerializer(row).data for row in rows]

    @extend_schema_field(OrderHoldSerializer(many=True))
    def get_holds(self, order: Order) -> list[dict[str, Any]]:
        return [OrderHoldSerializer(hold, context=self.context).data for hold in _open_holds(order)]

    def get_hold_reason(self, order: Order) -> str:
        """Why the order is on hold, in the language of the request; empty where it is not."""
        return sentences(row["reason"] for row in self.get_holds(order))

    @extend_schema_field(ActionSerializer(many=True))
    def get_actions(self, order: Order) -> list[dict[str, Any]]:
        waits = any(HoldKind(hold.kind).needs_reason for hold in _open_holds(order))  # released first, with a reason
        return [
            {"verb": action.action, "label": str(action.label), "dangerous": action.dangerous}
            for action in available_actions(ORDER_STATES, order, self.context["request"].user)
            if not (waits and action.action == OrderAction.APPROVE)
        ]


def _open_holds(order: Order) -> list[OrderHold]:
    """Of the holds that were read with the order."""
    return [hold for hold in order.holds.all() if hold.lifted_at is None]


class EventSerializer(serializers.ModelSerializer[Event]):
    """One step in the life of an order."""

    person = serializers.CharField(source="actor.full_name", default=None, allow_null=True)
    label = serializers.SerializerMethodField()  # type: ignore[assignment]  # the name of the answer's field
    data = EventDataField()  # type: ignore[assignment]  # likewise

    class Meta:
        model = Event
        fields = ("id", "at", "kind", "label", "person", "data")

    def get_label(self, event: Event) -> str:
        return kind_label(event.kind)
