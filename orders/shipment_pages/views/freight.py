"""What carriage costs: by carrier and month, and the waybills behind it."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from core.periods import month_end
from core.ui.exports import ExportSheet
from core.ui.list_header import EmptyState, address
from orders.fulfilment.waybills.permissions import can_report_freight
from orders.fulfilment.waybills.selectors.freight import FreightRow, read_freight
from orders.shipment_pages.filters import FreightFilterSet
from orders.shipment_pages.tables import FreightMonthTable, FreightTable
from orders.shipment_pages.views.waybills import WaybillList


class FreightReport(WaybillList):
    permission_required = can_report_freight
    title = gettext_lazy("Freight")
    page_key = "freight"
    table_class = FreightTable
    filterset_class = FreightFilterSet
    lines_table_class = FreightMonthTable
    lines_title = gettext_lazy("By carrier and month")
    template_name = "orders/freight.html"
    partial_template = "orders/freight.html"
    empty = EmptyState(
        title=gettext_lazy("No freight in this choice."),
        text=gettext_lazy("What carriage costs appears here once shipments are on a waybill."),
    )

    def _sheets(self) -> list[ExportSheet]:
        rows, months = super()._sheets()
        return [rows, ExportSheet(months.title, FreightMonthTable, lambda: iter([read_freight(self.filterset.qs)]))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if self.cursor:
            return context
        groups: Sequence[FreightRow] = read_freight(self.filterset.qs)
        return {
            **context,
            "is_partial": self.is_partial(),
            "groups": [(row, self._link(row)) for row in groups],
        }

    def _link(self, row: FreightRow) -> str:
        """To the waybills of a carrier in a month."""
        narrowed = {"left_on_after": f"{row.month}", "left_on_before": f"{month_end(row.month)}"}
        carrier = {"carrier": row.carrier.code} if row.carrier else {}
        return address(self.request.GET, **narrowed, **carrier) + "#results"
