"""The forms of the order entry."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.rules.pasted_lines import WantedLine, parse_rows
from channel.models import Address, Contact, InvoiceTitle
from channel.selectors.addresses import delivery_addresses
from core.actors import Actor
from core.errors import DomainError
from core.ui.forms import choose_from, day_input
from orders.entry.catalogue import CatalogueQuery, Facet
from orders.entry.lines import DraftDetails, details_of
from orders.ordering.models import Order, OrderType
from orders.ordering.selectors.consignees import Offered, consignees_of, offered_of
from spreadsheets.upload import rows_of_upload

MOST_ROWS = 2_000


class DetailsForm(forms.Form):
    """What belongs to the whole order. Only what the distributor has is offered, and what the person may use."""

    purchase_order_number = forms.CharField(
        label=_("Your order number"), max_length=64, required=False, help_text=_("Printed on all documents. Optional.")
    )
    wanted_on = forms.DateField(label=_("Wanted on"), required=False, widget=day_input())
    type: Any = forms.ModelChoiceField(
        OrderType.objects.none(), label=_("Order type"), required=False, empty_label=None
    )
    consignee = forms.CharField(
        label=_("Deliver to"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"list": "consignees", "autocomplete": "off"}),
        help_text=_("Code of a sub-distributor or outlet that gets the goods directly. Empty: they come to the buyer."),
    )
    delivery_address: Any = forms.ModelChoiceField(
        Address.objects.none(), label=_("Delivery address"), required=False, empty_label=None
    )
    contact: Any = forms.ModelChoiceField(
        Contact.objects.none(), label=_("Contact"), required=False, empty_label=_("The contact of the address")
    )
    invoice_title: Any = forms.ModelChoiceField(
        InvoiceTitle.objects.none(), label=_("Invoice title"), required=False, empty_label=None
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    printed_note = forms.CharField(
        label=_("Note on the documents"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Printed on the delivery note and the invoice."),
    )

    def __init__(self, *args: Any, distributor_id: int, actor: Actor, order: Order | None, **kwargs: Any) -> None:
        """Without any address the goods go where the distributor is."""
        super().__init__(*args, **kwargs)
        self.order, self.distributor_id, self.actor = order, distributor_id, actor
        today = timezone.localdate()
        self.consignees = consignees_of(distributor_id, actor=actor, on=today)
        if not self.consignees and not (order and order.is_drop_shipment):
            del self.fields["consignee"]
        receiver = order.goods_receiver_id if order else distributor_id
        offered = {
            "delivery_address": delivery_addresses(receiver or 0, on=today),
            "contact": Contact.objects.visible_to(actor).filter(distributor=distributor_id).on(today).order_by("name"),
            "invoice_title": InvoiceTitle.objects.visible_to(actor)
            .filter(distributor=distributor_id)
            .on(today)
            .order_by("-is_default", "name"),
            "type": OrderType.objects.usable_by(actor),
        }
        for name, rows in offered.items():
            choose_from(self, name, rows)
            if len(rows) < (2 if name == "type" else 1):
                del self.fields[name]
        if "delivery_address" in self.fields:
            self.fields["delivery_address"].label_from_instance = _address_label  # type: ignore[attr-defined]  # of a choice of rows

    @classmethod
    def of(cls, order: Order | None, *, distributor_id: int, actor: Actor) -> "DetailsForm":
        """What the draft holds already. Until one is chosen, the default address and title stand first."""
        initial = {name: getattr(order, name) for name in cls.base_fields} if order else {}
        named = offered_of(order) if order else None
        initial["consignee"] = named.label if named else ""
        return cls(initial=initial, distributor_id=distributor_id, actor=actor, order=order)

    def clean_consignee(self) -> Offered | None:
        """By what is offered, or by the code of one that is not."""
        written = " ".join(self.cleaned_data["consignee"].split())
        kept = offered_of(self.order) if self.order else None
        if not written or (kept is not None and written == kept.label):
            return kept if written else None
        code = written.partition(" – ")[0]
        found = [one for one in self.consignees if one.label == written] or consignees_of(
            self.distributor_id, actor=self.actor, on=timezone.localdate(), code=code
        )
        if len(found) != 1:
            raise forms.ValidationError(
                _(
                    "Select a sub-distributor of the buyer's branch, or an open outlet that buys from the buyer, by its code."
                )
            )
        return found[0]

    def details(self) -> DraftDetails:
        """What was sent; what was not offered stays as the draft has it. Another consignee has other addresses."""
        rows = {"type", "delivery_address", "contact", "invoice_title"} & set(self.fields)
        values: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if name not in rows}
        if "consignee" in values:
            named = values.pop("consignee")
            values["consignee_distributor_id"] = named.distributor_id if named else None
            values["consignee_outlet_id"] = named.outlet_id if named else None
        chosen: dict[str, Any] = {
            f"{name}_id": row.pk if row else None for name in rows for row in [self.cleaned_data[name]]
        }
        if chosen.get("type_id", 0) is None:
            del chosen["type_id"]
        before = details_of(self.order)
        after = replace(before, **values, **chosen)
        return after if _same_receiver(before, after) else replace(after, delivery_address_id=None)

    def chosen(self) -> list[Any]:
        """The fields to choose from, as far as there is something to choose."""
        names = ("type", "consignee", "delivery_address", "contact", "invoice_title")
        return [self[name] for name in names if name in self.fields]


def _same_receiver(before: DraftDetails, after: DraftDetails) -> bool:
    return (before.consignee_distributor_id, before.consignee_outlet_id) == (
        after.consignee_distributor_id,
        after.consignee_outlet_id,
    )


def _address_label(address: Address) -> str:
    return f"{address.name} – {address.line}"


class CatalogueForm(forms.Form):
    """Search and facets of the catalogue."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    brand = forms.TypedChoiceField(label=_("Brand"), required=False, coerce=int, empty_value=None)
    category = forms.TypedChoiceField(label=_("Category"), required=False, coerce=int, empty_value=None)

    def __init__(self, data: Any, *, brands: Sequence[Facet], categories: Sequence[Facet]) -> None:
        super().__init__(data, auto_id="catalogue-%s")
        self._offer("brand", [("", _("All brands")), *((facet.id, facet.label) for facet in brands)])
        self._offer("category", [("", _("All categories")), *_grouped(categories)])

    def _offer(self, name: str, choices: Sequence[Any]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def query(self, *, cursor: str) -> CatalogueQuery:
        """What is asked for; a value that is not offered does not narrow."""
        self.is_valid()
        found = self.cleaned_data
        return CatalogueQuery(
            text=found.get("q", ""), brand_id=found.get("brand"), category_id=found.get("category"), cursor=cursor
        )


class OrderUploadForm(forms.Form):
    """A CSV file or workbook with codes and quantities. `rows_read` says how many rows a valid one had."""

    rows_read = ""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A workbook or CSV with a column of codes or barcodes and a column of quantities."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx,.xls,.ods,.gz"}),
    )

    def clean_file(self) -> list[WantedLine]:
        """The rows of the file. A file that is no table is refused with the reason."""
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        try:
            rows = rows_of_upload(upload, rows=MOST_ROWS)
        except DomainError as error:
            raise forms.ValidationError([str(problem.message) for problem in error.problems]) from error
        wanted = parse_rows(rows.rows, with_units=True)
        if not wanted:
            raise forms.ValidationError(_("No row in this file has a code."))
        self.rows_read = rows.text(wanted[0].row)
        # Of a list of all products those are meant that have a quantity; a list of codes alone means every one.
        return [line for line in wanted if line.written or line.reason] or wanted


def _grouped(facets: Sequence[Facet]) -> list[Any]:
    """Categories below their upper one, as the browser groups them."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for facet in facets:
        groups.setdefault(facet.group, []).append((facet.id, facet.label))
    return [*groups.pop("", []), *groups.items()]
