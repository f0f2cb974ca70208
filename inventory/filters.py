"""Filters of products, stock and moves, shared by pages and API."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, ChoiceFilter, ModelChoiceFilter

from accounts.models import Distributor
from catalogue.fields import ProductFilter
from catalogue.models import Product
from core.filters import CodeFilter, ListFilterSet, day_range, visible_rows
from inventory.enums import Cover, MoveKind
from inventory.models import Stock, StockMove, Warehouse


def _brand_warehouses(request: Any) -> QuerySet[Any]:
    found: QuerySet[Any] = visible_rows(Warehouse)(request).of_brand_owner()
    return found


class StockFilterSet(ListFilterSet):
    """Stock by words of the product and by warehouse; `free` leaves out what is all reserved."""

    search_fields = ("product__code",)
    warehouse = ModelChoiceFilter(queryset=_brand_warehouses, to_field_name="code", label=_("Warehouse"))
    free = BooleanFilter(method="with_free", label=_("In stock only"))

    class Meta:
        model = Stock
        fields = ("warehouse",)

    def search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:  # noqa: ARG002 - its signature
        own = self.request.user.distributor_id
        return queryset.filter(product__in=Product.objects.matching(value, distributor_id=own).values("pk"))

    def with_free(self, queryset: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:  # noqa: ARG002, FBT001 - likewise
        free = Q(on_hand__gt=F("reserved"))
        return queryset.filter(free if value else ~free)


class ChannelStockFilterSet(StockFilterSet):
    """What lies at distributors: by words of the product, distributor, and how long it lasts."""

    warehouse = None
    free = None
    distributor = CodeFilter(
        field_name="warehouse__distributor", queryset=visible_rows(Distributor), label=_("Distributor")
    )
    cover = ChoiceFilter(choices=Cover.choices, method="of_cover", label=_("Stock status"))

    class Meta:
        model = Stock
        fields = ("distributor", "cover")

    def of_cover(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:  # noqa: ARG002 - likewise
        found: Any = queryset
        narrowed: QuerySet[Any] = found.in_cover(value)
        return narrowed


class StockMoveFilterSet(ListFilterSet):
    """Moves by product, warehouse, kind and day."""

    search_fields = ("product__code__istartswith", "reference__istartswith")
    warehouse = ModelChoiceFilter(queryset=_brand_warehouses, to_field_name="code", label=_("Warehouse"))
    product = ProductFilter(label=_("Product"))
    kind = ChoiceFilter(choices=MoveKind.choices, label=_("Kind"))
    at = day_range("at__date", _("Day"))

    class Meta:
        model = StockMove
        fields = ("warehouse", "kind")
