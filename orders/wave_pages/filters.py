"""Filters of waves and of the orders to be shipped, shared by the pages and the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, CharFilter

from accounts.models import Distributor
from core.filters import ChoicesFilter, CodeFilter, ListFilterSet, day_range, visible_rows
from inventory.filters import StockFilterSet
from inventory.models import Stock, Warehouse
from orders.fulfilment.waves.enums import WaveStatus
from orders.fulfilment.waves.models import Wave, WaveLine
from orders.fulfilment.waves.selectors.to_ship import to_ship
from orders.ordering.models import Order


class WaveFilterSet(ListFilterSet):
    """Waves by number, warehouse, status, order and day."""

    search_fields = ("number",)
    status = ChoicesFilter(choices=WaveStatus.choices, label=_("Status"))
    warehouse = CodeFilter(queryset=visible_rows(Warehouse), label=_("Warehouse"))
    order = CharFilter(method="of_order", label=_("Order"))
    made_at = day_range("made_at__date", _("Made on"))

    class Meta:
        model = Wave
        fields = ("status", "warehouse")

    def of_order(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        in_it = WaveLine.objects.filter(order_line__order__number=value)
        return queryset.filter(pk__in=in_it.values("wave"))


class PlaceFilterSet(StockFilterSet):
    """Products of warehouses by zone, and those that have no place yet."""

    on = None
    free = None
    blocked = None
    zone = CharFilter(label=_("Zone"))
    has_place = BooleanFilter(method="with_place", label=_("With a place"))

    class Meta:
        model = Stock
        fields = ("warehouse", "zone")

    def with_place(self, queryset: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:  # noqa: FBT001 - django-filter's form
        return queryset.exclude(zone="", place="") if value else queryset.filter(zone="", place="")


class ToShipFilterSet(ListFilterSet):
    """Orders to be shipped by number, warehouse, distributor and promised day."""

    search_fields = ("number",)
    warehouse = CodeFilter(queryset=visible_rows(Warehouse), method="of_warehouse", label=_("Warehouse"))
    distributor = CodeFilter(queryset=visible_rows(Distributor), label=_("Distributor"))
    promised_on = day_range("promised_on", _("Promised on"))

    class Meta:
        model = Order
        fields = ("distributor",)

    def of_warehouse(self, queryset: QuerySet[Any], _name: str, value: Warehouse) -> QuerySet[Any]:
        return to_ship(queryset, value.pk)
