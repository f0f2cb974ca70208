"""Filters of products, stock and moves, shared by pages and API."""

from datetime import timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, CharFilter, ChoiceFilter, DateFilter, ModelChoiceFilter, NumberFilter

from catalogue.fields import ProductFilter
from catalogue.models import Product
from core.filters import ListFilterSet, day_range, visible_rows
from core.ui.forms import day_input
from inventory.enums import BlockReason, BlockStatus, LotStatus, MoveKind, ReceiptStatus
from inventory.models import ExpectedReceipt, Lot, Stock, StockBlock, StockMove, Warehouse


def _brand_warehouses(request: Any) -> QuerySet[Any]:
    found: QuerySet[Any] = visible_rows(Warehouse)(request).of_brand_owner()
    return found


class StockFilterSet(ListFilterSet):
    """Stock by words of the product and by warehouse, now or at the end of a day; `free` leaves out what is all reserved."""

    search_fields = ("product__code",)
    warehouse = ModelChoiceFilter(queryset=_brand_warehouses, to_field_name="code", label=_("Warehouse"))
    on = DateFilter(method="as_of", label=_("At the end of"), widget=day_input())
    free = BooleanFilter(method="with_free", label=_("In stock only"))
    blocked = BooleanFilter(method="with_blocked", label=_("Blocked stock only"))

    class Meta:
        model = Stock
        fields = ("warehouse",)

    def search(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        own = self.request.user.distributor_id
        return queryset.filter(product__in=Product.objects.matching(value, distributor_id=own).values("pk"))

    def with_free(self, queryset: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:  # noqa: FBT001 - django-filter's form
        is_past = "then" in queryset.query.annotations
        free = Q(then__gt=0) if is_past else Q(on_hand__gt=F("reserved"))
        return queryset.filter(free if value else ~free)

    def with_blocked(self, queryset: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:  # noqa: FBT001 - django-filter's form
        return queryset.filter(blocked__gt=0) if value else queryset.filter(blocked=0)

    def as_of(self, queryset: Any, _name: str, value: Any) -> QuerySet[Any]:
        """What lay there at the end of a day; a page has asked for it already."""
        is_past = "then" in queryset.query.annotations
        found: QuerySet[Any] = queryset if is_past else queryset.as_of(value)
        return found


class ExpectedReceiptFilterSet(ListFilterSet):
    """Goods to come by their number, product, warehouse, status and day; `overdue` are those past their day."""

    search_fields = ("external_id__istartswith", "product__code__istartswith")
    warehouse = ModelChoiceFilter(queryset=_brand_warehouses, to_field_name="code", label=_("Warehouse"))
    product = ProductFilter(label=_("Product"))
    status = ChoiceFilter(
        choices=[choice for choice in ReceiptStatus.choices if choice[0] != ReceiptStatus.OVERDUE], label=_("Status")
    )
    overdue = BooleanFilter(method="past_their_day", label=_("Overdue"))
    expected_on = day_range("expected_on", _("Expected on"))

    class Meta:
        model = ExpectedReceipt
        fields = ("warehouse", "status")

    def past_their_day(self, queryset: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:  # noqa: FBT001 - django-filter's form
        rows: Any = queryset
        overdue: QuerySet[Any] = rows.overdue(timezone.localdate())
        return overdue if value else queryset.exclude(pk__in=overdue.values("pk"))


class StockBlockFilterSet(ListFilterSet):
    """Blocked stock by number, product, warehouse, reason, status and day; `overdue` is what is blocked past its day."""

    search_fields = ("number__istartswith", "product__code__istartswith", "note__icontains")
    status = ChoiceFilter(
        choices=[choice for choice in BlockStatus.choices if choice[0] != BlockStatus.OVERDUE], label=_("Status")
    )
    warehouse = ModelChoiceFilter(queryset=_brand_warehouses, to_field_name="code", label=_("Warehouse"))
    product = ProductFilter(label=_("Product"))
    reason = ChoiceFilter(choices=BlockReason.choices, label=_("Reason"))
    overdue = BooleanFilter(method="past_their_day", label=_("Overdue"))
    blocked_at = day_range("blocked_at__date", _("Blocked on"))

    class Meta:
        model = StockBlock
        fields = ("status", "warehouse", "reason")

    def past_their_day(self, queryset: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:  # noqa: FBT001 - django-filter's form
        rows: Any = queryset
        overdue: QuerySet[Any] = rows.overdue(timezone.localdate())
        return overdue if value else queryset.exclude(pk__in=overdue.values("pk"))


class LotFilterSet(ListFilterSet):
    """Lots by code, product, status and expiry; `within` are those that expire in so many days, `there` those in stock."""

    search_fields = ("code__istartswith", "product__code__istartswith", "product__name", "product__name_zh")
    product = ProductFilter(label=_("Product"))
    status = ChoiceFilter(choices=LotStatus.choices, label=_("Status"))
    code = CharFilter(method="of_code", label=_("Lot"))
    within = NumberFilter(method="expiring_within", label=_("Expires within days"), min_value=0, max_value=36_500)
    expires_on = day_range("expires_on", _("Expires on"))
    there = BooleanFilter(method="with_stock_there", label=_("In stock only"))

    class Meta:
        model = Lot
        fields = ("product", "status")

    def of_code(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        rows: Any = queryset
        found: QuerySet[Any] = rows.by_code(value)
        return found

    def expiring_within(self, queryset: QuerySet[Any], _name: str, value: Any) -> QuerySet[Any]:
        return queryset.filter(expires_on__lte=timezone.localdate() + timedelta(days=int(value)))

    def with_stock_there(self, queryset: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:  # noqa: FBT001 - django-filter's form
        there = Q(on_hand__gt=0)
        return queryset.filter(there if value else ~there)


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
