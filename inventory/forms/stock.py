"""Forms of catalogue and stock: they parse, the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue.fields import ProductChoiceField
from catalogue.models import Product
from company.models import WorkingCalendar
from core.ui.forms import choose_from, day_input
from inventory.fields import ProductLinesForm
from inventory.models import Warehouse
from inventory.rules import MOST_PIECES
from inventory.services.lots import LONGEST_CODE, GivenLot


class AdjustForm(forms.Form):
    """A count that differs from the books."""

    warehouse = forms.ModelChoiceField(queryset=Warehouse.objects.none(), label=_("Warehouse"))
    product = ProductChoiceField(label=_("Product"), help_text=_("The product's code."))
    difference = forms.IntegerField(label=_("Quantity change"), help_text=_("Use a minus to reduce stock, such as -3."))
    lot = forms.CharField(
        max_length=LONGEST_CODE, required=False, label=_("Lot"), help_text=_("Of a product that is stocked by lot.")
    )
    reason = forms.CharField(max_length=300, label=_("Reason"))

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, "warehouse", Warehouse.objects.visible_to(user).stocked().filter(is_active=True))
        choose_from(self, "product", Product.objects.visible_to(user))


class SupplyRouteForm(forms.Form):
    """From which warehouse a distributor is supplied from a day on."""

    warehouse = forms.ModelChoiceField(queryset=Warehouse.objects.none(), label=_("Warehouse"))
    lead_days = forms.IntegerField(min_value=0, max_value=365, initial=7, label=_("Lead time in days"))
    calendar = forms.ModelChoiceField(
        queryset=WorkingCalendar.objects.none(),
        required=False,
        label=_("Working calendar"),
        help_text=_("Leave blank if every day counts."),
    )
    cut_off = forms.TimeField(
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        label=_("Cut-off time"),
        help_text=_("Orders until then ship the same day."),
    )
    priority = forms.IntegerField(
        min_value=1,
        max_value=99,
        initial=1,
        label=_("Priority"),
        help_text=_("1 is the highest priority. The present route of this priority ends the day before."),
    )
    starts_on = forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), label=_("Since"))

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, "warehouse", Warehouse.objects.visible_to(user).for_sale())
        choose_from(self, "calendar", WorkingCalendar.objects.visible_to(user))


class ExpectedReceiptForm(forms.Form):
    """Goods that a supply order brings."""

    external_id = forms.CharField(
        max_length=64, label=_("Supply order"), help_text=_("Number and line in your purchasing system.")
    )
    warehouse = forms.ModelChoiceField(queryset=Warehouse.objects.none(), label=_("Warehouse"))
    product = ProductChoiceField(label=_("Product"), help_text=_("The product's code."))
    quantity = forms.IntegerField(min_value=1, max_value=MOST_PIECES, label=_("Quantity"), help_text=_("In pieces."))
    expected_on = forms.DateField(
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), label=_("Expected on")
    )
    note = forms.CharField(max_length=300, required=False, label=_("Note"))

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, "warehouse", Warehouse.objects.visible_to(user).stocked().filter(is_active=True))
        choose_from(self, "product", Product.objects.visible_to(user))


class ChangeExpectedForm(forms.Form):
    """Another day or quantity. Whoever waits for the goods is promised anew."""

    quantity = forms.IntegerField(min_value=1, max_value=MOST_PIECES, label=_("Quantity"), help_text=_("In pieces."))
    expected_on = forms.DateField(
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        label=_("Expected on"),
        help_text=_("Past this day it counts as nothing until it has a new date."),
    )
    note = forms.CharField(max_length=300, required=False, label=_("Note"))


class ReceiveExpectedForm(forms.Form):
    """What came in of it."""

    quantity = forms.IntegerField(min_value=1, max_value=MOST_PIECES, label=_("Pieces received"))
    is_complete = forms.BooleanField(required=False, initial=True, label=_("Nothing more will come"))

    def pieces_by_lot(self) -> list[tuple[GivenLot, int]]:
        """Of a product not by lot none."""
        return []


class ReceiveLotForm(ReceiveExpectedForm):
    """What came in of a product that is stocked by lot: one lot after the other."""

    lot = forms.CharField(
        max_length=LONGEST_CODE,
        required=False,
        label=_("Lot"),
        help_text=_("As it is printed on the pack. Receive one lot after the other."),
    )
    produced_on = forms.DateField(widget=day_input(), required=False, label=_("Production date"))
    expires_on = forms.DateField(widget=day_input(), required=False, label=_("Expiry date"))
    field_order = ["quantity", "lot", "produced_on", "expires_on", "is_complete"]

    def pieces_by_lot(self) -> list[tuple[GivenLot, int]]:
        data = self.cleaned_data
        if not data["lot"]:
            return []
        lot = GivenLot(code=data["lot"], produced_on=data["produced_on"], expires_on=data["expires_on"])
        return [(lot, data["quantity"])]


class CallOffForm(forms.Form):
    reason = forms.CharField(max_length=300, label=_("Reason"))


class ReceiptForm(ProductLinesForm):
    """Goods that came in: a few lines of product and quantity."""

    warehouse = forms.ModelChoiceField(queryset=Warehouse.objects.none(), label=_("Warehouse"))
    reference = forms.CharField(max_length=64, label=_("Delivery note"))
    note = forms.CharField(max_length=300, required=False, label=_("Note"))

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, user=user, **options)
        choose_from(self, "warehouse", Warehouse.objects.visible_to(user).stocked().filter(is_active=True))
