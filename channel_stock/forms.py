"""The form by which a distributor reports its stock."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from catalogue.rules.pasted_lines import WantedLine
from channel_stock.services.stock_reports import MOST_LINES, problems_of_report
from core.errors import Problem
from inventory.fields import PastedLinesForm


class StockReportForm(PastedLinesForm):
    """What was counted. `counts()` are the codes and pieces of a valid form."""

    least = 0
    with_units = False
    most_rows = MOST_LINES

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["lines"].label = _("Products and pieces counted")
        self.fields["lines"].help_text = _(
            "One product per line: code or barcode, then pieces; 0 if none are left. You can paste two columns "
            "of a spreadsheet. Products you leave out do not change."
        )

    def look_up(self, lines: Sequence[WantedLine]) -> Sequence[Problem]:
        return problems_of_report(
            distributor_id=self.user.distributor_id or 0, counts=_as_counts(lines), actor=self.user
        )

    def counts(self) -> list[tuple[str, int]]:
        return _as_counts([*self.cleaned_data["lines"], *self.cleaned_data["file"]])


def _as_counts(lines: Sequence[WantedLine]) -> list[tuple[str, int]]:
    return [(line.code, line.quantity or 0) for line in lines]
