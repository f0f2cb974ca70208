"""Filters of returns, shared by the list page and the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, CharFilter, ModelChoiceFilter

from accounts.models import Distributor
from catalogue.fields import ProductFilter
from catalogue.models import Product
from core.filters import ChoicesFilter, ListFilterSet, LongSelect, day_range, visible_rows
from orders.returns.enums import ReturnReason, ReturnStatus
from orders.returns.models import Return, ReturnedGoods, ReturnLine, ReturnPolicy


class ReturnFilterSet(ListFilterSet):
    """Returns by number, note, order, product, distributor, reason, state and day."""

    search_fields = ("number__istartswith", "note__icontains", "tracking_number__istartswith")
    status = ChoicesFilter(choices=ReturnStatus.choices, label=_("Status"))
    distributor = ModelChoiceFilter(
        queryset=visible_rows(Distributor), to_field_name="code", label=_("Distributor"), widget=LongSelect
    )
    order = CharFilter(method="of_order", label=_("Order"))
    product = ProductFilter(method="of_product", label=_("Product"))
    reason = ChoicesFilter(choices=ReturnReason.choices, method="for_reason", label=_("Reason"))
    requested_at = day_range("requested_at__date", _("Requested on"))

    class Meta:
        model = Return
        fields = ("status", "distributor")

    def of_order(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(pk__in=ReturnLine.objects.filter(order_line__order__number=value).values("document"))

    def of_product(self, queryset: QuerySet[Any], _name: str, value: Product) -> QuerySet[Any]:
        return queryset.filter(pk__in=ReturnLine.objects.filter(order_line__product=value).values("document"))

    def for_reason(self, queryset: QuerySet[Any], _name: str, value: list[str]) -> QuerySet[Any]:
        if not value:
            return queryset
        return queryset.filter(pk__in=ReturnLine.objects.filter(reason__in=value).values("document"))


class ReturnPolicyFilter(ListFilterSet):
    search_fields = ("code", "name", "name_zh")
    is_active = BooleanFilter(label=_("in use"))

    class Meta:
        model = ReturnPolicy
        fields = ("is_active",)


class ReturnedGoodsFilterSet(ListFilterSet):
    distributor = CharFilter(field_name="distributor__code", label=_("Distributor"))
    returned_on = day_range("returned_on", _("Returned on"))

    class Meta:
        model = ReturnedGoods
        fields = ("distributor", "number", "returned_on")
