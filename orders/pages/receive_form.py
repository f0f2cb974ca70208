"""The form by which a distributor says what came."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from catalogue.rules.pasted_lines import MAX_QUANTITY
from core.actors import Actor
from core.errors import InvalidInput
from orders.fulfilment.claims.enums import UNORDERED, ClaimKind
from orders.fulfilment.enums import DifferenceKind
from orders.fulfilment.models import ShipmentLine
from orders.fulfilment.services.receiving import ReceivedLine, UnorderedGoods
from orders.pages.claim_forms import PhotosField, attachments
from orders.pages.forms import LineFields, quantity_field
from orders.pages.selectors.order_lines import ShipmentDetail
from orders.pages.selectors.unordered import unordered_goods

ROWS = 3
"""Of goods that nobody ordered: rarely more than one."""
_KINDS = [choice for choice in ClaimKind.choices if choice[0] in UNORDERED]


class ReceiveForm(forms.Form):
    """What came, by line of one shipment, and what came beside it."""

    def __init__(self, *args: Any, detail: ShipmentDetail, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.lines: list[ShipmentLine] = detail.lines
        self.goods: list[UnorderedGoods] = []
        for line in self.lines:
            self._add_line(line)
        for row in range(ROWS):
            self._add_row(row)

    def _add_line(self, line: ShipmentLine) -> None:
        named = {"code": line.order_line.product.code}
        self.fields[f"quantity-{line.pk}"] = quantity_field(line.order_line.product, line.quantity)
        damaged = quantity_field(line.order_line.product, line.quantity, 0)
        damaged.label, damaged.required = _("Damaged pieces of %(code)s") % named, False
        self.fields[f"damaged-{line.pk}"] = damaged
        self.fields[f"kind-{line.pk}"] = forms.ChoiceField(
            label=_("Reason for short receipt of %(code)s") % named,
            choices=[("", _("Select a reason")), *DifferenceKind.choices],
            required=False,
        )
        self.fields[f"reason-{line.pk}"] = forms.CharField(
            label=_("Note on short receipt of %(code)s") % named,
            max_length=300,
            required=False,
            widget=forms.TextInput(attrs={"placeholder": _("Note")}),
        )
        self.fields[f"photos-{line.pk}"] = PhotosField(label=_("Photos of %(code)s") % named)

    def _add_row(self, row: int) -> None:
        number = {"number": row + 1}
        self.fields[f"unordered-{row}"] = forms.CharField(
            label=_("Code of product %(number)d that was not ordered") % number,
            max_length=64,
            required=False,
            widget=forms.TextInput(attrs={"placeholder": _("Code or barcode"), "autocomplete": "off"}),
        )
        self.fields[f"unordered-quantity-{row}"] = forms.IntegerField(
            label=_("Quantity of product %(number)d that was not ordered") % number,
            min_value=1,
            max_value=MAX_QUANTITY,
            required=False,
            widget=forms.TextInput(
                attrs={"inputmode": "numeric", "class": "num", "autocomplete": "off", "placeholder": _("Quantity")}
            ),
        )
        self.fields[f"unordered-kind-{row}"] = forms.ChoiceField(
            label=_("What is wrong with product %(number)d") % number, choices=_KINDS, required=False
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        rows = [row for row in range(ROWS) if data.get(f"unordered-{row}") or data.get(f"unordered-quantity-{row}")]
        for row in rows:
            for name in (f"unordered-{row}", f"unordered-quantity-{row}"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Enter product and quantity."))
        if not self.errors:
            self._find(data, rows)
        return data

    def _find(self, data: dict[str, Any], rows: list[int]) -> None:
        written = [
            {
                "product": data[f"unordered-{row}"].strip(),
                "quantity": data[f"unordered-quantity-{row}"],
                "kind": data[f"unordered-kind-{row}"] or ClaimKind.SURPLUS.value,
            }
            for row in rows
        ]
        self.rows = rows
        try:
            self.goods = unordered_goods(written, distributor_id=self.actor.distributor_id)
        except InvalidInput as error:
            for problem in error.problems:
                index = int(problem.field.split(".")[1])
                self.add_error(f"unordered-{rows[index]}", str(problem.message))

    def line_fields(self) -> Iterator[LineFields]:
        for line in self.lines:
            yield LineFields(
                line=line.order_line,
                most=line.quantity,
                quantity=self[f"quantity-{line.pk}"],
                kind=self[f"kind-{line.pk}"],
                reason=self[f"reason-{line.pk}"],
                damaged=self[f"damaged-{line.pk}"],
                photos=self[f"photos-{line.pk}"],
            )

    def unordered_fields(self) -> list[list[BoundField]]:
        return [
            [self[f"unordered-{row}"], self[f"unordered-quantity-{row}"], self[f"unordered-kind-{row}"]]
            for row in range(ROWS)
        ]

    @property
    def has_unordered(self) -> bool:
        """Whether something was written there already."""
        return any(field.value() for fields in self.unordered_fields() for field in fields[:2])

    def other_fields(self) -> list[BoundField]:
        return []

    def received(self) -> dict[int, ReceivedLine]:
        """What came, by shipment line id."""
        found = self.cleaned_data
        return {
            line.pk: ReceivedLine(
                quantity=found[f"quantity-{line.pk}"],
                damaged=found[f"damaged-{line.pk}"] or 0,
                kind=found[f"kind-{line.pk}"],
                reason=found[f"reason-{line.pk}"],
                photos=attachments(found[f"photos-{line.pk}"]),
            )
            for line in self.lines
        }
