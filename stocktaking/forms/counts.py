"""Forms of stock counts."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from catalogue.models import Category
from core.ui.forms import choose_from, visible_choice
from inventory.fields import ProductLinesForm
from inventory.models import Warehouse
from inventory.rules import MOST_PIECES
from stocktaking.enums import CountScope, DifferenceReason, Uncounted
from stocktaking.models import StockCountLine

_REASONS = [("", pgettext_lazy("reason", "Reason…")), *DifferenceReason.choices]


class OpenCountForm(ProductLinesForm):
    """What is to be counted. Products are asked for where only some of them are."""

    least: ClassVar[int] = 0
    needs_lines: ClassVar[bool] = False
    needs_quantities: ClassVar[bool] = False

    warehouse = visible_choice(label=_("Warehouse"))
    scope = forms.ChoiceField(
        choices=CountScope.choices,
        initial=CountScope.ALL,
        label=_("What is counted"),
        widget=forms.RadioSelect,
        help_text=_("Whatever else you find can be added while counting."),
    )
    categories: Any = forms.ModelMultipleChoiceField(
        queryset=Category.objects.none(),
        required=False,
        label=_("Categories"),
        help_text=_("With everything below them."),
    )
    is_blind = forms.BooleanField(
        required=False, label=_("Blind count"), help_text=_("Whoever counts does not see the expected quantity.")
    )
    tolerance = forms.DecimalField(
        required=False,
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        label=_("Tolerance in percent"),
        help_text=_("Rows with a larger difference are counted twice. Leave blank to count once."),
    )
    note = forms.CharField(max_length=300, required=False, label=_("Note"))

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, user=user, **options)
        self.fields["lines"].label = _("Products")
        self.fields["lines"].help_text = _("One code or barcode per line, if only some products are counted.")
        self.fields["lines"].widget.attrs["rows"] = 4
        del self.fields["file"]
        ours = Warehouse.objects.visible_to(user).stocked().filter(is_active=True)
        choose_from(self, "warehouse", ours)
        choose_from(self, "categories", Category.objects.visible_to(user))


class CountedLinesForm(ProductLinesForm):
    """What was counted, pasted or in a file."""

    least: ClassVar[int] = 0
    most_rows: ClassVar[int] = 50_000

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["lines"].help_text = _(
            "One product per line: code or barcode, then what you counted; 0 if there is none. Units such as “3 case” are "
            "understood. Two lines of one product are added up. Products you leave out stay as they are."
        )


class CountEntryForm(forms.Form):
    """One product by its code, as a scanner types it, and the rows that are shown. `rows_read` are those that were filled in."""

    code = forms.CharField(
        required=False,
        max_length=64,
        label=_("Code or barcode"),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}),
    )
    quantity = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=MOST_PIECES,
        label=_("Counted"),
        help_text=_("The barcode of a case counts cases."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    is_more = forms.BooleanField(
        required=False,
        label=_("Add to what was counted"),
        help_text=_("For one piece after the other: a scan without a quantity counts one."),
    )

    def __init__(self, *args: Any, lines: Sequence[StockCountLine], **options: Any) -> None:
        super().__init__(*args, **options)
        self.lines = lines
        for line in lines:
            name = f"{line.product.code} {line.product.display_name}"
            self.fields[f"row-{line.pk}"] = forms.IntegerField(
                required=False,
                min_value=0,
                max_value=MOST_PIECES,
                label=name,
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )
            self.fields[f"reason-{line.pk}"] = forms.ChoiceField(
                required=False,
                choices=_REASONS,
                label=_("Reason"),
                widget=forms.Select(attrs={"aria-label": _("Reason for %(product)s") % {"product": name}}),
            )
            self.fields[f"seen-{line.pk}"] = forms.IntegerField(
                required=False, min_value=0, initial=line.entries, widget=forms.HiddenInput
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if self.errors:
            return data
        if data["code"] and data["quantity"] is None and not data["is_more"]:
            self.add_error("quantity", forms.ValidationError(_("Enter what you counted.")))
        elif not data["code"] and data["quantity"] is not None:
            self.add_error("code", forms.ValidationError(_("Enter a code or barcode.")))
        elif not data["code"] and not any(data[f"row-{line.pk}"] is not None for line in self.lines):
            self.add_error("code", forms.ValidationError(_("Enter a code or barcode, or fill in a row.")))
        return data

    def rows(self) -> Iterator[tuple[StockCountLine, Any, Any, Any]]:
        """Each row with its fields: quantity, reason, and how often it had been counted."""
        for line in self.lines:
            yield line, self[f"row-{line.pk}"], self[f"reason-{line.pk}"], self[f"seen-{line.pk}"]


class SubmitCountForm(forms.Form):
    """What becomes of rows that nobody counted."""

    uncounted = forms.ChoiceField(
        choices=Uncounted.choices, initial=Uncounted.REFUSE, label=_("Rows not counted"), widget=forms.RadioSelect
    )


class ApproveCountForm(forms.Form):
    """Somebody else's decision about the differences."""

    reason = forms.ChoiceField(
        required=False,
        choices=[("", "–"), *DifferenceReason.choices],
        label=_("Reason for the rest"),
        help_text=_("For rows with a difference that have no reason of their own."),
    )
    note = forms.CharField(max_length=300, required=False, label=_("Note"))
    from_orders = forms.BooleanField(
        required=False,
        label=_("Let the newest orders wait where fewer pieces are left than are reserved"),
        help_text=_("They become back orders, and their distributors are told."),
    )


class NoteForm(forms.Form):
    note = forms.CharField(max_length=300, required=False, label=_("Note"))
