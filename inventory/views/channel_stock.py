"""Pages of what lies at distributors: the list, and the report of a count."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.errors import Problem
from core.rules import is_known
from core.ui import numbers
from core.ui.forms import ServiceFormView
from core.ui.list_parts import EmptyState
from core.ui.lists import ScopedListView
from inventory.filters import ChannelStockFilterSet
from inventory.forms import StockReportForm
from inventory.models import Stock
from inventory.rules import can_report_stock, can_see_own_stock
from inventory.services.report_stock import StockReport, report_stock
from inventory.tables import ChannelStockTable


class ChannelStockListView(ScopedListView):
    """Every product at every distributor that the person sees."""

    allowed = is_known
    title = _("Channel inventory")
    noun = _("products at distributors")
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
    template_name = "inventory/channel_stock.html"
    empty = EmptyState(
        title=_("No distributor has reported its stock yet."),
        text=_("Here stands what lies at distributors, and how many days it lasts."),
    )

    def page_title(self) -> str:
        """The distributor's own people call it theirs."""
        return str(_("My stock") if can_see_own_stock(self.actor) else self.title)

    def visible(self) -> Any:
        rows: Any = super().visible()
        return rows.of_distributors().with_days()

    def first_steps(self) -> EmptyState:
        if not can_report_stock(self.actor):
            return self.empty
        return EmptyState(
            title=_("You have not reported your stock yet."),
            text=self.empty.text,
            action_label=_("Report stock"),
            action_url=reverse("inventory:report-stock"),
        )

    def get_context(self, **extra: Any) -> dict[str, Any]:
        return super().get_context(may_report=can_report_stock(self.actor), **extra)


class ReportStockView(ServiceFormView):
    """A distributor's keeper says what was counted."""

    allowed = can_report_stock
    title = _("Report stock")
    form_class = StockReportForm
    submit_label = _("Report")
    success_message = ""

    def back_url(self) -> str:
        return reverse("inventory:channel-stock")

    def perform(self, form: BaseForm) -> str:
        wish: Any = form
        done = report_stock(
            distributor_id=self.actor.distributor_id or 0, counts=wish.counts(), actor=self.actor, now=timezone.now()
        )
        messages.success(self.request, report_text(done))
        return reverse("inventory:channel-stock")

    def field_of(self, problem: Problem) -> str | None:  # noqa: ARG002 - the base's form
        """What is wrong with a line names the line's code, and stands where the line came from."""
        return "file" if self.request.FILES else "lines"


def report_text(done: StockReport) -> str:
    counted = ngettext("%(n)s product counted", "%(n)s products counted", done.products)
    differed = ngettext("%(n)s differed", "%(n)s differed", done.changed)
    texts = ((counted, done.products), (differed, done.changed))
    return "{}, {}.".format(*(text % {"n": numbers.quantity(number)} for text, number in texts))
