"""Filters of people and distributors, shared by the pages and the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, CharFilter, DateFilter, ModelChoiceFilter

from accounts.enums import ChannelKind, DistributorStatus, Role
from accounts.models import (
    Absence,
    Distributor,
    Duty,
    Grant,
    Membership,
    Responsibility,
    Territory,
    Tier,
    User,
)
from accounts.selectors.distributors import territory_ids_below
from core.filters import ChoicesFilter, ListFilterSet, visible_rows


class DistributorFilter(ListFilterSet):
    """`territory` takes everything inside it, `below` the branch of a distributor, itself included."""

    search_fields = ("search_text",)
    status = ChoicesFilter(choices=DistributorStatus.choices, label=_("status"))
    channel_kind = ChoicesFilter(choices=ChannelKind.choices, label=_("channel kind"))
    tier = ModelChoiceFilter(to_field_name="code", queryset=visible_rows(Tier), label=_("tier"))
    territory = ModelChoiceFilter(
        to_field_name="code", queryset=visible_rows(Territory), method="in_territory", label=_("territory")
    )
    below = CharFilter(method="in_branch", label=_("in the sub-network of"))

    class Meta:
        model = Distributor
        fields = ("q", "status", "channel_kind", "tier", "territory", "below")

    def in_territory(self, queryset: QuerySet[Any], _name: str, value: Territory) -> QuerySet[Any]:
        return queryset.filter(territory__in=territory_ids_below(value.code))

    def in_branch(self, queryset: Any, _name: str, value: str) -> QuerySet[Any]:
        top = Distributor.objects.visible_to(self.request.user).filter(code=value).values_list("pk", flat=True).first()
        found: QuerySet[Any] = queryset.branch_of(top) if top else queryset.none()
        return found


class UserFilter(ListFilterSet):
    search_fields = ("full_name", "full_name_zh", "email__istartswith", "external_code__iexact")
    role = ChoicesFilter(choices=Role.choices, method="with_role", label=_("role"))
    distributor = CharFilter(method="in_distributor", label=_("distributor"))
    is_active = BooleanFilter(label=_("active"))

    class Meta:
        model = User
        fields = ("q", "role", "distributor", "is_active")

    def with_role(self, queryset: Any, _name: str, value: Any) -> QuerySet[Any]:
        found: QuerySet[Any] = queryset.with_roles(value) if value else queryset
        return found

    def in_distributor(self, queryset: Any, _name: str, value: str) -> QuerySet[Any]:
        rows = Distributor.objects.filter(code=value).values("pk")
        found: QuerySet[Any] = queryset.of_distributors(rows)
        return found


class ResponsibilityFilter(ListFilterSet):
    """`on` is a day; without it, every stretch of all times."""

    search_fields = ("distributor__search_text", "user__full_name", "user__full_name_zh")
    distributor = CharFilter(field_name="distributor__code", label=_("distributor"))
    duty = ModelChoiceFilter(to_field_name="code", queryset=visible_rows(Duty), label=_("duty"))
    user = CharFilter(field_name="user__email", lookup_expr="iexact", label=_("e-mail of the accountable person"))
    on = DateFilter(method="in_force", label=_("in force on"))

    class Meta:
        model = Responsibility
        fields = ("q", "distributor", "duty", "user", "on")

    def in_force(self, queryset: Any, _name: str, value: Any) -> QuerySet[Any]:
        found: QuerySet[Any] = queryset.on(value)
        return found


class MembershipFilter(ListFilterSet):
    """`on` is a day; without it, those of all times."""

    person = CharFilter(field_name="person__email", lookup_expr="iexact", label=_("e-mail of the person"))
    role = ChoicesFilter(choices=Role.choices, label=_("role"))
    distributor = CharFilter(field_name="distributor__code", label=_("distributor"))
    on = DateFilter(method="in_force", label=_("in force on"))

    class Meta:
        model = Membership
        fields = ("person", "role", "distributor", "on")

    def in_force(self, queryset: Any, _name: str, value: Any) -> QuerySet[Any]:
        found: QuerySet[Any] = queryset.on(value)
        return found


class GrantFilter(ListFilterSet):
    """`on` is a day; without it, those of all times."""

    permission = CharFilter(label=_("permission"))
    role = ChoicesFilter(choices=Role.choices, label=_("role"))
    person = CharFilter(field_name="person__email", lookup_expr="iexact", label=_("e-mail of the person"))
    on = DateFilter(method="in_force", label=_("in force on"))

    class Meta:
        model = Grant
        fields = ("permission", "role", "person", "on")

    def in_force(self, queryset: Any, _name: str, value: Any) -> QuerySet[Any]:
        found: QuerySet[Any] = queryset.on(value)
        return found


class AbsenceFilter(ListFilterSet):
    """`on` is a day; without it, absences of all times."""

    search_fields = ("person__full_name", "person__full_name_zh", "person__email__istartswith")
    person = CharFilter(field_name="person__email", lookup_expr="iexact", label=_("e-mail of the person"))
    on = DateFilter(method="in_force", label=_("away on"))

    class Meta:
        model = Absence
        fields = ("q", "person", "on")

    def in_force(self, queryset: Any, _name: str, value: Any) -> QuerySet[Any]:
        found: QuerySet[Any] = queryset.on(value)
        return found
