"""Pages of what lies at distributors: the list, and the report of a count."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from channel_stock.filters import ChannelStockFilterSet
from channel_stock.forms import StockReportForm
from channel_stock.permissions import can_report_stock
from channel_stock.services.stock_reports import StockReport, report_stock
from channel_stock.tables import ChannelStockTable
from core.errors import Problem
from core.ui import numbers
from core.ui.forms import ServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from inventory.models import Stock
from inventory.permissions import can_see_distributor_stock


class ChannelStockListView(ScopedListView):
    """Every product at every distributor that the person sees."""

    title = gettext_lazy("Channel inventory")
    model = Stock
    page_key = "channel-stock"
    table_class = ChannelStockTable
    filterset_class = ChannelStockFilterSet
    sorts = {
        "distributor": ["warehouse_id", "product_id"],
        "on_hand": ["on_hand", "pk"],
        "daily_sell_in": ["sold_in", "pk"],
        "days_of_cover": ["days", "pk"],
    }
    default_sort = "distributor"
    related = ("product", "warehouse__distributor")
    template_name = "channel_stock/channel_stock.html"
    empty = EmptyState(
        title=gettext_lazy("No distributor has reported stock yet."),
        text=gettext_lazy("Distributor stock and its days of cover appear here."),
    )

    def page_title(self) -> str:
        """The distributor's own people call it theirs."""
        return str(_("My stock") if can_see_distributor_stock(self.actor) else self.title)

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        return rows.of_distributors().with_days()

    def get_empty_state(self) -> EmptyState:
        if not can_report_stock(self.actor):
            return self.empty
        return EmptyState(
            title=_("You have not reported your stock yet."),
            text=self.empty.text,
            action_label=_("Report stock"),
            action_url=reverse("channel_stock:report-stock"),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_report=can_report_stock(self.actor), **kwargs)


class ReportStockView(ServiceFormView):
    """A distributor's keeper says what was counted."""

    permission_required = can_report_stock
    title = gettext_lazy("Report stock")
    form_class = StockReportForm
    submit_label = gettext_lazy("Report")
    success_message = ""

    def back_url(self) -> str:
        return reverse("channel_stock:channel-stock")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.actor}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        data: Any = form
        whose = self.actor.distributor_id or 0
        done = report_stock(distributor_id=whose, counts=data.counts(), actor=self.actor, now=timezone.now())
        self.success_message = report_text(done)
        return super().form_valid(form)

    def get_field_name(self, _problem: Problem) -> str | None:
        """Errors of a line appear at the field the line came from."""
        return "file" if self.request.FILES else "lines"


def report_text(done: StockReport) -> str:
    counted = ngettext("%(n)s product counted", "%(n)s products counted", done.products)
    differed = ngettext("%(n)s differed", "%(n)s differed", done.changed)
    return _("%(counted)s, %(differed)s.") % {
        "counted": counted % {"n": numbers.quantity(done.products)},
        "differed": differed % {"n": numbers.quantity(done.changed)},
    }
