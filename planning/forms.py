"""Forms of plans and prices: they parse, the services decide."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor, Territory, User
from company.iso_codes import check_currency
from company.models import BusinessYear
from core.filters import CodeInput
from core.ui.forms import amount_input, choose_from, visible_choice
from planning.enums import PlanLevel
from planning.selectors.grid import GridCell, GridRow, PlanGrid


class StartPlanForm(forms.Form):
    """The amount of a year for one owner."""

    level = forms.ChoiceField(choices=PlanLevel.choices, label=_("Level"))
    distributor = visible_choice(required=False, to_field_name="code", widget=CodeInput, label=_("Distributor"))
    territory = visible_choice(required=False, label=_("Territory"))
    manager = visible_choice(required=False, label=_("Channel manager"))
    year = forms.ModelChoiceField(queryset=BusinessYear.objects.order_by("-starts_on"), label=_("Business year"))
    amount = forms.DecimalField(
        min_value=0,
        label=_("Amount of the year"),
        help_text=_("It is distributed over the months like last year's sales."),
    )
    currency = forms.CharField(
        label=_("Currency"), validators=[check_currency], help_text=_("Three letters, such as EUR.")
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, "distributor", Distributor.objects.visible_to(user).order_by("code"))
        choose_from(self, "territory", Territory.objects.visible_to(user).order_by("code"))
        choose_from(self, "manager", User.objects.visible_to(user).order_by("full_name"))

    def clean(self) -> dict[str, Any]:
        """Exactly the owner that the level names."""
        data = dict(super().clean() or {})
        level = data.get("level")
        if level in data and data[level] is None:
            self.add_error(level, _("Required for a plan at this level."))
        for name in ("distributor", "territory", "manager"):
            if name != level:
                data[name] = None
        return data


class ReopenForm(forms.Form):
    reason = forms.CharField(
        max_length=300, label=_("Reason"), help_text=_("Reason for changing the confirmed plan. Shown in the history.")
    )


@dataclass(frozen=True, kw_only=True)
class FieldCell:
    """A cell of the sheet with its field and its lock."""

    cell: GridCell
    field: BoundField
    keep: BoundField


class PlanGridForm(forms.Form):
    """One field a cell, one lock a cell, and the amount of the year to spread over the cells that are not locked."""

    amount = amount_input(required=False, label=_("Amount of the year"))

    def __init__(self, *args: Any, grid: PlanGrid, **options: Any) -> None:
        super().__init__(*args, **options)
        self.grid = grid
        self.fields["amount"].initial = _plain(grid.plan.amount)
        labels = {head.period.pk: head.label for head in grid.heads}
        for row in grid.rows:
            for cell in filter(None, row.cells):
                self._add(row, cell, labels[cell.period_id])

    def _add(self, row: GridRow, cell: GridCell, period: str) -> None:
        label = f"{row.label} {period}".strip()
        field = amount_input(label=label, initial=_plain(cell.amount))
        field.widget.attrs.update({"aria-label": label, "inputmode": "decimal", "class": "num"})
        self.fields[cell.name] = field
        lock = forms.BooleanField(required=False, label=_("lock"))
        lock.widget.attrs["aria-label"] = _("Lock %(cell)s") % {"cell": label}
        self.fields[f"keep-{cell.name}"] = lock

    def sheet(self) -> Iterator[tuple[GridRow, list[FieldCell | None]]]:
        """The rows with their fields, for the template."""
        for row in self.grid.rows:
            yield row, [self._field_cell(cell) if cell else None for cell in row.cells]

    def _field_cell(self, cell: GridCell) -> FieldCell:
        return FieldCell(cell=cell, field=self[cell.name], keep=self[f"keep-{cell.name}"])

    def cells(self, *, only_kept: bool = False) -> dict[tuple[int, int | None], Decimal]:
        """What was typed, by period and category."""
        data = self.cleaned_data
        return {
            (cell.period_id, cell.category_id): data[cell.name]
            for row in self.grid.rows
            for cell in filter(None, row.cells)
            if not only_kept or data[f"keep-{cell.name}"]
        }


def _plain(amount: Decimal) -> Decimal:
    """Without decimals that say nothing."""
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.quantize(Decimal("0.01"))
