"""Filters of what lies at distributors, shared by pages and API."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter

from accounts.models import Distributor
from core.filters import CodeFilter, visible_rows
from inventory.enums import Cover
from inventory.filters import StockFilterSet
from inventory.models import Stock


class ChannelStockFilterSet(StockFilterSet):
    """What lies at distributors: by words of the product, distributor, and how long it lasts."""

    warehouse = None
    free = None
    blocked = None
    on = None
    distributor = CodeFilter(
        field_name="warehouse__distributor", queryset=visible_rows(Distributor), label=_("Distributor")
    )
    cover = ChoiceFilter(choices=Cover.choices, method="of_cover", label=_("Stock status"))

    class Meta:
        model = Stock
        fields = ("distributor", "cover")

    def of_cover(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        found: Any = queryset
        narrowed: QuerySet[Any] = found.in_cover(value)
        return narrowed
