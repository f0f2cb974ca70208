"""Forms of blocked stock."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue.fields import ProductChoiceField
from catalogue.models import Product
from core.ui.forms import choose_from, day_input, visible_choice
from inventory.enums import BlockReason, WarehouseKind
from inventory.models import Lot, Warehouse
from inventory.rules import MOST_PIECES
from inventory.services.lots import LONGEST_CODE


class ChangeBlockForm(forms.Form):
    reason = forms.ChoiceField(choices=BlockReason.choices, label=_("Reason"))
    until = forms.DateField(
        widget=day_input(),
        required=False,
        label=_("Blocked until"),
        help_text=_("It stays blocked after this day, but shows as overdue. Leave blank if nobody knows."),
    )
    note = forms.CharField(max_length=300, required=False, label=_("Note"))


class BlockForm(ChangeBlockForm):
    warehouse = visible_choice(label=_("Warehouse"))
    product = ProductChoiceField(label=_("Product"), help_text=_("The product's code."))
    lot = forms.CharField(
        max_length=LONGEST_CODE, required=False, label=_("Lot"), help_text=_("Of a product that is stocked by lot.")
    )
    pieces = forms.IntegerField(min_value=1, max_value=MOST_PIECES, label=_("Quantity"), help_text=_("In pieces."))
    from_orders = forms.BooleanField(
        required=False,
        label=_("Also what is reserved for orders"),
        help_text=_("The newest orders wait again for goods that come in. Their distributors are told."),
    )
    field_order = ["warehouse", "product", "lot", "pieces", "reason", "until", "note", "from_orders"]

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        ours = Warehouse.objects.visible_to(user).stocked().filter(is_active=True)
        choose_from(self, "warehouse", ours.exclude(kind=WarehouseKind.BLOCKED))
        choose_from(self, "product", Product.objects.visible_to(user))

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        code, product = found.pop("lot", ""), found.get("product")
        lot = Lot.objects.filter(product=product).named().by_code(code).first() if code and product else None
        if code and product and lot is None:
            self.add_error("lot", _("The product has no such lot."))
        return {**found, "lot_id": lot.pk if lot else None}


class UnblockForm(forms.Form):
    pieces = forms.IntegerField(
        min_value=1,
        max_value=MOST_PIECES,
        label=_("Pieces to unblock"),
        help_text=_("Whoever waits for the product gets them first."),
    )
    note = forms.CharField(max_length=300, required=False, label=_("Note"))
