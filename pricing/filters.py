from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, ChoiceFilter, DateFilter, ModelChoiceFilter

from accounts.enums import ChannelKind
from catalogue.fields import ProductFilter
from catalogue.models import Product
from core.filters import ListFilterSet, visible_rows
from pricing.models import Price, PriceList


class PriceListFilterSet(ListFilterSet):
    search_fields = ("code__istartswith", "name", "name_zh")
    is_active = BooleanFilter(label=_("In use"))
    channel_kind = ChoiceFilter(choices=ChannelKind.choices, label=_("Channel kind"))

    class Meta:
        model = PriceList
        fields = ("is_active", "currency", "channel_kind")


class PriceFilterSet(ListFilterSet):
    """Prices by list and product; `on` keeps those in force on a day."""

    search_fields = ("product__code",)
    price_list = ModelChoiceFilter(queryset=visible_rows(PriceList), to_field_name="code", label=_("Price list"))
    product = ProductFilter(label=_("Product"))
    on = DateFilter(method="in_force", label=_("In force on"))

    class Meta:
        model = Price
        fields = ("price_list", "product")

    def search(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(product__in=Product.objects.matching(value).values("pk"))

    def in_force(self, queryset: QuerySet[Any], _name: str, value: Any) -> QuerySet[Any]:
        return queryset.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=value), starts_on__lte=value)
