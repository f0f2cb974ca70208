"""Forms with a row for each line of an order: the buyer's change, a requested change, and the approver's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from catalogue.rules.pasted_lines import MAX_QUANTITY
from orders.changes.services.requests import RequestedLine
from orders.ordering.enums import WhenShort
from orders.ordering.models import Order, OrderLine
from orders.ordering.services.changing import OrderDetails, key_of
from orders.ordering.services.line_changes import LineEdit
from orders.ordering.services.quote import LineInput

NEW_ROWS = 3


@dataclass(frozen=True, kw_only=True)
class LineRow:
    """One line with what can be said of it."""

    line: OrderLine
    now: int
    is_pieces: bool
    fields: Sequence[BoundField]


def _quantity(label: Any, *, initial: int | None, most: int = MAX_QUANTITY) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=most,
        initial=initial,
        required=initial is not None,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "num", "size": 5, "autocomplete": "off"}),
    )


def _day(label: Any, initial: date | None) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, initial=initial, widget=widget)


def _named(text: Any, line: OrderLine) -> Any:
    return text % {"code": line.product.code}


class LineForm(forms.Form):
    """Has a row a line; a subclass adds the fields of one."""

    names: tuple[str, ...] = ()
    in_pieces = True
    head: tuple[str, ...] = ()

    def __init__(self, *args: Any, order: Order, lines: Sequence[OrderLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order = order
        self.lines = list(lines)
        for line in self.lines:
            self.add_fields(line)

    def add_fields(self, line: OrderLine) -> None:
        raise NotImplementedError

    def rows(self) -> Iterator[LineRow]:
        for line in self.lines:
            bound = [self[f"{name}-{line.pk}"] for name in self.names]
            yield LineRow(
                line=line,
                now=line.ordered - line.cancelled if self.in_pieces else line.units,
                is_pieces=self.in_pieces,
                fields=bound,
            )

    def new_rows(self) -> Iterator[tuple[BoundField, BoundField]]:
        yield from ()

    def other_fields(self) -> list[BoundField]:
        return [self[name] for name in self.head]

    def value(self, name: str, line: OrderLine) -> Any:
        return self.cleaned_data[f"{name}-{line.pk}"]


class ChangeForm(LineForm):
    """Quantities of the lines, new products, and what belongs to the order as a whole."""

    names = ("quantity", "wanted", "short")
    in_pieces = False
    head = ("purchase_order_number", "wanted_on", "note", "accept_prices")

    purchase_order_number = forms.CharField(label=_("Purchase order number"), max_length=64, required=False)
    wanted_on = _day(_("Wanted on"), None)
    note = forms.CharField(label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    accept_prices = forms.BooleanField(
        label=_("Take today's prices where they are higher than in the order"), required=False
    )

    def __init__(self, *args: Any, order: Order, **kwargs: Any) -> None:
        super().__init__(*args, order=order, **kwargs)
        for name in ("purchase_order_number", "wanted_on", "note"):
            self.fields[name].initial = getattr(order, name)
        for number in range(1, NEW_ROWS + 1):
            self.fields[f"product-new{number}"] = forms.CharField(
                label=_("Product code or barcode"), max_length=64, required=False
            )
            self.fields[f"quantity-new{number}"] = _quantity(_("Quantity"), initial=None)

    def add_fields(self, line: OrderLine) -> None:
        self.fields[f"quantity-{line.pk}"] = _quantity(_named(_("Quantity of %(code)s"), line), initial=line.units)
        self.fields[f"wanted-{line.pk}"] = _day(_named(_("Wanted date of %(code)s"), line), line.wanted_on)
        waits = [(choice.value, choice.label) for choice in WhenShort if choice.waits]
        self.fields[f"short-{line.pk}"] = forms.ChoiceField(
            label=_named(_("When %(code)s is short"), line),
            choices=waits if line.when_short else [("", _("Do not order more than is there")), *waits],
            required=False,
            initial=line.when_short,
        )

    def new_rows(self) -> Iterator[tuple[BoundField, BoundField]]:
        for number in range(1, NEW_ROWS + 1):
            yield self[f"product-new{number}"], self[f"quantity-new{number}"]

    def sent(self) -> list[tuple[str, LineInput]]:
        """The lines as they are to be, each with the end of the names of its fields."""
        found = [
            (
                str(line.pk),
                LineInput(
                    line.product_id,
                    self.value("quantity", line),
                    self.value("wanted", line),
                    unit=key_of(line).unit,
                    when_short=self.value("short", line),
                ),
            )
            for line in self.lines
        ]
        for number in range(1, NEW_ROWS + 1):
            code = self.cleaned_data[f"product-new{number}"].strip()
            if code:
                quantity = self.cleaned_data[f"quantity-new{number}"]
                found.append((f"new{number}", LineInput(code, 1 if quantity is None else quantity)))
        kept = [(name, line) for name, line in found if line.quantity]
        return [(name, line._replace(position=place)) for place, (name, line) in enumerate(kept)]

    def details(self) -> OrderDetails:
        return OrderDetails(**{name: self.cleaned_data[name] for name in OrderDetails.__dataclass_fields__})


class ApproveChangedForm(LineForm):
    """What is left of each line, and why."""

    names = ("quantity", "reason")

    def add_fields(self, line: OrderLine) -> None:
        most = line.ordered - line.cancelled
        self.fields[f"quantity-{line.pk}"] = _quantity(_named(_("Quantity of %(code)s"), line), initial=most, most=most)
        self.fields[f"reason-{line.pk}"] = forms.CharField(
            label=_named(_("Reason for less of %(code)s"), line),
            max_length=300,
            required=False,
            widget=forms.TextInput(attrs={"placeholder": _("Reason")}),
        )

    def edits(self) -> list[LineEdit]:
        return [
            LineEdit(line_id=line.pk, quantity=self.value("quantity", line), reason=self.value("reason", line))
            for line in self.lines
        ]


class RequestChangeForm(LineForm):
    """What the buyer asks for after the approval: fewer or more pieces, another day, and why."""

    names = ("quantity", "wanted")
    head = ("reason",)

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def add_fields(self, line: OrderLine) -> None:
        self.fields[f"quantity-{line.pk}"] = _quantity(
            _named(_("Quantity of %(code)s"), line), initial=line.ordered - line.cancelled
        )
        self.fields[f"wanted-{line.pk}"] = _day(_named(_("Wanted date of %(code)s"), line), line.wanted_on)

    def requested(self) -> list[RequestedLine]:
        return [
            RequestedLine(line_id=line.pk, quantity=self.value("quantity", line), wanted_on=self.value("wanted", line))
            for line in self.lines
        ]
