"""The forms of an order's steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.ui.forms import amount_input, day_input
from inventory.models import Lot
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
class LotField:
    """A lot that a line may be shipped from, and how many pieces of it."""

    lot: Lot
    most: int
    pieces: BoundField


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
    lots: Sequence[LotField] = ()
    serials: BoundField | None = None

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
