"""Products and quantities of a document of the warehouse, as people and systems write them: typed, pasted, in a file, sent."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.models import User
from catalogue.rules.pasted_lines import WantedLine, parse_pasted, parse_rows
from core.errors import DomainError, InvalidInput, Message, Problem
from inventory.rules import MOST_PIECES
from inventory.selectors.document_lines import DocumentLine, WrittenLine, find_lines
from spreadsheets.upload import rows_of_upload

LINES_OF_RECEIPT = 8
MOST_LISTED = 20
MOST_ROWS = 5_000


class PastedLinesForm(forms.Form):
    """Codes and quantities, typed, pasted or in a file. All that is wrong with them is said at once, each by its row.

    A subclass says what the lines mean (`look_up`) and names its other fields before these.
    """

    least: ClassVar[int] = 1
    needs_lines: ClassVar[bool] = True
    needs_quantities: ClassVar[bool] = True
    with_units: ClassVar[bool] = True
    most_rows: ClassVar[int] = MOST_ROWS

    lines = forms.CharField(
        widget=forms.Textarea(attrs={"rows": LINES_OF_RECEIPT, "autocapitalize": "characters", "spellcheck": "false"}),
        required=False,
        max_length=200_000,
        label=_("Products and quantities"),
        help_text=_(
            "One product per line: code or barcode, then quantity, with a unit if it is not pieces (such as “3 case”). "
            "You can paste two columns of a spreadsheet."
        ),
    )
    file = forms.FileField(
        required=False,
        label=_("Or a file"),
        help_text=_("A workbook or CSV with a column of codes or barcodes and a column of quantities."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx,.xls,.ods,.gz"}),
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user
        self.file_read = ""
        """How many rows the file had, as a sentence."""
        self.order_fields([name for name in self.fields if name not in {"lines", "file"}])

    def look_up(self, lines: Sequence[WantedLine]) -> Sequence[Problem]:
        """What is wrong with lines that could be read; a problem's field is `lines.<index>.<what>`."""
        raise NotImplementedError

    def clean_lines(self) -> list[WantedLine]:
        return parse_pasted(self.cleaned_data["lines"], least=self.least, with_units=self.with_units)

    def clean_file(self) -> list[WantedLine]:
        upload = self.cleaned_data["file"]
        if not upload:
            return []
        try:
            rows = rows_of_upload(upload, rows=self.most_rows)
        except DomainError as error:
            raise forms.ValidationError([str(problem.message) for problem in error.problems]) from error
        lines = parse_rows(rows.rows, least=self.least, with_units=self.with_units)
        if not lines:
            raise forms.ValidationError(_("No row in this file has a code."))
        self.file_read = rows.text(lines[0].row)
        return lines

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if {"lines", "file"} & set(self.errors):
            return data
        written = [(name, line) for name in ("lines", "file") for line in data.get(name, [])]
        if not written and self.needs_lines:
            self.add_error(None, _("Enter at least one product, or choose a file."))
        missing = _("Enter a quantity.") if self.needs_quantities else ""
        faults = {
            at: line.reason or ("" if line.quantity is not None else missing)
            for at, (_name, line) in enumerate(written)
        }
        readable = [at for at in faults if not faults[at]]
        for problem in self.look_up([written[at][1] for at in readable]):
            place = problem.field.split(".")
            if len(place) == len(("lines", "index", "what")):
                faults[readable[int(place[1])]] = problem.message
            else:
                self.add_error("lines", str(problem.message))
        for name in ("lines", "file"):
            wrong = [(line.row, faults[at]) for at, (of, line) in enumerate(written) if of == name]
            try:
                refuse_lines(wrong)
            except forms.ValidationError as error:
                self.add_error(name, error)
        return data


class ProductLinesForm(PastedLinesForm):
    """Lines of a document of the warehouse. `found` are those of a valid form, as products and units."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.found: list[DocumentLine] = []

    def look_up(self, lines: Sequence[WantedLine]) -> Sequence[Problem]:
        written = [WrittenLine(code=line.code, quantity=line.quantity or 0, unit=line.unit) for line in lines]
        self.found, problems = find_lines(written, actor=self.user)
        return problems


def refuse_lines(reasons: list[tuple[int, Message]]) -> None:
    """Say what is wrong with lines, by their number; lines without a reason are right."""
    wrong = [_("Line %(number)d: %(reason)s") % {"number": row, "reason": reason} for row, reason in reasons if reason]
    if wrong:
        raise forms.ValidationError(wrong[:MOST_LISTED])


class WrittenLineSerializer(serializers.Serializer[Any]):
    product = serializers.CharField(max_length=64, help_text="One of its codes; the barcode of a case counts cases.")
    quantity = serializers.IntegerField(min_value=1, max_value=MOST_PIECES)
    unit = serializers.CharField(max_length=16, allow_blank=True, default="", help_text="Blank: what the code means.")


def lines_of(written: list[dict[str, Any]], actor: Any) -> list[Any]:
    """The lines that were sent as products and units, or 400 with every line that is wrong."""
    lines = [WrittenLine(code=row["product"], quantity=row["quantity"], unit=row["unit"]) for row in written]
    found, problems = find_lines(lines, actor=actor)
    if problems:
        raise InvalidInput(problems=problems)
    return found
