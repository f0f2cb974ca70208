"""The first pages of finance and of a distributor's accountant, and the list of what was shipped."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter

from accounts.models import Distributor
from core.filters import ListFilterSet
from core.periods import add_months, month_end, month_start
from core.tables import LinkColumn, ListTable, MoneyColumn, QuantityColumn
from core.ui import numbers
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from distribution.home.selectors import money
from distribution.home.views.distributor import credit_context
from distribution.home.views.panels import HomePage, sentence
from messaging.enums import Work
from messaging.selectors.work_list import WorkList
from orders.permissions import can_see_shipped_value
from orders.selectors.work import order_work

MONTHS = 24
SHOWN = 8


def months() -> list[tuple[str, str]]:
    """The last two years, this month first."""
    this = month_start(timezone.localdate())
    days = [add_months(this, -number) for number in range(MONTHS)]
    return [(f"{day:%Y-%m}", numbers.span(day, month_end(day))) for day in days]


class ShippedFilterSet(ListFilterSet):
    """The month is read by the page itself: it is part of the sums."""

    search_fields = ("search_text",)
    month = ChoiceFilter(choices=months, method="as_it_is", label=_("month"))

    class Meta:
        model = Distributor
        fields = ("q", "month")

    def as_it_is(self, queryset: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        return queryset


class ShippedTable(ListTable):
    phone_fields = ("shipped_amount", "shipment_count")
    name = LinkColumn(accessor="display_name", verbose_name=_("distributor"))
    code = tables.Column(verbose_name=_("code"))
    shipment_count = QuantityColumn(verbose_name=_("shipments"))
    shipped_amount = MoneyColumn(verbose_name=_("shipped value"))
    currency = tables.Column(verbose_name=_("currency"))

    class Meta:
        fields = ("name", "code", "shipment_count", "shipped_amount", "currency")


class ShippedView(ScopedListView):
    """What was shipped in a month, by distributor: what is to be invoiced, or to be paid."""

    permission_required = can_see_shipped_value
    title = _("Shipped value")
    model = Distributor
    table_class = ShippedTable
    filterset_class = ShippedFilterSet
    page_key = "shipped"
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {
        "name": ["name", "pk"],
        "code": ["code"],
        "shipped_amount": ["shipped_amount", "pk"],
        "shipment_count": ["shipment_count", "pk"],
    }
    default_sort = "-shipped_amount"
    empty = EmptyState(title=_("Nothing was shipped in this month."))

    @cached_property
    def month(self) -> date:
        wanted = self.request.GET.get("month", "")
        this = month_start(timezone.localdate())
        return date.fromisoformat(f"{wanted}-01") if wanted in dict(months()) else this

    def page_title(self) -> str:
        return gettext("%(title)s: %(name)s") % {
            "title": self.title,
            "name": numbers.span(self.month, month_end(self.month)),
        }

    def get_queryset(self) -> QuerySet[Any]:
        return money.shipped_by_distributor(self.actor, self.month)


class MoneyHome(HomePage):
    """Open orders by state and amount, what was shipped this month, and whatever else the person may decide."""

    template_name = "distribution/home_money.html"
    kinds: tuple[Work, ...] = (Work.ON_HOLD, Work.TO_APPROVE)

    def get(self, _request: HttpRequest) -> HttpResponseBase:
        user, today = self.actor, timezone.localdate()
        work = WorkList(groups=order_work(user, self.kinds))
        largest, totals = money.shipped_this_month(user, today, shown=SHOWN)
        return self.render_to_response(
            self.get_context_data(
                work=work,
                sentence=sentence(work, timezone.now()),
                open_orders=money.open_orders(user),
                month=numbers.span(month_start(today), month_end(today)),
                shipped=largest,
                shipped_totals=totals,
                shipped_url=reverse("shipped"),
                **credit_context(user),
                may_see_shipped=can_see_shipped_value(user),
            )
        )
