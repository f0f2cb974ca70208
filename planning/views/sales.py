"""Sales of the last twelve months by distributor and by manager, and the tab of the distributor's page."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor, User
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from planning.filters import DistributorSalesFilterSet, ManagerSalesFilterSet
from planning.permissions import can_see_margin, can_see_sales
from planning.selectors.distributor_sales import read_distributor_sales, with_manager_sales, with_sales
from planning.tables import DistributorSalesTable, ManagerSalesTable

_SORTS: Mapping[str, Sequence[str]] = {
    "recent_net": ["recent_net", "pk"],
    "earlier_net": ["earlier_net", "pk"],
    "change_net": ["change_net", "pk"],
    "recent_cost": ["recent_cost", "pk"],
}


class _SalesListView(ScopedListView):
    """Without cost and margin for whoever may not see them."""

    abstract = True

    def hidden_columns(self) -> tuple[str, ...]:
        return () if can_see_margin(self.actor) else ("recent_cost", "margin")


class DistributorSalesView(_SalesListView):
    """Who was kept, lost and won: each distributor's sales of twelve months against the twelve before."""

    permission_required = can_see_sales
    title = _("Sales by distributor")
    page_key = "sales-by-distributor"
    model = Distributor
    table_class = DistributorSalesTable
    filterset_class = DistributorSalesFilterSet
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {"name": ["name", "pk"], "code": ["code"], **_SORTS}
    default_sort = "change_net"
    empty = EmptyState(title=_("Nothing was sold in the last two years."))

    def get_queryset(self) -> QuerySet[Any]:
        return with_sales(Distributor.objects.visible_to(self.actor), today=timezone.localdate())


class ManagerSalesView(_SalesListView):
    """The same by manager, in the company's currency."""

    permission_required = can_see_sales
    title = _("Sales by manager")
    page_key = "sales-by-manager"
    model = User
    table_class = ManagerSalesTable
    filterset_class = ManagerSalesFilterSet
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {
        "full_name": ["full_name", "pk"],
        "margin": ["margin", "pk"],
        **_SORTS,
    }
    default_sort = "-recent_net"
    empty = EmptyState(title=_("Nothing was sold in the last two years."))

    def get_queryset(self) -> QuerySet[Any]:
        return with_manager_sales(User.objects.visible_to(self.actor), self.actor, today=timezone.localdate())


def sales_of(actor: Any, distributor: Any) -> Mapping[str, Any]:
    """What the tab of the distributor's page shows. Two queries."""
    return {
        "sales": read_distributor_sales(actor, distributor, today=timezone.localdate()),
        "may_see_margin": can_see_margin(actor),
        "attainment_url": reverse("planning:distributor-attainment", args=[distributor.code]),
    }
