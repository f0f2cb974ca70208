"""Filters of transfers, shared by pages and API."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, ChoiceFilter, ModelChoiceFilter

from catalogue.fields import ProductFilter
from catalogue.models import Product
from core.filters import ListFilterSet, day_range, visible_rows
from inventory.models import Warehouse
from transfers.enums import TransferStatus
from transfers.models import Transfer, TransferLine


def _brand_warehouses(request: Any) -> QuerySet[Any]:
    found: QuerySet[Any] = visible_rows(Warehouse)(request).of_brand_owner()
    return found


class TransferFilterSet(ListFilterSet):
    """Transfers by number, product, warehouse, status and day; `overdue` are those on their way past their day."""

    search_fields = ("number__istartswith", "note__icontains")
    status = ChoiceFilter(choices=TransferStatus.choices, label=_("Status"))
    source = ModelChoiceFilter(queryset=_brand_warehouses, to_field_name="code", label=_("From warehouse"))
    destination = ModelChoiceFilter(queryset=_brand_warehouses, to_field_name="code", label=_("To warehouse"))
    product = ProductFilter(method="of_product", label=_("Product"))
    overdue = BooleanFilter(method="past_their_day", label=_("Overdue"))
    expected_on = day_range("expected_on", _("Expected on"))

    class Meta:
        model = Transfer
        fields = ("status", "source", "destination")

    def of_product(self, queryset: QuerySet[Any], _name: str, value: Product) -> QuerySet[Any]:
        return queryset.filter(pk__in=TransferLine.objects.filter(product=value).values("transfer"))

    def past_their_day(self, queryset: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:  # noqa: FBT001 - django-filter's form
        overdue = Q(
            status__in=[TransferStatus.SENT, TransferStatus.PARTLY_RECEIVED], expected_on__lt=timezone.localdate()
        )
        return queryset.filter(overdue if value else ~overdue)
