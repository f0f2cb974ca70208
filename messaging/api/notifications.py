"""Notifications and their preferences through the API."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.viewsets import ScopedViewSet
from messaging.filters import NotificationFilter, PreferenceFilter
from messaging.models import Notification, Preference
from messaging.serializers.notifications import (
    AcknowledgeInput,
    IdsInput,
    MarkedReply,
    NotificationSerializer,
    PreferenceInput,
    PreferenceSerializer,
)
from messaging.services.notifications import acknowledge_notifications, mark_notifications_read
from messaging.services.preferences import set_preference


class NotificationViewSet(ListModelMixin, ScopedViewSet):
    """What you must know or do; the newest first. `text` is in the language of `Accept-Language`."""

    queryset = Notification.objects.all()
    serializer_class = NotificationSerializer
    filterset_class = NotificationFilter
    ordering = ("-created_at",)
    required_scope = "order"

    @extend_schema(request=IdsInput, responses=MarkedReply)
    @action(detail=False, methods=["post"], pagination_class=None, filterset_class=None)
    def read(self, _request: Request) -> Response:
        ids = self.parse(IdsInput).get("ids")
        marked = mark_notifications_read(actor=self.actor, now=timezone.now(), notification_ids=ids)
        return Response({"marked": marked})

    @extend_schema(request=AcknowledgeInput, responses=MarkedReply)
    @action(detail=False, methods=["post"], pagination_class=None, filterset_class=None)
    def acknowledge(self, _request: Request) -> Response:
        ids = self.parse(AcknowledgeInput)["ids"]
        marked = acknowledge_notifications(actor=self.actor, now=timezone.now(), notification_ids=ids)
        return Response({"marked": marked})


class PreferenceViewSet(ListModelMixin, ScopedViewSet):
    """By which channels you want which notifications, where you chose otherwise than by default."""

    queryset = Preference.objects.all()
    serializer_class = PreferenceSerializer
    filterset_class = PreferenceFilter
    ordering = ("group", "channel")

    @extend_schema(request=PreferenceInput, responses=PreferenceSerializer)
    def create(self, _request: Request) -> Response:
        preference = set_preference(actor=self.actor, **self.parse(PreferenceInput))
        return Response(PreferenceSerializer(preference).data)
