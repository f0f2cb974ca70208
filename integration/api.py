"""Webhooks over the API, for those who manage them."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.viewsets import ScopedReadOnlyViewSet, ScopedViewSet
from integration.filters import WebhookDeliveryFilter, WebhookFilter
from integration.models import WebhookDelivery, WebhookEndpoint
from integration.serializers import (
    SecretReply,
    SentAgainReply,
    WebhookDeliverySerializer,
    WebhookIdsInput,
    WebhookInput,
    WebhookSerializer,
)
from integration.webhooks.services import change_webhook, create_webhook, replay_deliveries, rotate_secret


class WebhookViewSet(ScopedReadOnlyViewSet):
    """Systems that subscribe to events."""

    queryset = WebhookEndpoint.objects.all()
    serializer_class = WebhookSerializer
    filterset_class = WebhookFilter
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("pk",)
    versioned = True
    secret_fields: ClassVar = ("secret",)

    @extend_schema(request=WebhookInput, responses={201: SecretReply})
    def create(self, _request: Request) -> Response:
        """Subscribe a system. The secret is answered here alone."""
        made = create_webhook(actor=self.actor, now=timezone.now(), **self.parse(WebhookInput))
        return Response(SecretReply(made).data, status=201)

    @extend_schema(request=WebhookInput, responses=WebhookSerializer)
    def update(self, _request: Request, **_kwargs: str) -> Response:
        """Change name, address, events, and whether it is active."""
        row = self.get_object()
        change_webhook(
            endpoint_id=row.pk,
            actor=self.actor,
            expected_version=self.expected_version(),
            **self.parse(WebhookInput),
        )
        return self.answer(row.pk)

    @extend_schema(request=None, responses=SecretReply)
    @action(detail=True, methods=["post"], url_path="rotate-secret")
    def rotate_secret(self, _request: Request, **_kwargs: str) -> Response:
        """Get a new secret; the present one signs as well for 24 hours."""
        made = rotate_secret(
            endpoint_id=self.get_object().pk,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
        )
        return Response(SecretReply(made).data)


class WebhookDeliveryViewSet(ListModelMixin, ScopedViewSet):
    """What was sent to systems, and what was not taken."""

    queryset = WebhookDelivery.objects.all()
    serializer_class = WebhookDeliverySerializer
    filterset_class = WebhookDeliveryFilter
    ordering = ("-pk",)

    def rows(self, visible: Any) -> QuerySet[Any]:
        found: QuerySet[Any] = visible.with_state().select_related("event")
        return found

    @extend_schema(request=WebhookIdsInput, responses=SentAgainReply)
    @action(detail=False, methods=["post"], pagination_class=None, filterset_class=None)
    def replay(self, _request: Request) -> Response:
        """Send these again."""
        ids = self.parse(WebhookIdsInput)["ids"]
        return Response({"replayed": replay_deliveries(delivery_ids=ids, actor=self.actor, now=timezone.now())})
