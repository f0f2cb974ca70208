"""Which column of a file is which: select boxes, or one value for all rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from babel.numbers import is_currency
from django import forms
from django.utils.translation import gettext_lazy as _

from company.iso_codes import check_currency
from core.importing import entities
from integration.starter.kinds import Column, Kind
from integration.starter.profile_text import Choice, unknown_of
from integration.starter.recognise import Looked, is_month_first, recognised

_SHOWN = 3
_DAYS = (
    ("year", _("Year first (2026-01-31, 2026年1月31日)")),
    ("day", _("Day first (31.01.2026)")),
    ("month", _("Month first (01/31/2026)")),
)


@dataclass(frozen=True)
class Line:
    """One column of the template as the page shows it, with what the chosen column of the file holds."""

    column: Column
    choice: forms.BoundField
    fixed: forms.BoundField
    create: forms.BoundField | None
    samples: Sequence[str]


class MappingForm(forms.Form):
    name = forms.CharField(label=_("Name of this mapping"), max_length=80)
    currency = forms.CharField(
        label=_("Currency of amounts"),
        max_length=3,
        validators=[check_currency],
        help_text=_("Where the file names none."),
    )
    days = forms.ChoiceField(label=_("How days are written"), choices=_DAYS)
    decimal_comma = forms.BooleanField(label=_("The comma is the decimal mark (1.234,50)"), required=False)
    keep = forms.BooleanField(label=_("Keep this mapping for the next file"), required=False)

    def __init__(self, *args: Any, kind: Kind, looked: Looked, language: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind, self.looked, self.language = kind, looked, language
        known = recognised(kind, looked.columns)
        choices = [("", "—"), *((name, name) for name in looked.columns)]
        for column in kind.columns:
            label = column.label(language)
            self.fields[f"map-{column.key}"] = forms.ChoiceField(
                label=label, choices=choices, required=False, initial=known.get(column.key, "")
            )
            self.fields[f"value-{column.key}"] = forms.CharField(
                label=_("%(column)s for all rows") % {"column": label}, required=False, max_length=200
            )
            if column.target.refers in kind.creates:
                self.fields[f"create-{column.key}"] = forms.BooleanField(
                    label=_("Create what is not there yet"), required=False, initial=True
                )
        if "days" not in self.initial:
            days = [value for name in looked.columns for value in looked.values(name)[:50]]
            self.initial["days"] = "month" if is_month_first(days) else "year"

    def clean_currency(self) -> str:
        code: str = self.cleaned_data["currency"]
        if not is_currency(code):
            raise forms.ValidationError(_("This is not the code of a currency."))
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for column in self.kind.columns:
            chosen, fixed = cleaned.get(f"map-{column.key}"), cleaned.get(f"value-{column.key}")
            if column.needed and not chosen and not fixed:
                self.add_error(f"map-{column.key}", _("Choose a column, or enter a value for all rows."))
        return cleaned

    def lines(self) -> list[Line]:
        return [self._line(column) for column in self.kind.columns]

    def _line(self, column: Column) -> Line:
        choice = self[f"map-{column.key}"]
        name = str(choice.value() or "")
        values = self.looked.values(name) if name in self.looked.columns else []
        samples = list(dict.fromkeys(value for value in values if value))[:_SHOWN]
        create = f"create-{column.key}"
        offered = create in self.fields and unknown_of(column.target, values)
        return Line(column, choice, self[f"value-{column.key}"], self[create] if offered else None, samples)

    def choice(self) -> Choice:
        """What was chosen, of a valid form."""
        found = self.cleaned_data
        columns = {column.key: found[f"map-{column.key}"] for column in self.kind.columns}
        values = {column.key: found[f"value-{column.key}"] for column in self.kind.columns}
        columns = {key: name for key, name in columns.items() if name}
        return Choice(
            kind=self.kind,
            name=found["name"],
            columns=columns,
            values={key: value for key, value in values.items() if value and key not in columns},
            currency=found["currency"],
            days=found["days"],
            decimal_comma=found["decimal_comma"],
            create=frozenset(column.key for column in self.kind.columns if self._creates(column, columns, values)),
        )

    def _creates(self, column: Column, columns: dict[str, str], values: dict[str, str]) -> bool:
        if not self.cleaned_data.get(f"create-{column.key}") or column.target.refers not in entities():
            return False
        given = self.looked.values(columns[column.key]) if column.key in columns else [values.get(column.key, "")]
        return unknown_of(column.target, given)
