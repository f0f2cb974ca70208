"""What was sent to people, and where to: the chat of the person who asks."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.viewsets import ScopedViewSet
from messaging.filters import SendingFilter
from messaging.models import ChatAddress, Sending
from messaging.serializers.notifications import (
    AcknowledgeInput,
    ChatAddressInput,
    ChatAddressSerializer,
    ReplayedReply,
    SendingSerializer,
)
from messaging.services.preferences import remove_chat_address, set_chat_address
from messaging.services.sendings import replay_sendings


class SendingViewSet(ListModelMixin, ScopedViewSet):
    """Notifications on their way by e-mail and chat: one's own, and everybody's for administrators."""

    queryset = Sending.objects.all()
    serializer_class = SendingSerializer
    filterset_class = SendingFilter
    ordering = ("-pk",)

    @extend_schema(request=AcknowledgeInput, responses=ReplayedReply)
    @action(detail=False, methods=["post"], pagination_class=None, filterset_class=None)
    def replay(self, _request: Request) -> Response:
        """Send these again, for administrators."""
        ids = self.parse(AcknowledgeInput)["ids"]
        return Response({"replayed": replay_sendings(sending_ids=ids, actor=self.actor, now=timezone.now())})


class ChatAddressViewSet(ListModelMixin, ScopedViewSet):
    """The webhook of your chat: at most one."""

    queryset = ChatAddress.objects.all()
    serializer_class = ChatAddressSerializer

    @extend_schema(request=ChatAddressInput, responses=ChatAddressSerializer)
    def create(self, _request: Request) -> Response:
        """Set or replace it."""
        address = set_chat_address(actor=self.actor, now=timezone.now(), **self.parse(ChatAddressInput))
        return Response(ChatAddressSerializer(address).data)

    @extend_schema(request=None, responses={204: None})
    @action(detail=False, methods=["post"], pagination_class=None)
    def remove(self, _request: Request) -> Response:
        """Nothing is sent there any more."""
        remove_chat_address(actor=self.actor)
        return Response(status=204)
