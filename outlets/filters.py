from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, CharFilter, DateFilter, ModelChoiceFilter

from accounts.models import Distributor, Territory
from accounts.selectors.distributors import territory_ids_below
from catalogue.models import Brand
from core.filters import ChoicesFilter, CodeFilter, ListFilterSet, visible_rows
from outlets.enums import DirectionKind, OutletKind, OutletStatus
from outlets.models import BusinessDirection, Outlet, OutletLink
from outlets.querysets import CONTROL_LABELS


class OutletFilter(ListFilterSet):
    """`distributor` takes those that buy from it or its branch today, `brand` those that buy it from anybody."""

    search_fields = ("search_text",)
    status = ChoicesFilter(choices=OutletStatus.choices, label=_("Status"))
    kind = ChoicesFilter(choices=OutletKind.choices, label=_("Kind of outlet"))
    distributor = CodeFilter(queryset=visible_rows(Distributor), method="of_distributor", label=_("Distributor"))
    brand = ModelChoiceFilter(queryset=visible_rows(Brand), to_field_name="code", method="of_brand", label=_("Brand"))
    territory = ModelChoiceFilter(
        queryset=visible_rows(Territory), to_field_name="code", method="in_territory", label=_("Territory")
    )
    head_office = CharFilter(field_name="head_office__code", label=_("Code of the head office"))
    control = ChoicesFilter(
        choices=list(CONTROL_LABELS.items()), method="under_control", label=_("Who decides the number of outlets")
    )
    unlinked = BooleanFilter(method="only_unlinked", label=_("Buys from nobody"))

    class Meta:
        model = Outlet
        fields = ("status", "kind", "distributor", "brand", "territory", "head_office", "control", "unlinked")

    def of_distributor(self, queryset: Any, _name: str, value: Distributor) -> QuerySet[Any]:
        found: QuerySet[Any] = queryset.of_distributors(Distributor.objects.branch_of(value.pk).values("pk"))
        return found

    def of_brand(self, queryset: Any, _name: str, value: Brand) -> QuerySet[Any]:
        found: QuerySet[Any] = queryset.buying(value.pk)
        return found

    def in_territory(self, queryset: QuerySet[Any], _name: str, value: Territory) -> QuerySet[Any]:
        return queryset.filter(territory__in=territory_ids_below(value.code))

    def under_control(self, queryset: Any, _name: str, value: Any) -> QuerySet[Any]:
        chosen = [value] if isinstance(value, str) else list(value or ())
        found: QuerySet[Any] = queryset.with_control().filter(control__in=chosen) if chosen else queryset
        return found

    def only_unlinked(self, queryset: Any, _name: str, value: bool) -> QuerySet[Any]:  # noqa: FBT001 - django-filter's form
        linked = queryset.of_distributors(Distributor.objects.visible_to(self.request.user).values("pk"))
        found: QuerySet[Any] = queryset.exclude(pk__in=linked.values("pk")) if value else linked
        return found


class OutletLinkFilter(ListFilterSet):
    """`on` is a day; without it, those of all times."""

    search_fields = ("outlet__search_text", "distributor__search_text")
    outlet = CharFilter(field_name="outlet__code", label=_("Outlet"))
    distributor = CodeFilter(queryset=visible_rows(Distributor), label=_("Distributor"))
    brand = ModelChoiceFilter(queryset=visible_rows(Brand), to_field_name="code", label=_("Brand"))
    on = DateFilter(method="in_force", label=_("in force on"))

    class Meta:
        model = OutletLink
        fields = ("outlet", "distributor", "brand", "on")

    def in_force(self, queryset: Any, _name: str, value: Any) -> QuerySet[Any]:
        found: QuerySet[Any] = queryset.on(value)
        return found


class DirectionFilter(ListFilterSet):
    """`on` is a day; without it, those of all times."""

    distributor = CodeFilter(queryset=visible_rows(Distributor), label=_("Distributor"))
    kind = ChoicesFilter(choices=DirectionKind.choices, label=_("direction of business"))
    on = DateFilter(method="in_force", label=_("in force on"))

    class Meta:
        model = BusinessDirection
        fields = ("distributor", "kind", "on")

    def in_force(self, queryset: Any, _name: str, value: Any) -> QuerySet[Any]:
        found: QuerySet[Any] = queryset.on(value)
        return found
