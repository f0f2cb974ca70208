"""What leaves with a shipment: the pieces of each line, their lots and serial numbers, and who carries them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from core.ui.numbers import quantity as written
from orders.fulfilment.models import Carrier
from orders.fulfilment.selectors.lots_to_pick import LotToPick
from orders.ordering.models import OrderLine
from orders.pages.forms import LineFields, LotField, quantity_field
from orders.pages.serial_fields import carrier_choices, serials_field

LotsOfLines = Mapping[int, Sequence[LotToPick]]


class ShipForm(forms.Form):
    """Quantities by line with their lots and serial numbers, carrier and tracking number."""

    carrier = forms.ChoiceField(label=_("Carrier"), required=False)
    tracking_number = forms.CharField(label=_("Tracking number"), max_length=64, required=False)
    expected_on = forms.DateField(
        label=_("Expected on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(
        self,
        *args: Any,
        lines: Sequence[OrderLine],
        carriers: Sequence[Carrier],
        lots: LotsOfLines | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["carrier"].choices = carrier_choices(carriers)  # type: ignore[attr-defined]  # it is a ChoiceField
        self.lines = [line for line in lines if line.to_ship > 0]
        self.waiting = [line for line in lines if line.back_orders]
        self.lots: LotsOfLines = {line.pk: (lots or {}).get(line.pk, ()) for line in self.lines}
        places = [line.warehouse_id for line in self.lines]
        self.has_places = len(set(places)) > 1
        for line in self.lines:
            first = line.to_ship if line.warehouse_id == places[0] else 0  # a shipment leaves one warehouse
            self.fields[f"quantity-{line.pk}"] = quantity_field(line.product, line.to_ship, first)
            for one in self.lots[line.pk]:
                self.fields[_lot_name(line, one)] = _lot_field(line, one)
            if line.product.tracks_serials:
                self.fields[f"serials-{line.pk}"] = serials_field(line.product, line.to_ship)

    def clean(self) -> dict[str, Any]:
        """Lots that were chosen otherwise add up to what is shipped."""
        data: dict[str, Any] = super().clean() or {}
        if self.errors:
            return data
        for line, lots in self.chosen_lots().items():
            pieces, wanted = sum(lots.values()), data[f"quantity-{line}"]
            if pieces != wanted:
                message = _("The lots add up to %(pieces)s pieces, %(wanted)s are shipped.")
                words = {"pieces": written(pieces), "wanted": written(wanted)}
                self.add_error(f"quantity-{line}", forms.ValidationError(message % words, code="lots"))
        return data

    def line_fields(self) -> Iterator[LineFields]:
        for line in self.lines:
            place = line.warehouse.display_name if self.has_places and line.warehouse else ""
            yield LineFields(
                line=line,
                most=line.to_ship,
                quantity=self[f"quantity-{line.pk}"],
                warehouse=place,
                lots=[
                    LotField(lot=one.lot, most=one.most, pieces=self[_lot_name(line, one)])
                    for one in self.lots[line.pk]
                ],
                serials=self[f"serials-{line.pk}"] if line.product.tracks_serials else None,
            )

    def other_fields(self) -> list[BoundField]:
        return [self["carrier"], self["tracking_number"], self["expected_on"]]

    def quantities(self) -> dict[int, int]:
        """Pieces by order line id."""
        return {line.pk: self.cleaned_data[f"quantity-{line.pk}"] for line in self.lines}

    def chosen_lots(self) -> dict[int, dict[int, int]]:
        """Pieces by lot of the lines whose lots are others than those that they are bound to."""
        found = {}
        for line in self.lines:
            asked = {one: self.cleaned_data[_lot_name(line, one)] or 0 for one in self.lots[line.pk]}
            if self.cleaned_data[f"quantity-{line.pk}"] and any(pieces != one.bound for one, pieces in asked.items()):
                found[line.pk] = {one.lot.pk: pieces for one, pieces in asked.items() if pieces}
        return found

    def serials(self) -> dict[int, list[str]]:
        """Serial numbers of the lines that are shipped."""
        return {
            line.pk: self.cleaned_data[f"serials-{line.pk}"]
            for line in self.lines
            if line.product.tracks_serials and self.cleaned_data[f"quantity-{line.pk}"]
        }

    def carrier_id(self) -> int | None:
        chosen = self.cleaned_data["carrier"]
        return int(chosen) if chosen else None


def _lot_name(line: OrderLine, one: LotToPick) -> str:
    return f"lot-{line.pk}-{one.lot.pk}"


def _lot_field(line: OrderLine, one: LotToPick) -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Pieces of %(code)s of lot %(lot)s") % {"code": line.product.code, "lot": one.lot.name},
        required=False,
        min_value=0,
        max_value=one.most,
        initial=one.bound or None,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "num", "size": 5, "autocomplete": "off"}),
    )
