"""What is sent to order, and what comes back."""

from functools import cache, cached_property
from typing import Any, Self

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import empty

from catalogue.rules.loads import Load
from catalogue.rules.pasted_lines import MAX_QUANTITY
from core.errors import InvalidInput
from core.money import STORED_DIGITS
from inventory.promise import ScheduleLine
from orders.ordering.enums import OrderStatus, WhenShort
from orders.ordering.errors import FixKind
from orders.ordering.minimums import Measure, Minimum, MinimumKind, Progress
from orders.ordering.models import OrderType
from orders.ordering.selectors.usual_order import UsualLine
from orders.ordering.services.order_types import ensure_order_types
from orders.ordering.services.placing import PlacedOrder
from orders.ordering.services.quote import MAX_ID, MAX_LINES, LineInput, PricedLine, Quote, QuotedOrder


def money(**options: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=19, decimal_places=STORED_DIGITS, **options)


def address_id() -> serializers.IntegerField:
    return row_id("The id of one of the receiver's own delivery addresses; the default one where it is left out.")


def consignee_code(help_text: str) -> serializers.CharField:
    return serializers.CharField(max_length=64, required=False, default="", allow_blank=True, help_text=help_text)


def row_id(help_text: str) -> serializers.IntegerField:
    return serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=1, max_value=MAX_ID, help_text=help_text
    )


def type_code() -> serializers.CharField:
    return serializers.CharField(
        max_length=64,
        required=False,
        default="",
        allow_blank=True,
        help_text="The code of an order type; the default one where it is left out.",
    )


def unit_code() -> serializers.CharField:
    return serializers.CharField(
        max_length=16,
        required=False,
        allow_blank=True,
        default="",
        help_text="Code of the unit; a piece, or the unit whose barcode is given, where it is left out.",
    )


class SparseInput(serializers.Serializer[Any]):
    # Of the hottest bodies of the API most is left out: a field that was not sent is its default, and is not asked. A
    # subclass has no rules beyond those of its fields, which know no request. No docstring: the schema would have it.

    @classmethod
    def read(cls, data: Any) -> dict[str, Any]:
        """The body as it is understood, or 400 with every field that is wrong."""
        shared = cls._shared()
        found = shared.of_sent(data)
        if found is None:
            serializer = cls(data=data)
            serializer.is_valid(raise_exception=True)
            found = serializer.validated_data
        return found

    @classmethod
    @cache
    def _shared(cls) -> Self:
        """Made once: its fields keep nothing of what they read, and to make them costs more than to read."""
        return cls()

    def run_validation(self, data: Any = empty) -> Any:
        found = self.of_sent(data)
        return super().run_validation(data) if found is None else found

    def of_sent(self, data: Any) -> dict[str, Any] | None:
        """What the fields make of it; None where anything is wrong, for the serializer to say what."""
        fields = self.fields
        if type(data) is not dict or not self._required <= data.keys():
            return None
        try:
            sent = {name: fields[name].run_validation(value) for name, value in data.items() if name in fields}
        except serializers.ValidationError:
            return None
        return self._left_out | sent

    @cached_property
    def _required(self) -> set[str]:
        return {name for name, field in self.fields.items() if field.required}

    @cached_property
    def _left_out(self) -> dict[str, Any]:
        given = {name: field for name, field in self.fields.items() if field.default is not empty}
        return {name: field.get_default() for name, field in given.items()}


class OrderLineInput(SparseInput):
    product = serializers.CharField(max_length=64, help_text="Code or barcode, also of a unit.")
    quantity = serializers.IntegerField(min_value=0, max_value=MAX_QUANTITY, help_text="How many of the unit.")
    unit = unit_code()
    wanted_on = serializers.DateField(required=False, allow_null=True, default=None)
    when_short = serializers.ChoiceField(
        choices=WhenShort.choices, required=False, default="", allow_blank=True,
        help_text="What becomes of it when not all is there; without a choice the order is refused.",
    )  # fmt: skip
    gift_with = serializers.CharField(
        max_length=64, required=False, default="", allow_blank=True,
        help_text="Makes it a gift, free of charge: the product of the line that earned it, written as there.",
    )  # fmt: skip


class AgreedLineInput(OrderLineInput):
    agreed_unit_price = money(
        required=False, allow_null=True, default=None, help_text="The price you saw; more is refused with 409."
    )


class LinesInput(SparseInput):
    """`lines` that name the same product and unit are added up."""

    distributor = serializers.CharField(
        max_length=64, required=False, help_text="Code; your own distributor where it is left out."
    )
    purchase_order_number = serializers.CharField(max_length=64, required=False, default="", allow_blank=True)
    delivery_address = address_id()
    consignee_distributor = consignee_code(
        "Code of the sub-distributor that gets the goods, where it is not the buyer."
    )
    consignee_outlet = consignee_code("Code of the outlet that gets the goods, likewise.")
    contact = row_id("The id of one of the distributor's own contacts; the one of the address where it is left out.")
    invoice_title = row_id(
        "The id of one of the distributor's own invoice titles; the default one where it is left out."
    )
    type = type_code()
    wanted_on = serializers.DateField(required=False, allow_null=True, default=None)
    lines = serializers.ListField(child=OrderLineInput(), max_length=MAX_LINES)


class OrderQuoteInput(LinesInput):
    """With what you saw before, the answer warns of what costs more now."""

    lines = serializers.ListField(child=AgreedLineInput(), max_length=MAX_LINES)
    agreed_total = money(required=False, allow_null=True, default=None, help_text="The net amount you saw.")


class OrderInput(LinesInput):
    lines = serializers.ListField(child=AgreedLineInput(), max_length=MAX_LINES)
    agreed_total = money(
        required=False, allow_null=True, default=None, help_text="The net amount you saw; more is refused with 409."
    )
    note = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)
    printed_note = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)
    submit = serializers.BooleanField(
        required=False, default=False, help_text="True places the order now; false keeps it as a draft."
    )


class AgreedPriceInput(serializers.Serializer[Any]):
    product = serializers.CharField(max_length=64, help_text="Code or barcode.")
    unit = unit_code()
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
    printed_note = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)
    delivery_address = address_id()
    consignee_distributor = consignee_code(
        "Code of the sub-distributor that gets the goods, where it is not the buyer."
    )
    consignee_outlet = consignee_code("Code of the outlet that gets the goods, likewise.")
    contact = row_id("The id of one of the distributor's own contacts; the one of the address where it is left out.")
    invoice_title = row_id(
        "The id of one of the distributor's own invoice titles; the default one where it is left out."
    )
    type = type_code()
    lines = serializers.ListField(child=OrderLineInput(), max_length=MAX_LINES)


def type_id_of(code: str) -> int | None:
    """The order type of a code; none is the default one. Asked only where one is named."""
    if not code:
        return None
    found = OrderType.objects.filter(code=code).values_list("pk", flat=True).first()
    if found is None:
        ensure_order_types()
        found = OrderType.objects.filter(code=code).values_list("pk", flat=True).first()
    if found is None:
        raise InvalidInput(_("Unknown order type."), code="unknown", field="type")
    return int(found)


def lines_of(lines: list[dict[str, Any]]) -> list[LineInput]:
    return [
        LineInput(
            line["product"],
            line["quantity"],
            line["wanted_on"],
            agreed_unit_price=line.get("agreed_unit_price"),
            unit=line["unit"],
            gift_with=line["gift_with"].strip() or None,
            when_short=line["when_short"],
        )
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
    unit = serializers.CharField()
    units = serializers.IntegerField()
    ordered = serializers.IntegerField(help_text="Pieces.")
    unit_price = money(help_text="Of one unit as ordered.")
    net_amount = money()
    promised_on = serializers.DateField(allow_null=True, help_text="When all of it arrives; null where nobody knows.")
    waiting = serializers.IntegerField(help_text="Pieces that do not ship at once.")


class PlacedOrderSerializer(serializers.Serializer[Any]):
    """A placed order: the fields that placing decides, under the names that they have in an order."""

    number = serializers.CharField()
    status = serializers.ChoiceField(choices=OrderStatus.choices)
    version = serializers.IntegerField()
    currency = serializers.CharField()
    net_amount = money()
    ordered_at = serializers.DateTimeField()
    promised_on = serializers.DateField(allow_null=True)
    purchase_order_number = serializers.CharField()
    is_on_hold = serializers.BooleanField()
    group = serializers.CharField(
        help_text="The number of the group where lines of several sellers or agreements became several orders; else empty."
    )
    others = serializers.ListField(
        child=serializers.CharField(), help_text="The numbers of the other orders of the group."
    )
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
        "promised_on": placed.promised_on and placed.promised_on.isoformat(),
        "purchase_order_number": placed.purchase_order_number,
        "is_on_hold": placed.is_on_hold,
        "group": placed.group_number,
        "others": [other.number for other in placed.others],
        "warnings": [ProblemSerializer(warning).data for warning in placed.warnings],
        "lines": [
            {
                "id": line.id,
                "position": line.position,
                "product": line.code,
                "name": line.name,
                "unit": line.unit,
                "units": line.units,
                "ordered": line.quantity,
                "unit_price": f"{line.unit_price:.{STORED_DIGITS}f}",
                "net_amount": f"{line.net_amount:.{STORED_DIGITS}f}",
                "promised_on": line.promised_on and line.promised_on.isoformat(),
                "waiting": line.waiting,
            }
            for line in placed.lines
        ],
    }


class FixSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=[(kind.value, kind.value) for kind in FixKind])
    quantity = serializers.IntegerField(allow_null=True)
    day = serializers.DateField(allow_null=True, help_text="The day to want it on, or on which what waits arrives.")
    product = serializers.CharField(allow_null=True, help_text="The successor, of which `quantity` pieces are taken.")
    label = serializers.CharField(  # type: ignore[assignment]  # the name of the field in the answer
        help_text="What it does, where the kind does not say it: which line is raised by how much."
    )


class LineProblemSerializer(ProblemSerializer):
    fix = FixSerializer(allow_null=True)
    others = FixSerializer(many=True, help_text="Other ways out, such as to wait.")


class ScheduleLineSerializer(serializers.Serializer[ScheduleLine]):
    """Pieces with the days on which they ship and arrive; null where nobody knows."""

    pieces = serializers.IntegerField()
    ship_on = serializers.DateField(allow_null=True)
    arrives_on = serializers.DateField(allow_null=True)


class QuoteProblemSerializer(ProblemSerializer):
    """`code` says what it is: `below_order_minimum`, `wanted_too_early`, `unusual_quantity`, `price_changed` and so on."""

    fix = FixSerializer(allow_null=True, default=None)


class QuotedLineSerializer(serializers.Serializer[PricedLine]):
    """One line as it would be ordered. `line` counts from 0 in the order the lines were sent.

    `quantity` counts `unit`, of `pieces_per_unit` each; `unit_price` is of one of it.
    """

    line = serializers.IntegerField()
    product = serializers.CharField(source="code")
    name = serializers.CharField()
    quantity = serializers.IntegerField(source="units")
    unit = serializers.CharField()
    pieces_per_unit = serializers.IntegerField()
    unit_price = money(allow_null=True)
    price_reason = serializers.SerializerMethodField()
    gross_amount = money(source="gross")
    net_amount = money(source="amount")
    promised_on = serializers.DateField(source="arrives_on", allow_null=True)
    back_ordered = ScheduleLineSerializer(many=True, help_text="What of it would be on back order.")
    problems = LineProblemSerializer(many=True)

    @extend_schema_field(serializers.CharField())
    def get_price_reason(self, line: PricedLine) -> str:
        return line.price.reason if line.price else ""


class OrderLoadSerializer(serializers.Serializer[Load]):
    """What is ordered and not cancelled, as it is packed: gross weight in kg, volume in m³, full pallets of one product each.

    What remains beside full pallets are `cases` and loose `pieces`. Lines of which something is not known are in no sum.
    """

    weight = serializers.DecimalField(max_digits=20, decimal_places=4)
    volume = serializers.DecimalField(max_digits=20, decimal_places=6)
    pallets = serializers.IntegerField()
    cases = serializers.IntegerField()
    pieces = serializers.IntegerField()
    lines_without_weight = serializers.IntegerField()
    lines_without_volume = serializers.IntegerField()
    lines_without_pallet = serializers.IntegerField()


class OrderMinimumWaySerializer(serializers.Serializer[Progress]):
    """An amount in the order's currency, a weight in kg, or full pallets."""

    measure = serializers.ChoiceField(choices=[(one.value, one.value) for one in Measure])
    wanted = serializers.DecimalField(max_digits=19, decimal_places=4)
    reached = serializers.DecimalField(max_digits=20, decimal_places=4)
    missing = serializers.DecimalField(max_digits=20, decimal_places=4)
    lines_unknown = serializers.IntegerField(help_text="Lines that do not say what they add to it.")


class OrderMinimumSerializer(serializers.Serializer[Minimum]):
    """A minimum of the agreement, reached by any of its `ways`: a truck is full by its weight or by its pallets."""

    kind = serializers.ChoiceField(choices=[(one.value, one.value) for one in MinimumKind])
    is_reached = serializers.BooleanField()
    ways = OrderMinimumWaySerializer(many=True)


class QuotedOrderSerializer(serializers.Serializer[QuotedOrder]):
    """What becomes one order: the lines of one seller under one agreement. `lines` are their places."""

    agreement = serializers.CharField(source="terms.number", default=None, allow_null=True)
    freight = serializers.CharField(help_text="Who pays the freight; empty where nothing was agreed.")
    net_amount = money()
    missing_for_minimum = money(help_text="What is missing to the order minimum of the agreement.")
    load = OrderLoadSerializer()
    minimums = serializers.SerializerMethodField()
    missing_for_freight = money(help_text="What is missing until the seller pays the freight.")
    promised_on = serializers.DateField(allow_null=True)
    lines = serializers.SerializerMethodField()

    @extend_schema_field(OrderMinimumSerializer(many=True))
    def get_minimums(self, order: QuotedOrder) -> Any:
        """How far it is from each minimum of its agreement; none where it has no price."""
        quote: Any = self.root.instance
        minimums: Any = order.minimums_in(quote.currency) if quote.type.is_priced else []
        return OrderMinimumSerializer(minimums, many=True).data

    def get_lines(self, order: QuotedOrder) -> list[int]:
        return [line.line for line in order.lines]


class QuoteSerializer(serializers.Serializer[Quote]):
    """An order as it would be placed now. It can be placed when nothing has `problems`."""

    currency = serializers.CharField()
    net_amount = money()
    promised_on = serializers.DateField(allow_null=True)
    discount_amount = money(help_text="What is free of charge.")
    lines = QuotedLineSerializer(many=True)
    orders = QuotedOrderSerializer(many=True)
    problems = QuoteProblemSerializer(many=True)
    warnings = QuoteProblemSerializer(
        many=True,
        help_text="What would stop nothing but should be known: unusual quantities, an order alike, higher prices, freight.",
    )


class UsualLineSerializer(serializers.Serializer[UsualLine]):
    """`quantity` is that of a typical order, raised to what can be ordered."""

    product = serializers.CharField(source="code")
    name = serializers.CharField()
    quantity = serializers.IntegerField()
    times = serializers.IntegerField()
    last_on = serializers.DateField()
