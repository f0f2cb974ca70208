"""Conversations over the API: listed, written, read, withdrawn, with their files."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Distributor
from core.api.viewsets import ScopedViewSet
from core.errors import InvalidInput, NotVisible
from messaging.filters import ConversationMessageFilter
from messaging.models import ConversationMessage
from messaging.selectors.conversations import unread_conversations
from messaging.serializers.conversations import (
    ConversationMessageSerializer,
    MessageInput,
    SubjectInput,
    UnreadSerializer,
)
from messaging.services.conversations import (
    NewMessage,
    mark_conversation_read,
    post_message,
    visible_file,
    withdraw_message,
)
from messaging.services.files import Attachment, as_download


class MessageViewSet(ListModelMixin, ScopedViewSet):
    """Messages about documents and distributors, the newest first."""

    queryset = ConversationMessage.objects.all()
    serializer_class = ConversationMessageSerializer
    filterset_class = ConversationMessageFilter
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("-pk",)

    def rows(self, visible: Any) -> QuerySet[Any]:
        found: QuerySet[Any] = visible.select_related("author", "distributor").prefetch_related("files", "mentions")
        return found

    @extend_schema(
        request={"multipart/form-data": MessageInput, "application/json": MessageInput},
        responses={201: ConversationMessageSerializer},
    )
    def create(self, _request: Request) -> Response:
        """Write a message; with files as `multipart/form-data`."""
        values = self.parse(MessageInput)
        written = post_message(
            subject_type=values["subject_type"],
            subject_id=values["subject_id"],
            message=NewMessage(
                text=values["text"],
                internal=values["internal"],
                distributor_id=self._distributor_id(values["distributor"]),
                mentions=values["mentions"],
                attachments=[Attachment.of(upload) for upload in values["files"]],
            ),
            actor=self.actor,
            now=timezone.now(),
        )
        return self.answer(written.pk, status=201)

    def _distributor_id(self, code: str) -> int | None:
        if not code:
            return None
        found: int | None = (
            Distributor.objects.visible_to(self.actor).filter(code=code).values_list("pk", flat=True).first()
        )
        if found is None:
            raise InvalidInput(_("Choose a distributor that this is about."), code="unknown", field="distributor")
        return found

    @extend_schema(request=None, responses=ConversationMessageSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, _request: Request, **_kwargs: str) -> Response:
        """Take back what you wrote within ten minutes."""
        row = self.get_object()
        withdraw_message(message_id=row.pk, actor=self.actor, now=timezone.now())
        return self.answer(row.pk)

    @extend_schema(request=SubjectInput, responses={204: None})
    @action(detail=False, methods=["post"], pagination_class=None, filterset_class=None)
    def read(self, _request: Request) -> Response:
        """You have read all of this conversation."""
        mark_conversation_read(actor=self.actor, **self.parse(SubjectInput))
        return Response(status=204)

    @extend_schema(responses=UnreadSerializer(many=True), filters=False)
    @action(detail=False, methods=["get"], pagination_class=None, filterset_class=None)
    def unread(self, _request: Request) -> Response:
        """Your conversations with what you have not read of them, the newest first."""
        return Response(UnreadSerializer(unread_conversations(self.actor), many=True).data)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}, filters=False)
    @action(
        detail=True,
        methods=["get"],
        url_path=r"files/(?P<file_id>[0-9]{1,18})",
        pagination_class=None,
        filterset_class=None,
    )
    def file(self, _request: Request, pk: str, file_id: str) -> HttpResponseBase:
        """A file of the message."""
        found = visible_file(file_id=int(file_id), actor=self.actor)
        if found.message_id != int(pk):
            raise NotVisible
        return as_download(found.file, name=found.name, media_type=found.media_type)
