"""What is sent with a step of an order."""

from typing import Any

from rest_framework import serializers

from catalogue.rules.pasted_lines import MAX_QUANTITY
from orders.fulfilment.claims.enums import UNORDERED, ClaimKind
from orders.fulfilment.enums import DifferenceKind
from orders.fulfilment.services.receiving import MOST_SURPLUS, MOST_UNORDERED
from orders.fulfilment.services.serials import LONGEST_SERIAL
from orders.ordering.serializers import AgreedLineInput, money
from orders.ordering.services.quote import MAX_LINES
from orders.tracking.enums import TrackingCode

MOST_LOTS = 100
MOST_SERIALS = 10_000
UNORDERED_CHOICES = [choice for choice in ClaimKind.choices if choice[0] in UNORDERED]


class ReasonInput(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300)


class ReleaseInput(serializers.Serializer[Any]):
    """The reason is needed where the delivery address lies outside the territory."""

    reason = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class ReleaseCreditInput(serializers.Serializer[Any]):
    """For the order as it is, up to `amount` with tax (its total where nothing is said), until a day or without an end."""

    reason = serializers.CharField(max_length=300)
    amount = money(required=False, allow_null=True, default=None)
    until = serializers.DateField(required=False, allow_null=True, default=None)


class CancelInput(serializers.Serializer[Any]):
    """A draft needs no reason."""

    reason = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class ChangeInput(serializers.Serializer[Any]):
    """The lines as they are to be; what is left out of the head stays.

    A product that costs more than in the order is refused with 409, unless `accept_prices`, or its `agreed_unit_price`
    says that the price is known.
    """

    lines = serializers.ListField(child=AgreedLineInput(), max_length=MAX_LINES)
    purchase_order_number = serializers.CharField(max_length=64, required=False, allow_blank=True)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True)
    wanted_on = serializers.DateField(required=False, allow_null=True)
    accept_prices = serializers.BooleanField(required=False, default=False)
    agreed_total = money(required=False, allow_null=True, default=None, help_text="Net amount; more is refused.")


class LineEditInput(serializers.Serializer[Any]):
    line = serializers.IntegerField(min_value=1, max_value=2**63 - 1, help_text="`id` of the order line.")
    quantity = serializers.IntegerField(min_value=0, max_value=MAX_QUANTITY, help_text="Pieces; 0 strikes the line.")
    reason = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class ApproveChangedInput(serializers.Serializer[Any]):
    """Lines that are not named stay whole; less of one needs its reason."""

    lines = LineEditInput(many=True, allow_empty=False)


class RequestLineInput(serializers.Serializer[Any]):
    line = serializers.IntegerField(min_value=1, max_value=2**63 - 1, help_text="`id` of the order line.")
    quantity = serializers.IntegerField(
        min_value=0, max_value=MAX_QUANTITY, help_text="Pieces in all; 0 cancels the line."
    )
    wanted_on = serializers.DateField(required=False, allow_null=True, default=None)


class RequestChangeInput(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300)
    lines = RequestLineInput(many=True, allow_empty=False)


class LotPiecesInput(serializers.Serializer[Any]):
    lot = serializers.IntegerField(min_value=1, max_value=2**63 - 1, help_text="`id` of the lot.")
    pieces = serializers.IntegerField(min_value=1, max_value=MAX_QUANTITY)


class LineSerialsInput(serializers.Serializer[Any]):
    line = serializers.IntegerField(min_value=1, max_value=2**63 - 1, help_text="`id` of the order line.")
    serials = serializers.ListField(child=serializers.CharField(max_length=LONGEST_SERIAL), max_length=MOST_SERIALS)


class ShipLineInput(serializers.Serializer[Any]):
    line = serializers.IntegerField(min_value=1, max_value=2**63 - 1, help_text="`id` of the order line.")
    quantity = serializers.IntegerField(min_value=0, max_value=MAX_QUANTITY)
    lots = serializers.ListField(
        child=LotPiecesInput(), required=False, default=list, max_length=MOST_LOTS,
        help_text="Of which lots the pieces are; without them of those that the line is bound to.",
    )  # fmt: skip


class ShipInput(serializers.Serializer[Any]):
    """Without `lines` everything that is left is shipped, or what is left in `warehouse`: a shipment leaves one warehouse.

    Where a product has serial numbers, `serials` has as many of its line as pieces are shipped.
    """

    lines = ShipLineInput(many=True, required=False)
    serials = LineSerialsInput(many=True, required=False, default=list)
    warehouse = serializers.CharField(max_length=64, required=False, allow_null=True, default=None, help_text="Code.")
    carrier = serializers.CharField(max_length=64, required=False, allow_null=True, default=None, help_text="Code.")
    tracking_number = serializers.CharField(max_length=64, required=False, default="", allow_blank=True)
    expected_on = serializers.DateField(required=False, allow_null=True, default=None)


class ReceiveLineInput(serializers.Serializer[Any]):
    line = serializers.IntegerField(min_value=1, max_value=2**63 - 1, help_text="`id` of the shipment line.")
    quantity = serializers.IntegerField(min_value=0, max_value=MAX_QUANTITY, help_text="Pieces that came whole.")
    damaged = serializers.IntegerField(
        min_value=0,
        max_value=MAX_QUANTITY,
        required=False,
        default=0,
        help_text="Pieces that came damaged; what is neither is missing. Without it a kind of damage means all the rest.",
    )
    kind = serializers.ChoiceField(choices=DifferenceKind.choices, required=False, default="", allow_blank=True)
    reason = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class UnorderedInput(serializers.Serializer[Any]):
    product = serializers.CharField(max_length=64, help_text="One of its codes; the barcode of a case counts cases.")
    quantity = serializers.IntegerField(min_value=1, max_value=MOST_SURPLUS)
    kind = serializers.ChoiceField(choices=UNORDERED_CHOICES, required=False, default=ClaimKind.SURPLUS.value)
    reason = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class ReceiveInput(serializers.Serializer[Any]):
    """Lines that are not named came whole; fewer pieces need a kind of difference, or a reason in words.

    All that differs, and `unordered` goods that came beside it, open a delivery claim, to which photos can be added.
    """

    lines = ReceiveLineInput(many=True, required=False, default=list)
    unordered = serializers.ListField(child=UnorderedInput(), required=False, default=list, max_length=MOST_UNORDERED)


class TrackingInput(serializers.Serializer[Any]):
    """One carrier tracking event. The same `external_id` counts once for a shipment."""

    external_id = serializers.CharField(max_length=128)
    code = serializers.ChoiceField(choices=TrackingCode.choices)
    at = serializers.DateTimeField()
    description = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    location = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class PromiseInput(serializers.Serializer[Any]):
    """Another day, and why."""

    promised_on = serializers.DateField()
    reason = serializers.CharField(max_length=300)
