"""Webhooks as the API shows and takes them."""

from typing import Any

from rest_framework import serializers

from integration.models import WebhookDelivery, WebhookEndpoint
from messaging.enums import SendingState


class WebhookSerializer(serializers.ModelSerializer[WebhookEndpoint]):
    """The secret is not among it: it is answered once, when it is made."""

    class Meta:
        model = WebhookEndpoint
        fields = ("id", "name", "url", "kinds", "is_active", "previous_until", "created_at", "version")


class SecretReply(WebhookSerializer):
    class Meta(WebhookSerializer.Meta):
        fields = (*WebhookSerializer.Meta.fields, "secret")  # type: ignore[assignment]  # one more


class WebhookInput(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=100)
    url = serializers.CharField(max_length=500)
    kinds = serializers.ListField(child=serializers.CharField(max_length=64), allow_empty=False, max_length=500)
    is_active = serializers.BooleanField(required=False, default=True)


class WebhookDeliverySerializer(serializers.ModelSerializer[WebhookDelivery]):
    endpoint = serializers.IntegerField(source="endpoint_id")
    event = serializers.IntegerField(source="event_id")
    kind = serializers.CharField(source="event.kind")
    state = serializers.ChoiceField(choices=SendingState.choices)
    attempts = serializers.IntegerField()
    last_error = serializers.CharField()

    class Meta:
        model = WebhookDelivery
        fields = ("id", "endpoint", "event", "kind", "state", "attempts", "last_error", "created_at", "sent_at")


class WebhookIdsInput(serializers.Serializer[Any]):
    ids = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), allow_empty=False, max_length=1000
    )


class SentAgainReply(serializers.Serializer[Any]):
    replayed = serializers.IntegerField()
