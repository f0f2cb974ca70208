"""The forms of waves: which orders, what was scanned, what was short."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.ui.forms import choose_from, visible_choice
from core.ui.numbers import quantity
from orders.fulfilment.models import Carrier
from orders.fulfilment.waves.enums import ShortReason
from orders.fulfilment.waves.selectors.numbered import PickedLine
from orders.fulfilment.waves.services.making import MOST_ORDERS
from orders.pages.serial_fields import carrier_choices, serials_field

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


class ShipWaveForm(forms.Form):
    """Who carries the wave, and the serial numbers of the lines that have them."""

    carrier = forms.ChoiceField(
        label=_("Carrier"), required=False, help_text=_("Each shipment of the wave gets this carrier.")
    )

    def __init__(self, *args: Any, carriers: Sequence[Carrier], lines: Sequence[PickedLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["carrier"].choices = carrier_choices(carriers)  # type: ignore[attr-defined]  # it is a ChoiceField
        self.lines = lines
        for line in lines:
            label = _("%(order)s: serial numbers of %(code)s (%(pieces)s)") % {
                "order": line.order_number,
                "code": line.product.code,
                "pieces": quantity(line.pieces),
            }
            field = serials_field(line.product, line.pieces)
            field.label = label
            self.fields[f"serials-{line.line_id}"] = field

    def carrier_id(self) -> int | None:
        chosen = self.cleaned_data["carrier"]
        return int(chosen) if chosen else None

    def serials(self) -> dict[int, list[str]]:
        return {line.line_id: self.cleaned_data[f"serials-{line.line_id}"] for line in self.lines}


class ShortForm(forms.Form):
    """Fewer pieces than listed, and why."""

    pieces = forms.IntegerField(label=_("Pieces picked"), min_value=0, max_value=_MOST_PIECES)
    reason = forms.ChoiceField(label=_("Reason where it is less"), choices=ShortReason.choices)
