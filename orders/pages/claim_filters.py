"""Filters of delivery claims, shared by the list page and the API."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, CharFilter

from accounts.models import Distributor
from catalogue.fields import ProductFilter
from catalogue.models import Product
from core.filters import ChoicesFilter, CodeFilter, ListFilterSet, day_range, visible_rows
from orders.fulfilment.claims.enums import ClaimKind, ClaimStatus
from orders.fulfilment.claims.models import DeliveryClaim, DeliveryClaimLine


class DeliveryClaimFilter(ListFilterSet):
    """Delivery claims by number, order, shipment, distributor, what differs, status and day."""

    search_fields = ("number",)
    status = ChoicesFilter(
        choices=[choice for choice in ClaimStatus.choices if choice[0] != ClaimStatus.OVERDUE], label=_("Status")
    )
    overdue = BooleanFilter(method="by_day", label=_("Decision overdue"))
    for_seller = BooleanFilter(method="by_side", label=_("To be decided by the seller"))
    for_buyer = BooleanFilter(method="by_side", label=_("To be accepted or sent back"))
    kind = ChoicesFilter(choices=ClaimKind.choices, method="of_kind", label=_("Kind of difference"))
    order = CharFilter(field_name="order__number", label=_("Order"))
    distributor = CodeFilter(queryset=visible_rows(Distributor), label=_("Distributor"))
    product = ProductFilter(method="of_product", label=_("Product"))
    is_sub_network = BooleanFilter(method="by_company", label=_("Sub-network"))
    opened_at = day_range("opened_at__date", _("Opened on"))

    class Meta:
        model = DeliveryClaim
        fields = ("status", "distributor")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if getattr(getattr(self.request, "user", None), "distributor_id", None) is None:
            del self.filters["is_sub_network"]  # only a distributor's people have one

    def search(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """By the start of the number of the claim, its order or its shipment, or by what a distributor is found by."""
        text = value.strip()
        numbers = Q()
        for path in ("number", "order__number", "shipment__number"):
            numbers |= Q(**{f"{path}__istartswith": text})
        known = visible_rows(Distributor)(self.request).matching(text).order_by()
        return queryset.filter(numbers | Q(distributor__in=list(known.values_list("pk", flat=True))))

    def by_day(self, queryset: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:  # noqa: FBT001 - django-filter's form
        rows: Any = queryset
        late = rows.overdue(timezone.localdate())
        return late if value else queryset.exclude(pk__in=late.values("pk"))

    def by_side(self, queryset: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:  # noqa: FBT001 - django-filter's form
        rows: Any = queryset
        theirs = rows.for_seller() if name == "for_seller" else rows.for_buyer()
        return theirs if value else queryset.exclude(pk__in=theirs.values("pk"))

    def of_kind(self, queryset: QuerySet[Any], _name: str, value: list[str]) -> QuerySet[Any]:
        if not value:
            return queryset
        return queryset.filter(pk__in=DeliveryClaimLine.objects.filter(kind__in=value).values("claim"))

    def of_product(self, queryset: QuerySet[Any], _name: str, value: Product) -> QuerySet[Any]:
        return queryset.filter(pk__in=DeliveryClaimLine.objects.filter(product=value).values("claim"))

    def by_company(self, queryset: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:  # noqa: FBT001 - django-filter's form
        """Those of the others in the person's branch, or of its company alone."""
        company = Q(distributor=self.request.user.distributor_id)
        return queryset.filter(~company if value else company)
