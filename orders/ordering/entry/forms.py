"""The forms of the order entry."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from channel.models import Address
from channel.selectors.addresses import delivery_addresses
from core.errors import DomainError
from core.spreadsheets.upload import rows_of_upload
from core.ui.forms import choose_from
from inventory.selectors.pasted_lines import WantedLine, parse_rows
from orders.ordering.entry.catalogue import CatalogueQuery, Facet
from orders.ordering.entry.lines import DraftDetails
from orders.ordering.models import Order

MOST_ROWS = 2_000


class DetailsForm(forms.Form):
    """What belongs to the whole order."""

    purchase_order_number = forms.CharField(
        label=_("Your order number"), max_length=64, required=False, help_text=_("Printed on all documents. Optional.")
    )
    wanted_on = forms.DateField(
        label=_("Wanted on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    delivery_address: Any = forms.ModelChoiceField(
        Address.objects.none(), label=_("Delivery address"), required=False, empty_label=None
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, distributor_id: int, **kwargs: Any) -> None:
        """Only the distributor's own addresses are offered; without any the goods go where the distributor is."""
        super().__init__(*args, **kwargs)
        addresses = delivery_addresses(distributor_id, on=timezone.localdate())
        choose_from(self, "delivery_address", addresses)
        self.fields["delivery_address"].label_from_instance = _address_label  # type: ignore[attr-defined]  # of a choice of rows
        if not addresses:
            del self.fields["delivery_address"]

    @classmethod
    def of(cls, order: Order | None, *, distributor_id: int) -> "DetailsForm":
        """What the draft holds already. Until one is chosen, the default address stands first."""
        initial = {name: getattr(order, name) for name in cls.base_fields} if order else {}
        return cls(initial=initial, distributor_id=distributor_id)

    def details(self) -> DraftDetails:
        values = dict(self.cleaned_data)
        address = values.pop("delivery_address", None)
        return DraftDetails(**values, delivery_address_id=address.pk if address else None)


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
        wanted = parse_rows(rows.rows)
        if not wanted:
            raise forms.ValidationError(_("No row in this file has a code."))
        self.rows_read = rows.text(wanted[0].row)
        return wanted


def _grouped(facets: Sequence[Facet]) -> list[Any]:
    """Categories below their upper one, as the browser groups them."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for facet in facets:
        groups.setdefault(facet.group, []).append((facet.id, facet.label))
    return [*groups.pop("", []), *groups.items()]
