"""The forms of waves: which orders, what was scanned, what was short."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.ui.forms import choose_from, visible_choice
from orders.fulfilment.waves.enums import ShortReason
from orders.fulfilment.waves.services.making import MOST_ORDERS

_MOST_PIECES = 2**31 - 1
_NO_REASON = [("", _("Picked as listed"))]


class DueWaveForm(forms.Form):
    """The orders of a warehouse that are due first."""

    warehouse = visible_choice(label=_("Warehouse"))
    most = forms.IntegerField(
        label=_("At most so many orders"), min_value=1, max_value=MOST_ORDERS, initial=20,
        help_text=_("Those that are due first. What waits for goods stays out."),
    )  # fmt: skip

    def __init__(self, *args: Any, warehouses: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "warehouse", warehouses)


class ScanForm(forms.Form):
    """A product and its lot, as a scanner types them; Enter goes on."""

    product = forms.CharField(
        label=pgettext_lazy("scan", "Product"), max_length=64, help_text=_("Code or barcode."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off"}),
    )  # fmt: skip
    lot = forms.CharField(
        label=pgettext_lazy("scan", "Lot"), max_length=64, required=False,
        help_text=_("Where the product is stocked by lot."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off"}),
    )  # fmt: skip
    pieces = forms.IntegerField(
        label=_("Pieces picked"), min_value=0, max_value=_MOST_PIECES, required=False,
        help_text=_("Leave empty where all that is listed was there."),
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=_("Reason where it is less"), choices=[*_NO_REASON, *ShortReason.choices], required=False
    )


class ShortForm(forms.Form):
    """Fewer pieces than listed, and why."""

    pieces = forms.IntegerField(label=_("Pieces picked"), min_value=0, max_value=_MOST_PIECES)
    reason = forms.ChoiceField(label=_("Reason where it is less"), choices=ShortReason.choices)
