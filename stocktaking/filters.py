"""Filters of counts, their rows, and scrap, shared by pages and API."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, ModelChoiceFilter

from catalogue.fields import ProductFilter
from catalogue.models import Product
from core.filters import ListFilterSet, day_range, visible_rows
from inventory.models import Warehouse
from stocktaking.enums import CountScope, CountStatus, DifferenceReason, RowState, ScrapReason, ScrapStatus
from stocktaking.models import Scrap, ScrapLine, StockCount, StockCountLine

_BLIND = (RowState.RIGHT, RowState.DIFFERS)
"""What would say what is expected."""


def _brand_warehouses(request: Any) -> QuerySet[Any]:
    found: QuerySet[Any] = visible_rows(Warehouse)(request).of_brand_owner()
    return found


class StockCountFilterSet(ListFilterSet):
    """Counts by number, note, product, warehouse, status and day."""

    search_fields = ("number__istartswith", "note__icontains")
    status = ChoiceFilter(choices=CountStatus.choices, label=_("Status"))
    warehouse = ModelChoiceFilter(queryset=_brand_warehouses, to_field_name="code", label=_("Warehouse"))
    scope = ChoiceFilter(choices=CountScope.choices, label=_("What is counted"))
    product = ProductFilter(method="of_product", label=_("Product"))
    opened_at = day_range("opened_at__date", _("Opened on"))

    class Meta:
        model = StockCount
        fields = ("status", "warehouse", "scope")

    def of_product(self, queryset: QuerySet[Any], _name: str, value: Product) -> QuerySet[Any]:
        return queryset.filter(pk__in=StockCountLine.objects.filter(product=value).values("count"))


class CountLineFilterSet(ListFilterSet):
    """Rows of a count by words of the product, by what is known of them, and by reason."""

    search_fields = ("product__code",)
    state = ChoiceFilter(choices=RowState.choices, method="in_state", label=_("State"))
    reason = ChoiceFilter(choices=DifferenceReason.choices, label=_("Reason"))

    class Meta:
        model = StockCountLine
        fields = ("state", "reason")

    def search(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(product__in=Product.objects.matching(value, distributor_id=None).values("pk"))

    def in_state(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        rows: Any = queryset
        found: QuerySet[Any] = rows.in_state(value)
        return found


class BlindLineFilterSet(CountLineFilterSet):
    """While the count is blind nothing says what is expected."""

    state = ChoiceFilter(
        choices=[choice for choice in RowState.choices if choice[0] not in _BLIND], method="in_state", label=_("State")
    )


class CountRowFilterSet(CountLineFilterSet):
    """For the API: rows of every count, by its number."""

    count = CharFilter(field_name="count__number", label=_("Stock count"))
    status = ChoiceFilter(choices=CountStatus.choices, field_name="count__status", label=_("Status"))


class ScrapFilterSet(ListFilterSet):
    """Scrap by number, note, product, warehouse, reason, status and day."""

    search_fields = ("number__istartswith", "note__icontains")
    status = ChoiceFilter(choices=ScrapStatus.choices, label=_("Status"))
    warehouse = ModelChoiceFilter(queryset=_brand_warehouses, to_field_name="code", label=_("Warehouse"))
    reason = ChoiceFilter(choices=ScrapReason.choices, label=_("Reason"))
    product = ProductFilter(method="of_product", label=_("Product"))
    created_at = day_range("created_at__date", _("Prepared on"))

    class Meta:
        model = Scrap
        fields = ("status", "warehouse", "reason")

    def of_product(self, queryset: QuerySet[Any], _name: str, value: Product) -> QuerySet[Any]:
        return queryset.filter(pk__in=ScrapLine.objects.filter(product=value).values("scrap"))
