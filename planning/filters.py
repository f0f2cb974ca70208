"""Filters of plans, prices and sales, shared by pages and API."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, CharFilter, ChoiceFilter, ModelChoiceFilter

from accounts.enums import ChannelKind
from accounts.models import Distributor, Territory, Tier, User
from catalogue.models import Category
from channel.enums import PurchaseBasis
from channel.models import MinimumPurchase
from company.models import BusinessYear
from core.filters import ChoicesFilter, CodeFilter, ListFilterSet, day_range, visible_rows
from planning.enums import MinimumState, PlanLevel, PlanStatus, Retention
from planning.models import SalesActual, SalesPlan
from planning.selectors.minimums import minimums_in_state
from planning.selectors.owners import in_territory


class SalesPlanFilterSet(ListFilterSet):
    """Plans by year, level, status, owner, and whether the version is in force."""

    search_fields = (
        "distributor__search_text",
        "territory__name",
        "territory__name_zh",
        "manager__full_name",
        "manager__full_name_zh",
    )
    year = ModelChoiceFilter(queryset=BusinessYear.objects.all(), to_field_name="code", label=_("Business year"))
    level = ChoiceFilter(choices=PlanLevel.choices, label=_("Level"))
    status = ChoiceFilter(choices=PlanStatus.choices, label=_("Status"))
    distributor = CodeFilter(queryset=visible_rows(Distributor), label=_("Distributor"))
    territory = ModelChoiceFilter(queryset=visible_rows(Territory), to_field_name="code", label=_("Territory"))
    is_current = BooleanFilter(label=_("In force"))

    class Meta:
        model = SalesPlan
        fields = ("year", "level", "status", "distributor", "territory", "is_current")


class SalesActualFilterSet(ListFilterSet):
    """Posted sales by month, distributor, category and currency."""

    month = day_range("month", _("Month"))
    distributor = CodeFilter(queryset=visible_rows(Distributor), label=_("Distributor"))
    category = ModelChoiceFilter(queryset=visible_rows(Category), to_field_name="code", label=_("Category"))
    currency = CharFilter(lookup_expr="exact", label=_("Currency"))

    class Meta:
        model = SalesActual
        fields = ("distributor", "category", "currency")


class ProgressFilterSet(ListFilterSet):
    """Distributors whose standing against plan is listed."""

    search_fields = ("search_text",)
    territory = ModelChoiceFilter(
        queryset=visible_rows(Territory), to_field_name="code", method="below", label=_("Territory")
    )
    tier = ModelChoiceFilter(queryset=visible_rows(Tier), to_field_name="code", label=_("Tier"))
    channel_kind = ChoiceFilter(choices=ChannelKind.choices, label=_("Channel kind"))

    class Meta:
        model = Distributor
        fields = ("territory", "tier", "channel_kind")

    def below(self, queryset: QuerySet[Any], _name: str, value: Territory) -> QuerySet[Any]:
        return queryset.filter(in_territory(value.pk))


class DistributorSalesFilterSet(ProgressFilterSet):
    """Distributors whose sales are listed, also by whether they were kept, lost or won."""

    retention = ChoiceFilter(choices=Retention.choices, label=_("Customer"))

    class Meta:
        model = Distributor
        fields = ("retention", "territory", "tier", "channel_kind")


class ManagerSalesFilterSet(ListFilterSet):
    search_fields = ("full_name",)

    class Meta:
        model = User
        fields = ("q",)


class MinimumFilterSet(ListFilterSet):
    """Minimum purchases by how they stand, their basis, and distributor."""

    search_fields = ("agreement__number__istartswith", "agreement__distributor__search_text")
    state = ChoicesFilter(choices=MinimumState.choices, method="in_state", label=_("Status"))
    basis = ChoiceFilter(choices=PurchaseBasis.choices, label=_("Basis"))
    distributor = CodeFilter(
        field_name="agreement__distributor", queryset=visible_rows(Distributor), label=_("Distributor")
    )

    class Meta:
        model = MinimumPurchase
        fields = ("state", "basis", "distributor")

    def in_state(self, queryset: QuerySet[Any], _name: str, value: Any) -> QuerySet[Any]:
        return minimums_in_state(queryset, value, today=timezone.localdate()) if value else queryset
