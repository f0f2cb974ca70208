"""Pages of plan against actual: everybody in a list under the figure of them all, and one distributor."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor, Territory
from accounts.permissions import is_brand, sees_channel
from company.models import BusinessYear
from company.selectors import company_currency, year_named
from core.ui.details import ScopedDetailView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb, Page
from planning.enums import PlanLevel
from planning.filters import ProgressFilterSet
from planning.models import SalesPlan
from planning.permissions import can_see_quotas
from planning.selectors.attainment import read_attainment, read_attainment_of_all, read_large_attainment
from planning.selectors.attainment_order import ATTAINMENT_SORTS, with_attainment
from planning.selectors.owners import PlanOwner
from planning.selectors.progress import read_progress_rows
from planning.selectors.progress_display import landing_sentence, progress_chart
from planning.selectors.quotas import read_quotas
from planning.selectors.sales import sales_by_category, visible_sales
from planning.tables import ProgressTable
from planning.views.figures import categories_figure, months_figure


class AttainmentListView(ScopedListView):
    """Every distributor one may see, against its plan of the year: those furthest behind it first."""

    title = _("Plan against actual")
    page_key = "attainment"
    model = Distributor
    table_class = ProgressTable
    filterset_class = ProgressFilterSet
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {
        "name": ["name", "pk"],
        **{column: [figure, "pk"] for column, figure in ATTAINMENT_SORTS.items()},
    }
    default_sort = "difference"
    template_name = "planning/attainment.html"
    empty = EmptyState(
        title=_("No distributors yet."), text=_("Each distributor's progress against plan appears here.")
    )

    @cached_property
    def year(self) -> BusinessYear:
        return year_named(self.request.GET.get("year", ""), today=timezone.localdate())

    def get_queryset(self) -> QuerySet[Any]:
        rows = super().get_queryset()
        column = self.sort_name.lstrip("-")
        if column == "name":
            return rows
        return with_attainment(rows, year=self.year, today=timezone.localdate(), growth=column == "growth")

    def get_rows(self, ids: Sequence[Any]) -> Sequence[Any]:
        found = read_progress_rows(PlanLevel.DISTRIBUTOR, ids, year=self.year, today=timezone.localdate())
        by_id = {row.pk: row for row in found}
        return [by_id[pk] for pk in ids if pk in by_id]

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(label=str(_("Sales plans")), url=reverse("planning:plans"))]

    def owner(self) -> PlanOwner | None:
        """Whose figure is above the list: the filtered territory's, else the reader's user. None: of all in it."""
        user = self.actor
        code = self.request.GET.get("territory", "")
        if sees_channel(user):
            found = Territory.objects.visible_to(user).filter(code=code).first() if code else None
            if found is not None:
                return PlanOwner(level=PlanLevel.TERRITORY, territory_id=found.pk)
            return PlanOwner(level=PlanLevel.COMPANY)
        if is_brand(user) and SalesPlan.objects.current().filter(year=self.year, manager=user).exists():
            return PlanOwner(level=PlanLevel.MANAGER, manager_id=user.pk)
        if user.distributor_id:
            return PlanOwner(level=PlanLevel.DISTRIBUTOR, distributor_id=user.distributor_id)
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.is_partial():
            return super().get_context_data(**kwargs)
        owner, user = self.owner(), self.actor
        currency = user.distributor.currency if user.distributor else company_currency()
        asked: Any = {"year": self.year, "today": timezone.localdate(), "currency": currency}
        read = read_large_attainment if sees_channel(user) else read_attainment
        found = read(owner, **asked) if owner else read_attainment_of_all(user, **asked)
        years = BusinessYear.objects.order_by("-starts_on")
        return super().get_context_data(
            figure=months_figure(found),
            landing_sentence=landing_sentence(found.total),
            year=self.year,
            years=years,
            may_see_quotas=can_see_quotas(user),
            **kwargs,
        )


class DistributorAttainmentView(ScopedDetailView):
    """One distributor against its plan: the year, the months, the categories."""

    model = Distributor
    lookup_field = "code"
    template_name = "planning/distributor_attainment.html"

    def page_title(self) -> str:
        return f"{self.object.display_name} {self.year.code}"

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(label=str(AttainmentListView.title), url=reverse("planning:attainment"))]

    @cached_property
    def year(self) -> BusinessYear:
        return year_named(self.request.GET.get("year", ""), today=timezone.localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        owner = PlanOwner(level=PlanLevel.DISTRIBUTOR, distributor_id=self.object.pk)
        found = read_attainment(owner, year=self.year, today=timezone.localdate(), currency=self.object.currency)
        user = self.actor
        sold = visible_sales(user, distributor_ids=[self.object.pk]).filter(period__year=self.year)
        rows = sales_by_category(sold.filter(currency=self.object.currency))
        return super().get_context_data(
            attainment=found,
            total=found.total,
            current=found.current,
            bullet_chart=progress_chart(found.total, landing=True),
            landing_sentence=landing_sentence(found.total),
            figure=months_figure(found),
            categories=categories_figure(rows),
            **kwargs,
        )


class QuotaView(Page):
    """Managers against their quota, period by period."""

    permission_required = can_see_quotas
    title = _("Quotas")
    template_name = "planning/quotas.html"

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(label=str(AttainmentListView.title), url=reverse("planning:attainment"))]

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        year, user = year_named(request.GET.get("year", ""), today=timezone.localdate()), self.actor
        years = BusinessYear.objects.order_by("-starts_on")
        quotas = read_quotas(user, year_id=year.pk)
        return self.render_to_response(self.get_context_data(quotas=quotas, year=year, years=years))
