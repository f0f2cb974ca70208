"""Filters of the lists of this app, shared by the pages and the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, ModelChoiceFilter

from accounts.enums import ChannelKind
from accounts.models import Duty, Responsibility, Territory, User
from core.filters import ChoicesFilter, ListFilterSet, visible_rows
from responsibility.models import AssignmentTemplate
from responsibility.selectors.load import overloaded_ids


class DutyFilter(ListFilterSet):
    search_fields = ("code__icontains", "name", "name_zh", "covers", "covers_zh")
    is_active = BooleanFilter(label=_("in use"))

    class Meta:
        model = Duty
        fields = ("q", "is_active")


class TemplateFilter(ListFilterSet):
    search_fields = ("code__icontains", "name", "name_zh")
    territory = ModelChoiceFilter(to_field_name="code", queryset=visible_rows(Territory), label=_("territory"))
    channel_kind = ChoicesFilter(choices=ChannelKind.choices, label=_("channel kind"))
    is_active = BooleanFilter(label=_("in use"))

    class Meta:
        model = AssignmentTemplate
        fields = ("q", "territory", "channel_kind", "is_active")


class SilentFilter(ListFilterSet):
    search_fields = ("distributor__search_text", "user__full_name", "user__full_name_zh")
    duty = ModelChoiceFilter(to_field_name="code", queryset=visible_rows(Duty), label=_("duty"))
    user = ModelChoiceFilter(queryset=visible_rows(User), label=_("person"))

    class Meta:
        model = Responsibility
        fields = ("q", "duty", "user")


class IfLeftFilter(SilentFilter):
    nobody = BooleanFilter(field_name="replacement_id", lookup_expr="isnull", label=_("nobody would act"))

    class Meta:
        model = Responsibility
        fields = ("q", "duty", "user", "nobody")


class LoadFilter(ListFilterSet):
    search_fields = ("full_name", "full_name_zh", "email__istartswith")
    over = BooleanFilter(method="overloaded", label=_("overloaded"))

    class Meta:
        model = User
        fields = ("q", "over")

    def overloaded(self, queryset: Any, _name: str, value: Any) -> QuerySet[Any]:
        ids = overloaded_ids(on=timezone.localdate())
        found: QuerySet[Any] = queryset.filter(pk__in=ids) if value else queryset.exclude(pk__in=ids)
        return found
