"""The form of packing: rows of parcels that are alike, and what is in each of them in one line of text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.rules.pasted_lines import parse_pasted
from catalogue.selectors import find_by_code
from core.paths import whole_number
from orders.fulfilment.models import ShipmentLine
from orders.fulfilment.waybills.models import Parcel
from orders.fulfilment.waybills.services.packing import MOST_CENTIMETRES, MOST_PARCELS, MOST_WEIGHT, PackedParcel

FIELDS: Final = ("count", "weight", "length", "width", "height", "tracking_number", "contents")
MOST_ROWS: Final = 50


def _side(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=1, max_value=MOST_CENTIMETRES, required=False, widget=_number_input()
    )


def _number_input(mode: str = "numeric") -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": mode, "class": "num", "autocomplete": "off"})


def _field(name: str) -> forms.Field:
    made: Mapping[str, Any] = {
        "count": lambda: forms.IntegerField(
            label=gettext_lazy("Parcels"), min_value=1, max_value=MOST_PARCELS, required=False, widget=_number_input()
        ),
        "weight": lambda: forms.DecimalField(
            label=gettext_lazy("Weight of each (kg)"), min_value=0, max_value=MOST_WEIGHT, decimal_places=3,
            required=False, widget=_number_input("decimal"),
        ),
        "length": lambda: _side(gettext_lazy("Length (cm)")),
        "width": lambda: _side(gettext_lazy("Width (cm)")),
        "height": lambda: _side(gettext_lazy("Height (cm)")),
        "tracking_number": lambda: forms.CharField(
            label=gettext_lazy("Tracking number"), max_length=64, required=False
        ),
        "contents": lambda: forms.CharField(
            label=gettext_lazy("Contents of each"), max_length=1000, required=False,
            help_text=gettext_lazy("Product code and pieces, separated by semicolons. May be left empty."),
        ),
    }  # fmt: skip
    field: forms.Field = made[name]()
    return field


class PackForm(forms.Form):
    """A row says how many parcels are alike. Rows without a weight are left out."""

    def __init__(
        self, *args: Any, lines: Sequence[ShipmentLine], distributor_id: int, rows: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines, self.distributor_id = lines, distributor_id
        self.row_count = min(max(rows, 1), MOST_ROWS)
        for row in range(self.row_count):
            for name in FIELDS:
                self.fields[f"{name}-{row}"] = _field(name)

    def rows(self) -> Iterator[Mapping[str, BoundField]]:
        for row in range(self.row_count):
            yield {name: self[f"{name}-{row}"] for name in FIELDS}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        self.parcels: list[PackedParcel] = []
        self.row_of: list[int] = []  # which row each parcel is from
        wanted = self._contents(data)
        left = {line.pk: line.quantity for line in self.lines}
        for row in range(self.row_count):
            values: dict[str, Any] = {name: data.get(f"{name}-{row}") for name in FIELDS}
            if values["weight"] is None:
                if any(values[name] for name in FIELDS) and f"weight-{row}" not in self.errors:
                    self.add_error(f"weight-{row}", _("Enter the weight."))
                continue
            parcel = PackedParcel(
                weight=values["weight"],
                length=values["length"],
                width=values["width"],
                height=values["height"],
                tracking_number=values["tracking_number"] or "",
            )
            for _number in range(values["count"] or 1):
                self.parcels.append(replace(parcel, contents=self._taken(wanted[row], left)))
                self.row_of.append(row)
        return data

    def _contents(self, data: Mapping[str, Any]) -> list[list[tuple[int, int]]]:
        """Products and pieces of each row. One query."""
        texts = [re.sub("[;；]", "\n", data.get(f"contents-{row}") or "") for row in range(self.row_count)]
        written = [parse_pasted(text) for text in texts]
        meant = find_by_code([line.code for lines in written for line in lines], distributor_id=self.distributor_id)
        shipped = {line.order_line.product_id for line in self.lines}
        wanted: list[list[tuple[int, int]]] = []
        for row, lines in enumerate(written):
            wanted.append([])
            for line in lines:
                meaning = meant.get(line.code)
                if meaning is None or meaning.product_id not in shipped or line.quantity is None:
                    message = _("“%(code)s” is no product of this shipment with its quantity.") % {"code": line.code}
                    self.add_error(f"contents-{row}", message)
                else:
                    wanted[row].append((meaning.product_id, line.quantity * meaning.pieces))
        return wanted

    def _taken(self, wanted: Sequence[tuple[int, int]], left: dict[int, int]) -> dict[int, int]:
        """Pieces by line: a product that is on several lines fills one after the other, the last takes what is too much."""
        taken: dict[int, int] = {}
        for product, pieces in wanted:
            lines = [line.pk for line in self.lines if line.order_line.product_id == product]
            rest = pieces
            for pk in lines:
                some = rest if pk == lines[-1] else min(rest, max(left[pk], 0))
                if some:
                    taken[pk] = taken.get(pk, 0) + some
                    left[pk] -= some
                    rest -= some
        return taken


def rows_sent(query: Mapping[str, str]) -> int:
    return whole_number(query.get("rows", "")) or 1


def initial_of(parcels: Sequence[Parcel]) -> tuple[int, dict[str, Any]]:
    """How many rows, and what is in them: parcels that are alike and follow each other are one row."""
    values: dict[str, Any] = {}
    rows = 0
    for alike, some in groupby(parcels, key=_written):
        count = len(list(some))
        written = dict(zip(FIELDS, (count, *alike), strict=True))
        values |= {f"{name}-{rows}": value for name, value in written.items()}
        rows += 1
    return rows, values


def _written(parcel: Parcel) -> tuple[Any, ...]:
    entries = [f"{line.shipment_line.order_line.product.code} {line.pieces}" for line in parcel.lines.all()]
    sides = (parcel.length, parcel.width, parcel.height)
    return (parcel.weight.normalize(), *sides, parcel.tracking_number, "; ".join(entries))
