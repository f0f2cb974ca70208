"""Filters of orders, shared by the list page and the API."""

from typing import Any

from django.db.models import BooleanField, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, CharFilter, ModelChoiceFilter

from accounts.enums import BRAND_ROLES
from accounts.models import Distributor, User
from accounts.querysets import UserQuerySet
from core.codes import NormalCode
from core.filters import (
    ChoicesFilter,
    CodeFilter,
    IndexedChoicesFilter,
    ListFilterSet,
    LongSelect,
    day_range,
    visible_rows,
)
from orders.changes.enums import RequestStatus
from orders.changes.models import ApprovalRule, ChangeRequest
from orders.changes.selectors.work import change_requested, change_to_confirm
from orders.ordering.enums import Lateness, OrderStatus
from orders.ordering.models import Order, OrderType
from orders.ordering.querysets import number_begins
from orders.ordering.selectors.consignees import IS_DROP_SHIPMENT


def _managers(request: Any) -> QuerySet[User]:
    people: UserQuerySet = visible_rows(User)(request)
    return people.with_roles(BRAND_ROLES).only("full_name", "full_name_zh", "email").order_by("full_name")


class OrderTypeFilter(ListFilterSet):
    search_fields = ("code__icontains", "name", "name_zh")
    is_active = BooleanFilter(label=_("in use"))

    class Meta:
        model = OrderType
        fields = ("q", "is_active")


class ApprovalRuleFilter(ListFilterSet):
    search_fields = ("code", "name", "name_zh")

    class Meta:
        model = ApprovalRule
        fields = ("is_active",)


class ChangeRequestFilter(ListFilterSet):
    """By state and order."""

    status = ChoicesFilter(choices=RequestStatus.choices, label=_("Status"))
    order = CharFilter(field_name="order__number", label=_("Order"))

    class Meta:
        model = ChangeRequest
        fields = ("status", "order")


class OrderFilterSet(ListFilterSet):
    """What a list of orders can be narrowed by; an index of its own or the order's date serves every filter."""

    search_fields = ("number",)
    status = IndexedChoicesFilter(choices=OrderStatus.choices, label=_("Status"))
    lateness = ChoicesFilter(
        choices=[choice for choice in Lateness.choices if choice[0] != Lateness.ON_TIME], label=_("Not on time")
    )
    is_on_hold = BooleanFilter(label=_("On hold"))
    type = ModelChoiceFilter(queryset=visible_rows(OrderType), to_field_name="code", label=_("Order type"))
    group = CharFilter(field_name="group_number", label=_("Group"))
    change_requested = BooleanFilter(method="with_request", label=_("Change requested"))
    change_to_confirm = BooleanFilter(method="with_unconfirmed", label=_("Change above the limit of the buyer"))
    distributor = CodeFilter(queryset=visible_rows(Distributor), method="of_distributor", label=_("Distributor"))
    include_merged = BooleanFilter(method="as_it_is", label=_("With merged distributors"))
    manager = ModelChoiceFilter(queryset=_managers, widget=LongSelect, label=_("Channel manager"))
    purchase_order_number = CharFilter(method="by_buyers_number", label=_("Purchase order number"))
    is_sub_network = BooleanFilter(method="by_company", label=_("Sub-network"))
    is_drop_shipment = BooleanFilter(method="by_consignee", label=_("Drop shipments"))
    # The moment and not the day: the lists are read along its index.
    ordered_on = day_range("ordered_at", _("Ordered on"))

    class Meta:
        model = Order
        fields = (
            "status",
            "is_on_hold",
            "type",
            "group",
            "change_requested",
            "change_to_confirm",
            "lateness",
            "distributor",
            "include_merged",
            "manager",
            "purchase_order_number",
            "is_drop_shipment",
            "ordered_on",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actor = getattr(self.request, "user", None)
        if getattr(actor, "distributor_id", None) is None:
            del self.filters["is_sub_network"]  # only a distributor's people have one

    def of_distributor(self, queryset: QuerySet[Any], _name: str, value: Distributor) -> QuerySet[Any]:
        """Its own orders; with `include_merged` those of the distributors that were merged into it, too."""
        if not self.form.cleaned_data.get("include_merged"):
            return queryset.filter(distributor=value)
        merged = visible_rows(Distributor)(self.request).filter(merged_into=value).order_by()
        return queryset.filter(distributor__in=[value.pk, *merged.values_list("pk", flat=True)])

    def with_request(self, queryset: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:  # noqa: FBT001 - django-filter's form
        return queryset.filter(change_requested() if value else ~change_requested())

    def with_unconfirmed(self, queryset: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:  # noqa: FBT001 - django-filter's form
        waits = change_to_confirm(limit=None)
        return queryset.filter(waits if value else ~waits)

    def as_it_is(self, queryset: QuerySet[Any], _name: str, _value: bool) -> QuerySet[Any]:  # noqa: FBT001 - django-filter's form
        """Says only what the filter of the distributor takes."""
        return queryset

    def by_consignee(self, queryset: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:  # noqa: FBT001 - django-filter's form
        return queryset.filter(IS_DROP_SHIPMENT if value else ~IS_DROP_SHIPMENT)

    def by_company(self, queryset: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:  # noqa: FBT001 - django-filter's form
        """The orders of the others in the person's branch, or those of its company alone."""
        company = Q(distributor=self.request.user.distributor_id)
        return queryset.filter(~company if value else company)

    def by_buyers_number(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """In any spelling."""
        code = NormalCode(Value(value))
        return queryset.filter(Exact(NormalCode("purchase_order_number"), code)).exclude(purchase_order_number="")

    def search(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """By the start of the number or of the distributor's own order number, or by what a distributor is found by."""
        text = value.strip()
        known = visible_rows(Distributor)(self.request).matching(text).order_by().values_list("pk", flat=True)
        # All of them as one array: of a list Django would bind and check one by one.
        theirs = RawSQL('"orders_order"."distributor_id" = ANY(%s)', [list(known)], output_field=BooleanField())
        return queryset.filter(number_begins(text) | Q(theirs))
