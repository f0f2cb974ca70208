"""Forms of lots."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue.fields import ProductChoiceField
from catalogue.models import Product
from core.ui.forms import choose_from, day_input, visible_choice
from inventory.models import Lot, Warehouse
from inventory.rules import MOST_PIECES
from inventory.services.lots import LONGEST_CODE, GivenLot


class LotForm(forms.Form):
    code = forms.CharField(max_length=LONGEST_CODE, label=_("Lot"), help_text=_("As it is printed on the pack."))
    produced_on = forms.DateField(widget=day_input(), required=False, label=_("Production date"))
    expires_on = forms.DateField(
        widget=day_input(),
        required=False,
        label=_("Expiry date"),
        help_text=_("One of the dates is enough where the product has a shelf life."),
    )

    def given(self) -> GivenLot:
        return GivenLot(**{name: self.cleaned_data[name] for name in ("code", "produced_on", "expires_on")})


class NewLotForm(LotForm):
    product = ProductChoiceField(label=_("Product"), help_text=_("The product's code."))
    field_order = ["product", "code", "produced_on", "expires_on"]

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, "product", Product.objects.visible_to(user).filter(tracks_lots=True))


class ReasonForm(forms.Form):
    reason = forms.CharField(max_length=300, label=_("Reason"))


class ReleaseLotForm(forms.Form):
    note = forms.CharField(max_length=300, required=False, label=_("Note"))


class AssignForm(LotForm):
    warehouse = visible_choice(label=_("Warehouse"))
    pieces = forms.IntegerField(min_value=1, max_value=MOST_PIECES, label=_("Quantity"), help_text=_("In pieces."))
    note = forms.CharField(max_length=300, required=False, label=_("Note"))
    field_order = ["warehouse", "pieces", "code", "produced_on", "expires_on", "note"]

    def __init__(self, *args: Any, user: User, lot: Lot, **options: Any) -> None:
        super().__init__(*args, **options)
        there = lot.stock.filter(on_hand__gt=0).values("warehouse")
        choose_from(self, "warehouse", Warehouse.objects.visible_to(user).of_brand_owner().filter(pk__in=there))
        self.fields["code"].label = _("Lot that they are of")
