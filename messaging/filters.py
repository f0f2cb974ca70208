"""Filters of notifications."""

from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter

from core.filters import ListFilterSet
from messaging.models import Notification, Preference


class NotificationFilter(ListFilterSet):
    unread = BooleanFilter(field_name="read_at", lookup_expr="isnull", label=_("unread"))

    class Meta:
        model = Notification
        fields = ("unread", "level")


class PreferenceFilter(ListFilterSet):
    class Meta:
        model = Preference
        fields = ("group", "channel")
