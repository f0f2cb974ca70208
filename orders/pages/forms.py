"""The forms of an order's steps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.ui.forms import amount_input, day_input
from orders.fulfilment.models import Carrier
from orders.ordering.models import OrderLine


class HoldForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Visible to the distributor."),
    )


class ReleaseForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Why the order may go to this address. Later orders to it are not put on hold."),
    )


class ReleaseCreditForm(forms.Form):
    amount = amount_input(
        label=_("Up to"),
        required=False,
        help_text=_("With tax, in the currency of the order. Leave blank for its total."),
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=day_input(), help_text=_("Leave blank for no end.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Visible to both parties. A cancelled order cannot be reopened."),
    )


class RejectForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The distributor reads this. It can order again with changes."),
    )


class CancelRestForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Visible to both parties. Items not yet shipped will not be sent."),
    )


class PromiseForm(forms.Form):
    promised_on = forms.DateField(label=_("New promised day"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The distributor reads this. What counts as on time stays measured by the first promised day."),
    )


class OrderTypeForm(forms.Form):
    """What follows from an order's type, and who may use it."""

    code = forms.CharField(label=_("code"), max_length=64, validators=[validate_slug])
    name = forms.CharField(label=_("name"), max_length=200)
    name_zh = forms.CharField(label=_("Chinese name"), max_length=200, required=False)
    is_priced = forms.BooleanField(
        label=_("priced"),
        required=False,
        initial=True,
        help_text=_("Without it the lines are free of charge, whatever the price list says."),
    )
    uses_credit = forms.BooleanField(label=_("uses credit"), required=False, initial=True)
    counts_as_sale = forms.BooleanField(label=_("counts as sale"), required=False, initial=True)
    is_taxed = forms.BooleanField(label=_("taxed"), required=False, initial=True)
    roles = forms.MultipleChoiceField(
        label=_("who may use it"), required=False, choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )
    position = forms.IntegerField(label=_("position"), min_value=0, max_value=30_000, initial=0)
    is_active = forms.BooleanField(label=_("in use"), required=False, initial=True)

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["code"]


@dataclass(frozen=True, kw_only=True)
class LineFields:
    """One line of the order with its fields."""

    line: OrderLine
    most: int
    quantity: BoundField
    warehouse: str = ""
    kind: BoundField | None = None
    reason: BoundField | None = None
    damaged: BoundField | None = None
    photos: BoundField | None = None

    @property
    def differs(self) -> bool:
        """Whether another number than the expected one stands there, which needs its reason."""
        return str(self.quantity.value()) != str(self.most)


def quantity_field(product: Any, most: int, initial: int | None = None) -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Quantity of %(code)s") % {"code": product.code},
        min_value=0,
        max_value=most,
        initial=most if initial is None else initial,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "num", "size": 5, "autocomplete": "off"}),
    )


class ShipForm(forms.Form):
    """Quantities by line, carrier and tracking number."""

    carrier = forms.ChoiceField(label=_("Carrier"), required=False)
    tracking_number = forms.CharField(label=_("Tracking number"), max_length=64, required=False)
    expected_on = forms.DateField(
        label=_("Expected on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, lines: Sequence[OrderLine], carriers: Sequence[Carrier], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("No carrier")), *((str(carrier.pk), carrier.display_name) for carrier in carriers)]
        self.fields["carrier"].choices = choices  # type: ignore[attr-defined]  # it is a ChoiceField
        self.lines = [line for line in lines if line.to_ship > 0]
        self.waiting = [line for line in lines if line.back_orders]
        places = [line.warehouse_id for line in self.lines]
        self.has_places = len(set(places)) > 1
        for line in self.lines:
            first = line.to_ship if line.warehouse_id == places[0] else 0  # a shipment leaves one warehouse
            self.fields[f"quantity-{line.pk}"] = quantity_field(line.product, line.to_ship, first)

    def line_fields(self) -> Iterator[LineFields]:
        for line in self.lines:
            place = line.warehouse.display_name if self.has_places and line.warehouse else ""
            quantity = self[f"quantity-{line.pk}"]
            yield LineFields(line=line, most=line.to_ship, quantity=quantity, warehouse=place)

    def other_fields(self) -> list[BoundField]:
        return [self["carrier"], self["tracking_number"], self["expected_on"]]

    def quantities(self) -> dict[int, int]:
        """Pieces by order line id."""
        return {line.pk: self.cleaned_data[f"quantity-{line.pk}"] for line in self.lines}

    def carrier_id(self) -> int | None:
        chosen = self.cleaned_data["carrier"]
        return int(chosen) if chosen else None


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The distributor reads this. The order stays as it is."),
    )


class QuestionForm(forms.Form):
    text = forms.CharField(
        label=_("Question"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Visible to the distributor. It also stands in the conversation about the order."),
    )


class AnswerForm(forms.Form):
    text = forms.CharField(label=_("Answer"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, question: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = question
