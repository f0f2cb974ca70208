"""Filters of notifications."""

from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter

from core.filters import ChoicesFilter, ListFilterSet
from messaging.enums import ChannelName, SendingState
from messaging.models import ConversationMessage, Notification, Preference, Sending


class NotificationFilter(ListFilterSet):
    unread = BooleanFilter(field_name="read_at", lookup_expr="isnull", label=_("unread"))

    class Meta:
        model = Notification
        fields = ("unread", "level")


class PreferenceFilter(ListFilterSet):
    class Meta:
        model = Preference
        fields = ("group", "channel")


class SendingFilter(ListFilterSet):
    channel = ChoicesFilter(
        choices=[(one.value, one.label) for one in ChannelName if one != ChannelName.PAGE], label=_("Channel")
    )
    unsent = BooleanFilter(field_name="sent_at", lookup_expr="isnull", label=_("Not sent"))

    state = ChoicesFilter(choices=SendingState.choices, label=_("Status"))

    class Meta:
        model = Sending
        fields = ("channel", "state", "unsent")


class ConversationMessageFilter(ListFilterSet):
    class Meta:
        model = ConversationMessage
        fields = ("subject_type", "subject_id", "is_internal")
