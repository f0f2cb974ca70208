"""Filters of duties and templates, shared by the pages and the API."""

from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, ModelChoiceFilter

from accounts.enums import ChannelKind
from accounts.models import Duty, Territory
from core.filters import ChoicesFilter, ListFilterSet, visible_rows
from responsibility.models import AssignmentTemplate


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
