"""On time in full: the figures of a period, by what they are summed up, and the orders behind them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.enums import Colour
from core.periods import month_end
from core.ui import numbers
from core.ui.figures import Figure, FigureKind, KpiCard, Series
from core.ui.list_header import EmptyState, address
from core.ui.lists import ScopedListView
from orders.ordering.models import Order
from orders.pages.delivery_filters import DeliveryFilterSet, days_of
from orders.pages.delivery_tables import DeliveryLineTable, DeliveryTable
from orders.pages.selectors.delivery_rows import delivery_lines, give_deliveries
from orders.pages.views.kpi import FINE, POOR
from orders.tracking.enums import DeliveryGroup, DeliveryResult
from orders.tracking.selectors.delivery_performance import (
    DeliveryFigures,
    GroupRow,
    due_orders,
    read_summary,
)


class DeliveryReport(ScopedListView):
    """What was due in the period, as far as the reader sees the orders; the misses of a group are one press away."""

    title = gettext_lazy("On time in full")
    model = Order
    page_key = "on-time-in-full"
    table_class = DeliveryTable
    lines_table_class = DeliveryLineTable
    lines_title = gettext_lazy("Order lines")
    filterset_class = DeliveryFilterSet
    sorts = {"promised_on": ("promised_on", "pk")}
    default_sort = "-promised_on"
    related = ("distributor", "warehouse")
    template_name = "orders/delivery_report.html"
    partial_template = "orders/delivery_report.html"
    empty = EmptyState(
        title=gettext_lazy("No orders were due in this period."),
        text=gettext_lazy("Orders appear here from the day after the one that they were promised for."),
    )

    @cached_property
    def days(self) -> tuple[date, date]:
        """The first and the last day of the period."""
        return days_of(self.request.GET)

    def get_queryset(self) -> QuerySet[Any]:
        since, until = self.days
        return due_orders(super().get_queryset(), since=since, until=until)

    def get_rows(self, ids: Sequence[Any]) -> Sequence[Any]:
        return give_deliveries(super().get_rows(ids), basis=self.filterset.basis_chosen)

    def get_lines(self, ids: Sequence[Any]) -> Sequence[Any]:
        return delivery_lines(ids)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if self.cursor:
            return context
        rows = self.filterset.measured if self.filterset.qs is not None else self.get_queryset()
        basis, group = self.filterset.basis_chosen, self.filterset.group_chosen
        figures, found = read_summary(rows, basis=basis, groups=[DeliveryGroup.MONTH, group])
        months, groups = found[DeliveryGroup.MONTH], found[group]
        return {
            **context,
            "is_partial": self.is_partial(),
            "figures": figures,
            "cards": _cards(figures, self.request.GET),
            "figure": months_figure(months, headline=self._headline(figures)),
            "group_label": group.label,
            "groups": [(row, self._link(row, group)) for row in groups],
            "by_step": group == DeliveryGroup.STEP,
        }

    def _headline(self, figures: DeliveryFigures) -> str:
        since, until = self.days
        return _("%(kept)s of %(orders)s orders due %(period)s arrived on time in full (%(share)s).") % {
            "kept": numbers.quantity(figures.kept),
            "orders": numbers.quantity(figures.orders),
            "period": numbers.span(since, until),
            "share": numbers.percent(figures.share),
        }

    def _link(self, row: GroupRow, group: DeliveryGroup) -> str:
        """To the misses of this row in the list."""
        narrowed = {group.value: row.code} if group.value in self.filterset.filters and row.code else {}
        if group == DeliveryGroup.MONTH:
            first = date.fromisoformat(f"{row.code}-01")
            narrowed = {"promised_on_after": f"{first}", "promised_on_before": f"{month_end(first)}"}
        result = {} if group == DeliveryGroup.STEP else {"result": DeliveryResult.MISSED.value}
        return address(self.request.GET, **narrowed, **result) + "#results"


def months_figure(months: Sequence[GroupRow], *, headline: str) -> Figure:
    """The share of orders on time in full, month by month."""
    shares = [None if row.figures.share is None else round(100 * row.figures.share, 1) for row in months]
    return Figure(
        key="on-time-in-full",
        headline=headline,
        kind=FigureKind.COLUMNS,
        maximum=100,
        labels=[row.label for row in months],
        series=[Series(name=_("On time in full, %"), values=shares)],
        head=[_("Month"), _("Orders"), _("On time in full"), _("Fill rate"), _("Perfect orders")],
        rows=[
            [
                row.label,
                row.figures.orders,
                numbers.percent(row.figures.share),
                numbers.percent(row.figures.fill_rate),
                numbers.percent(row.figures.perfect_share),
            ]
            for row in months
        ],
    )


def _cards(figures: DeliveryFigures, query: QueryDict) -> list[KpiCard]:
    """Each figure with its link to the orders behind it."""
    links = {result: address(query, result=result.value) + "#results" for result in DeliveryResult}
    every = address(query, result="") + "#results"
    given = (
        (_("Orders on time in full"), figures.share, links[DeliveryResult.MISSED]),
        (_("Lines on time in full"), figures.line_share, links[DeliveryResult.MISSED]),
        (_("Fill rate"), figures.fill_rate, every),
        (_("Perfect orders"), figures.perfect_share, links[DeliveryResult.PERFECT]),
    )
    return [
        KpiCard(
            label=label,
            text=numbers.percent(share) if share is not None else _("no data"),
            share=None if share is None else float(share),
            colour=_colour(share),
            url=url,
        )
        for label, share, url in given
    ]


def _colour(share: Any) -> Colour:
    if share is None:
        return Colour.DRAFT
    if share >= FINE:
        return Colour.DONE
    return Colour.WARNING if share >= POOR else Colour.DANGER
