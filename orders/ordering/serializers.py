"""What is sent to order, and what comes back."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.money import STORED_DIGITS
from inventory.selectors.pasted_lines import MAX_QUANTITY
from orders.ordering.enums import OrderStatus
from orders.ordering.errors import FixKind
from orders.ordering.selectors.usual_order import UsualLine
from orders.ordering.services.placing import PlacedOrder
from orders.ordering.services.quote import MAX_ID, MAX_LINES, LineInput, PricedLine, Quote


def money(**options: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=19, decimal_places=STORED_DIGITS, **options)


def address_id() -> serializers.IntegerField:
    return serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=1,
        max_value=MAX_ID,
        help_text="The id of one of the distributor's own delivery addresses; the default one where it is left out.",
    )


class OrderLineInput(serializers.Serializer[Any]):
    product = serializers.CharField(max_length=64, help_text="Code or barcode.")
    quantity = serializers.IntegerField(min_value=0, max_value=MAX_QUANTITY, help_text="Whole units.")
    wanted_on = serializers.DateField(required=False, allow_null=True, default=None)


class AgreedLineInput(OrderLineInput):
    agreed_unit_price = money(
        required=False, allow_null=True, default=None, help_text="The price you saw; more is refused with 409."
    )


class LinesInput(serializers.Serializer[Any]):
    """`lines` that name the same product are added up."""

    distributor = serializers.CharField(
        max_length=64, required=False, help_text="Code; your own distributor where it is left out."
    )
    purchase_order_number = serializers.CharField(max_length=64, required=False, default="", allow_blank=True)
    delivery_address = address_id()
    lines = serializers.ListField(child=OrderLineInput(), max_length=MAX_LINES)


class OrderInput(LinesInput):
    lines = serializers.ListField(child=AgreedLineInput(), max_length=MAX_LINES)
    agreed_total = money(
        required=False, allow_null=True, default=None, help_text="The net amount you saw; more is refused with 409."
    )
    wanted_on = serializers.DateField(required=False, allow_null=True, default=None)
    note = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)
    submit = serializers.BooleanField(
        required=False, default=False, help_text="True places the order now; false keeps it as a draft."
    )


class AgreedPriceInput(serializers.Serializer[Any]):
    product = serializers.CharField(max_length=64, help_text="Code or barcode.")
    unit_price = money()


class SubmitInput(serializers.Serializer[Any]):
    """What you saw when you decided to order; more is refused with 409. What is left out is not compared."""

    agreed_total = money(required=False, allow_null=True, default=None, help_text="Net amount.")
    agreed_prices = serializers.ListField(child=AgreedPriceInput(), required=False, default=list, max_length=MAX_LINES)


class DraftInput(serializers.Serializer[Any]):
    """The whole draft as it is to be: lines that are not sent are gone."""

    wanted_on = serializers.DateField(required=False, allow_null=True, default=None)
    purchase_order_number = serializers.CharField(max_length=64, required=False, default="", allow_blank=True)
    note = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)
    delivery_address = address_id()
    lines = serializers.ListField(child=OrderLineInput(), max_length=MAX_LINES)


def lines_of(lines: list[dict[str, Any]]) -> list[LineInput]:
    return [
        LineInput(line["product"], line["quantity"], line["wanted_on"], agreed_unit_price=line.get("agreed_unit_price"))
        for line in lines
    ]


class ProblemSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    detail = serializers.CharField(source="message")
    attr = serializers.CharField(source="field")


class PlacedLineSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    position = serializers.IntegerField()
    product = serializers.CharField()
    name = serializers.CharField()
    ordered = serializers.IntegerField()
    unit_price = money()
    net_amount = money()


class PlacedOrderSerializer(serializers.Serializer[Any]):
    """A placed order: the fields that placing decides, under the names that they have in an order."""

    number = serializers.CharField()
    status = serializers.ChoiceField(choices=OrderStatus.choices)
    version = serializers.IntegerField()
    currency = serializers.CharField()
    net_amount = money()
    ordered_at = serializers.DateTimeField()
    promised_on = serializers.DateField()
    purchase_order_number = serializers.CharField()
    is_on_hold = serializers.BooleanField()
    warnings = ProblemSerializer(
        many=True, help_text="What stopped nothing but should be known, such as days of grace."
    )
    lines = PlacedLineSerializer(many=True)


def placed_body(placed: PlacedOrder) -> dict[str, Any]:
    """What `PlacedOrderSerializer` describes, written by hand: this is the hottest answer of the API."""
    return {
        "number": placed.number,
        "status": OrderStatus.SUBMITTED.value,
        "version": placed.version,
        "currency": placed.currency,
        "net_amount": f"{placed.net_amount:.{STORED_DIGITS}f}",
        "ordered_at": placed.ordered_at.isoformat().replace("+00:00", "Z"),
        "promised_on": placed.promised_on.isoformat(),
        "purchase_order_number": placed.purchase_order_number,
        "is_on_hold": placed.is_on_hold,
        "warnings": [ProblemSerializer(warning).data for warning in placed.warnings],
        "lines": [
            {
                "id": line.id,
                "position": line.position,
                "product": line.code,
                "name": line.name,
                "ordered": line.quantity,
                "unit_price": f"{line.unit_price:.{STORED_DIGITS}f}",
                "net_amount": f"{line.net_amount:.{STORED_DIGITS}f}",
            }
            for line in placed.lines
        ],
    }


class FixSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=[(kind.value, kind.value) for kind in FixKind])
    quantity = serializers.IntegerField(allow_null=True)


class LineProblemSerializer(ProblemSerializer):
    fix = FixSerializer(allow_null=True)


class QuotedLineSerializer(serializers.Serializer[PricedLine]):
    """One line as it would be ordered. `line` counts from 0 in the order the lines were sent."""

    line = serializers.IntegerField()
    product = serializers.CharField(source="code")
    name = serializers.CharField()
    quantity = serializers.IntegerField()
    unit_price = money(allow_null=True)
    price_reason = serializers.SerializerMethodField()
    net_amount = money(source="amount")
    problems = LineProblemSerializer(many=True)

    @extend_schema_field(serializers.CharField())
    def get_price_reason(self, line: PricedLine) -> str:
        return line.price.reason if line.price else ""


class QuoteSerializer(serializers.Serializer[Quote]):
    """An order as it would be placed now. It can be placed when nothing has `problems`."""

    currency = serializers.CharField()
    net_amount = money()
    promised_on = serializers.DateField(allow_null=True)
    lines = QuotedLineSerializer(many=True)
    problems = ProblemSerializer(many=True)
    warnings = ProblemSerializer(many=True, help_text="What would stop nothing but should be known.")


class UsualLineSerializer(serializers.Serializer[UsualLine]):
    """`quantity` is that of a typical order, raised to what can be ordered."""

    product = serializers.CharField(source="code")
    name = serializers.CharField()
    quantity = serializers.IntegerField()
    times = serializers.IntegerField()
    last_on = serializers.DateField()
