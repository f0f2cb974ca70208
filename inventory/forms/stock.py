"""Forms of catalogue and stock: they parse, the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue.fields import ProductChoiceField
from catalogue.models import Product
from catalogue.selectors import find_by_code
from company.models import WorkingCalendar
from core.errors import DomainError, Message
from core.spreadsheets.upload import rows_of_upload
from core.ui.forms import choose_from, day_input
from inventory.fields import LINES_OF_RECEIPT, refuse_lines
from inventory.models import Warehouse
from inventory.rules import MOST_PIECES
from inventory.selectors.pasted_lines import WantedLine, parse_pasted, parse_rows
from inventory.services.channel_stock import MOST_LINES
from inventory.services.lots import LONGEST_CODE, GivenLot


class AdjustForm(forms.Form):
    """A count that differs from the books."""

    warehouse = forms.ModelChoiceField(queryset=Warehouse.objects.none(), label=_("Warehouse"))
    product = ProductChoiceField(label=_("Product"), help_text=_("The product's code."))
    difference = forms.IntegerField(label=_("Quantity change"), help_text=_("Use a minus to reduce stock, such as -3."))
    lot = forms.CharField(
        max_length=LONGEST_CODE, required=False, label=_("Lot"), help_text=_("Of a product that is stocked by lot.")
    )
    reason = forms.CharField(max_length=300, label=_("Reason"))

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, "warehouse", Warehouse.objects.visible_to(user).of_brand_owner().filter(is_active=True))
        choose_from(self, "product", Product.objects.visible_to(user))


class SupplyRouteForm(forms.Form):
    """From which warehouse a distributor is supplied from a day on."""

    warehouse = forms.ModelChoiceField(queryset=Warehouse.objects.none(), label=_("Warehouse"))
    lead_days = forms.IntegerField(min_value=0, max_value=365, initial=7, label=_("Lead time in days"))
    calendar = forms.ModelChoiceField(
        queryset=WorkingCalendar.objects.none(),
        required=False,
        label=_("Working calendar"),
        help_text=_("Leave blank if every day counts."),
    )
    cut_off = forms.TimeField(
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        label=_("Cut-off time"),
        help_text=_("Orders until then ship the same day."),
    )
    priority = forms.IntegerField(
        min_value=1,
        max_value=99,
        initial=1,
        label=_("Priority"),
        help_text=_("1 is the highest priority. The present route of this priority ends the day before."),
    )
    starts_on = forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), label=_("Since"))

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, "warehouse", Warehouse.objects.visible_to(user).for_sale())
        choose_from(self, "calendar", WorkingCalendar.objects.visible_to(user))


class ExpectedReceiptForm(forms.Form):
    """Goods that a supply order brings."""

    external_id = forms.CharField(
        max_length=64, label=_("Supply order"), help_text=_("Number and line in your purchasing system.")
    )
    warehouse = forms.ModelChoiceField(queryset=Warehouse.objects.none(), label=_("Warehouse"))
    product = ProductChoiceField(label=_("Product"), help_text=_("The product's code."))
    quantity = forms.IntegerField(min_value=1, max_value=MOST_PIECES, label=_("Quantity"), help_text=_("In pieces."))
    expected_on = forms.DateField(
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), label=_("Expected on")
    )
    note = forms.CharField(max_length=300, required=False, label=_("Note"))

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, "warehouse", Warehouse.objects.visible_to(user).of_brand_owner().filter(is_active=True))
        choose_from(self, "product", Product.objects.visible_to(user))


class ChangeExpectedForm(forms.Form):
    """Another day or quantity. Whoever waits for the goods is promised anew."""

    quantity = forms.IntegerField(min_value=1, max_value=MOST_PIECES, label=_("Quantity"), help_text=_("In pieces."))
    expected_on = forms.DateField(
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        label=_("Expected on"),
        help_text=_("Past this day it counts as nothing until it has a new date."),
    )
    note = forms.CharField(max_length=300, required=False, label=_("Note"))


class ReceiveExpectedForm(forms.Form):
    """What came in of it."""

    quantity = forms.IntegerField(min_value=1, max_value=MOST_PIECES, label=_("Pieces received"))
    is_complete = forms.BooleanField(required=False, initial=True, label=_("Nothing more will come"))

    def pieces_by_lot(self) -> list[tuple[GivenLot, int]]:
        """Of a product not by lot none."""
        return []


class ReceiveLotForm(ReceiveExpectedForm):
    """What came in of a product that is stocked by lot: one lot after the other."""

    lot = forms.CharField(
        max_length=LONGEST_CODE,
        required=False,
        label=_("Lot"),
        help_text=_("As it is printed on the pack. Receive one lot after the other."),
    )
    produced_on = forms.DateField(widget=day_input(), required=False, label=_("Production date"))
    expires_on = forms.DateField(widget=day_input(), required=False, label=_("Expiry date"))
    field_order = ["quantity", "lot", "produced_on", "expires_on", "is_complete"]

    def pieces_by_lot(self) -> list[tuple[GivenLot, int]]:
        data = self.cleaned_data
        if not data["lot"]:
            return []
        lot = GivenLot(code=data["lot"], produced_on=data["produced_on"], expires_on=data["expires_on"])
        return [(lot, data["quantity"])]


class CallOffForm(forms.Form):
    reason = forms.CharField(max_length=300, label=_("Reason"))


class ReceiptForm(forms.Form):
    """Goods that came in: a few lines of product and quantity."""

    warehouse = forms.ModelChoiceField(queryset=Warehouse.objects.none(), label=_("Warehouse"))
    reference = forms.CharField(max_length=64, label=_("Delivery note"))
    note = forms.CharField(max_length=300, required=False, label=_("Note"))
    lines = forms.CharField(
        widget=forms.Textarea(attrs={"rows": LINES_OF_RECEIPT}),
        label=_("Products and quantities"),
        help_text=_(
            "One product per line: code or barcode, then quantity. The barcode of a case counts cases. You can paste two "
            "columns of a spreadsheet."
        ),
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user
        choose_from(self, "warehouse", Warehouse.objects.visible_to(user).of_brand_owner().filter(is_active=True))

    def clean_lines(self) -> list[tuple[int, int]]:
        """Product ids and pieces, or everything that is wrong with the lines. The barcode of a unit counts its pieces."""
        wanted = parse_pasted(self.cleaned_data["lines"])
        meant = find_by_code([line.code for line in wanted], distributor_id=None)
        ids = {meaning.product_id for meaning in meant.values()}
        seen = set(Product.objects.visible_to(self.user).filter(pk__in=ids).values_list("pk", flat=True))
        known = {code: meaning for code, meaning in meant.items() if meaning.product_id in seen}
        refuse_lines([(line.row, _wrong_with(line, known=line.code in known)) for line in wanted])
        return [(known[line.code].product_id, (line.quantity or 0) * known[line.code].pieces) for line in wanted]


def _wrong_with(line: WantedLine, *, known: bool) -> Message:
    if not known:
        return _("unknown product %(code)s.") % {"code": line.code[:64]}
    return line.reason or (_("enter a quantity above zero.") if line.quantity is None else "")


class StockReportForm(forms.Form):
    """What was counted: typed, pasted or in a file. `counts()` are the codes and pieces of a valid form.

    `rows_read` says how many rows the file had.
    """

    rows_read = ""

    lines = forms.CharField(
        widget=forms.Textarea(attrs={"rows": LINES_OF_RECEIPT, "autocapitalize": "characters", "spellcheck": "false"}),
        required=False,
        max_length=200_000,
        label=_("Products and pieces counted"),
        help_text=_(
            "One product per line: code or barcode, then pieces; 0 if none are left. You can paste two columns "
            "of a spreadsheet. Products you leave out do not change."
        ),
    )
    file = forms.FileField(
        required=False,
        label=_("Or a file"),
        help_text=_("A workbook or CSV with a column of codes or barcodes and a column of quantities."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx,.xls,.ods,.gz"}),
    )

    def clean_lines(self) -> list[WantedLine]:
        return _readable(parse_pasted(self.cleaned_data["lines"], least=0))

    def clean_file(self) -> list[WantedLine]:
        upload = self.cleaned_data["file"]
        if not upload:
            return []
        try:
            rows = rows_of_upload(upload, rows=MOST_LINES)
        except DomainError as error:
            raise forms.ValidationError([str(problem.message) for problem in error.problems]) from error
        lines = _readable(parse_rows(rows.rows, least=0))
        if not lines:
            raise forms.ValidationError(_("No row in this file has a code."))
        self.rows_read = rows.text(lines[0].row)
        return lines

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.counts():
            raise forms.ValidationError(_("Enter at least one product, or choose a file."))
        return found

    def counts(self) -> list[tuple[str, int]]:
        return [(line.code, line.quantity or 0) for line in self._read()]

    def rows(self) -> list[int]:
        """Where each of the counts was written, from 1."""
        return [line.row for line in self._read()]

    def _read(self) -> list[WantedLine]:
        return [*self.cleaned_data.get("lines", []), *self.cleaned_data.get("file", [])]


def _readable(lines: list[WantedLine]) -> list[WantedLine]:
    """The lines, or everything that is wrong with them."""
    missing = _("Enter the number of pieces.")
    refuse_lines([(line.row, line.reason or (missing if line.quantity is None else "")) for line in lines])
    return lines
