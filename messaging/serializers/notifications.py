"""Notifications and preferences as the API shows and takes them."""

from typing import Any

from rest_framework import serializers

from accounts.permissions import can_administer
from messaging.enums import ChannelName, ChatKind, NotificationLevel
from messaging.models import ChatAddress, Preference, Sending
from messaging.selectors.notifications import shown


class _ShownListSerializer(serializers.ListSerializer[Any]):
    """Texts and addresses of all rows at once."""

    def to_representation(self, data: Any) -> list[dict[str, Any]]:
        lines = shown(list(data), actor=self.context["request"].user)
        assert self.child is not None  # noqa: S101 - the library's own promise, for the type checker
        return [self.child.to_representation(line) for line in lines]


class NotificationSerializer(serializers.Serializer[Any]):
    """`text` is in the language of the reader; `link` is the page it leads to, empty where there is none."""

    id = serializers.IntegerField(source="notification.pk")
    kind = serializers.CharField(source="notification.kind")
    level = serializers.ChoiceField(choices=NotificationLevel.choices)
    text = serializers.CharField()
    link = serializers.CharField(source="address")
    subject_type = serializers.CharField(source="notification.subject_type")
    subject_id = serializers.IntegerField(source="notification.subject_id")
    params = serializers.JSONField(source="notification.params")
    created_at = serializers.DateTimeField(source="notification.created_at")
    read_at = serializers.DateTimeField(source="notification.read_at", allow_null=True)
    acknowledged_at = serializers.DateTimeField(source="notification.acknowledged_at", allow_null=True)

    class Meta:
        list_serializer_class = _ShownListSerializer


class IdsInput(serializers.Serializer[Any]):
    """The notifications that were read; left out, all of them."""

    ids = serializers.ListField(child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), required=False)


class AcknowledgeInput(serializers.Serializer[Any]):
    ids = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), allow_empty=False, max_length=1000
    )


class MarkedReply(serializers.Serializer[Any]):
    marked = serializers.IntegerField()


class PreferenceSerializer(serializers.ModelSerializer[Preference]):
    class Meta:
        model = Preference
        fields = ("group", "channel", "is_on")


class PreferenceInput(serializers.Serializer[Any]):
    group = serializers.CharField(max_length=32)
    channel = serializers.ChoiceField(choices=ChannelName.choices)
    is_on = serializers.BooleanField()


class SendingSerializer(serializers.ModelSerializer[Sending]):
    """`last_error` is for administrators."""

    notification = serializers.IntegerField(source="notification_id")
    last_error = serializers.SerializerMethodField()

    class Meta:
        model = Sending
        fields = ("id", "notification", "channel", "state", "attempts", "last_error", "created_at", "sent_at")

    def get_last_error(self, row: Any) -> str:
        return str(row.last_error) if can_administer(self.context["request"].user) else ""


class ReplayedReply(serializers.Serializer[Any]):
    replayed = serializers.IntegerField()


class ChatAddressSerializer(serializers.ModelSerializer[ChatAddress]):
    """`host` is all of the address that is shown."""

    class Meta:
        model = ChatAddress
        fields = ("kind", "host", "changed_at")
        read_only_fields = ("host",)


class ChatAddressInput(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=ChatKind.choices)
    url = serializers.CharField(max_length=500)
    secret = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
