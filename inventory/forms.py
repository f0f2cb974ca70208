"""Forms of catalogue and stock: they parse, the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue.fields import ProductChoiceField
from catalogue.models import Product
from catalogue.selectors import find_products_by_code
from core.errors import DomainError, Message
from core.spreadsheets.upload import rows_of_upload
from core.ui.forms import choose_from
from inventory.models import Warehouse
from inventory.selectors.pasted_lines import WantedLine, parse_pasted, parse_rows
from inventory.services.channel_stock import MOST_LINES

LINES_OF_RECEIPT = 8
MOST_LISTED = 20


class AdjustForm(forms.Form):
    """A count that differs from the books."""

    warehouse = forms.ModelChoiceField(queryset=Warehouse.objects.none(), label=_("Warehouse"))
    product = ProductChoiceField(label=_("Product"), help_text=_("The product's code."))
    difference = forms.IntegerField(label=_("Quantity change"), help_text=_("Use a minus to reduce stock, such as -3."))
    reason = forms.CharField(max_length=300, label=_("Reason"))

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, "warehouse", Warehouse.objects.visible_to(user).of_brand_owner().filter(is_active=True))
        choose_from(self, "product", Product.objects.visible_to(user))


class SupplyRouteForm(forms.Form):
    """From which warehouse a distributor is supplied from a day on."""

    warehouse = forms.ModelChoiceField(queryset=Warehouse.objects.none(), label=_("Warehouse"))
    lead_days = forms.IntegerField(min_value=0, max_value=365, initial=7, label=_("Lead time in days"))
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
        choose_from(self, "warehouse", Warehouse.objects.visible_to(user).of_brand_owner().filter(is_active=True))


class ReceiptForm(forms.Form):
    """Goods that came in: a few lines of product and quantity."""

    warehouse = forms.ModelChoiceField(queryset=Warehouse.objects.none(), label=_("Warehouse"))
    reference = forms.CharField(max_length=64, label=_("Delivery note"))
    note = forms.CharField(max_length=300, required=False, label=_("Note"))
    lines = forms.CharField(
        widget=forms.Textarea(attrs={"rows": LINES_OF_RECEIPT}),
        label=_("Products and quantities"),
        help_text=_(
            "One product per line: code or barcode, then quantity. You can paste two columns of a spreadsheet."
        ),
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user
        choose_from(self, "warehouse", Warehouse.objects.visible_to(user).of_brand_owner().filter(is_active=True))

    def clean_lines(self) -> list[tuple[int, int]]:
        """Product ids and quantities, or everything that is wrong with the lines."""
        wanted = parse_pasted(self.cleaned_data["lines"])
        meant = find_products_by_code([line.code for line in wanted], distributor_id=None)
        seen = set(Product.objects.visible_to(self.user).filter(pk__in=meant.values()).values_list("pk", flat=True))
        refuse_lines([(line.row, _wrong_with(line, known=meant.get(line.code) in seen)) for line in wanted])
        return [(meant[line.code], line.quantity or 0) for line in wanted]


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


def refuse_lines(reasons: list[tuple[int, Message]]) -> None:
    """Say what is wrong with lines, by their number; lines without a reason are right."""
    wrong = [_("Line %(number)d: %(reason)s") % {"number": row, "reason": reason} for row, reason in reasons if reason]
    if wrong:
        raise forms.ValidationError(wrong[:MOST_LISTED])
