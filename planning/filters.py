"""Filters of plans, prices and sales, shared by pages and API."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, CharFilter, ChoiceFilter, DateFilter, ModelChoiceFilter

from accounts.enums import ChannelKind
from accounts.models import Distributor, Territory, Tier
from core.filters import CodeFilter, ListFilterSet, day_range, visible_rows
from core.models import BusinessYear
from inventory.models import Category, Product
from planning.enums import PlanLevel, PlanStatus
from planning.models import Price, PriceList, SalesActual, SalesPlan
from planning.selectors.owners import in_territory


class SalesPlanFilterSet(ListFilterSet):
    """Plans by year, level, status, owner, and whether the version is in force."""

    search_fields = ("distributor__search_text", "territory__name", "territory__name_zh", "manager__full_name")
    year = ModelChoiceFilter(queryset=BusinessYear.objects.all(), to_field_name="code", label=_("Business year"))
    level = ChoiceFilter(choices=PlanLevel.choices, label=_("Level"))
    status = ChoiceFilter(choices=PlanStatus.choices, label=_("Status"))
    distributor = CodeFilter(queryset=visible_rows(Distributor), label=_("Distributor"))
    territory = ModelChoiceFilter(queryset=visible_rows(Territory), to_field_name="code", label=_("Territory"))
    is_current = BooleanFilter(label=_("In force"))

    class Meta:
        model = SalesPlan
        fields = ("year", "level", "status", "distributor", "territory", "is_current")


class PriceListFilterSet(ListFilterSet):
    search_fields = ("code__istartswith", "name", "name_zh")
    is_active = BooleanFilter(label=_("Active"))
    channel_kind = ChoiceFilter(choices=ChannelKind.choices, label=_("Channel kind"))

    class Meta:
        model = PriceList
        fields = ("is_active", "currency", "channel_kind")


class PriceFilterSet(ListFilterSet):
    """Prices by list and product; `on` keeps those in force on a day."""

    search_fields = ("product__code__istartswith", "product__name", "product__name_zh")
    price_list = ModelChoiceFilter(queryset=visible_rows(PriceList), to_field_name="code", label=_("Price list"))
    product = CodeFilter(queryset=visible_rows(Product), label=_("Product"))
    on = DateFilter(method="in_force", label=_("In force on"))

    class Meta:
        model = Price
        fields = ("price_list", "product")

    def in_force(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:  # noqa: ARG002 - its signature
        return queryset.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=value), starts_on__lte=value)


class SalesActualFilterSet(ListFilterSet):
    """Posted sales by month, distributor, category and currency."""

    month = day_range("month", _("Month"))
    distributor = CodeFilter(queryset=visible_rows(Distributor), label=_("Distributor"))
    category = ModelChoiceFilter(queryset=visible_rows(Category), to_field_name="code", label=_("Category"))
    currency = CharFilter(lookup_expr="exact", label=_("Currency"))

    class Meta:
        model = SalesActual
        fields = ("distributor", "category", "currency")


class StandingFilterSet(ListFilterSet):
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

    def below(self, queryset: QuerySet[Any], name: str, value: Territory) -> QuerySet[Any]:  # noqa: ARG002 - its signature
        return queryset.filter(in_territory(value.pk))
