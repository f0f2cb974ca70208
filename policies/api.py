"""Announcements and policies over the API: written, published, acknowledged, and who has not."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.viewsets import ScopedReadOnlyViewSet, ScopedViewSet
from core.errors import NotVisible
from messaging.services.files import Attachment, as_download
from policies.filters import AnnouncementFilterSet, RecipientFilterSet
from policies.models import Announcement, AnnouncementFile, AnnouncementRecipient
from policies.serializers import (
    AnnouncementInput,
    AnnouncementSerializer,
    FileInput,
    NameInput,
    RecipientSerializer,
    RulesInput,
    text_from,
)
from policies.services.announcements import attach_file, create_announcement, revise_announcement, save_announcement
from policies.services.publishing import acknowledge_announcement, publish_announcement, withdraw_announcement
from policies.services.rules import choose_rules


class AnnouncementViewSet(ScopedReadOnlyViewSet):
    """What distributors are told and must acknowledge, in revisions; a distributor sees what was sent to it."""

    queryset = Announcement.objects.all()
    serializer_class = AnnouncementSerializer
    filterset_class = AnnouncementFilterSet
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("-pk",)
    versioned = True

    def rows(self, visible: Any) -> QuerySet[Any]:
        found: QuerySet[Any] = visible.prefetch_related("files")
        return found

    @extend_schema(request=AnnouncementInput, responses={201: AnnouncementSerializer})
    def create(self, _request: Request) -> Response:
        """Write a draft."""
        new = create_announcement(text=text_from(self.parse(AnnouncementInput)), actor=self.actor)
        return self.answer(new.pk, status=201)

    @extend_schema(request=AnnouncementInput, responses=AnnouncementSerializer)
    def update(self, _request: Request, **_kwargs: str) -> Response:
        """Replace all that a draft says."""
        row = self.get_object()
        save_announcement(
            announcement_id=row.pk,
            text=text_from(self.parse(AnnouncementInput)),
            actor=self.actor,
            expected_version=self.expected_version(),
        )
        return self.answer(row.pk)

    @extend_schema(request=None, responses=AnnouncementSerializer)
    @action(detail=True, methods=["post"])
    def publish(self, _request: Request, **_kwargs: str) -> Response:
        """Freeze its audience and send it."""
        return self._take(publish_announcement)

    @extend_schema(request=None, responses=AnnouncementSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, _request: Request, **_kwargs: str) -> Response:
        """It holds no longer."""
        return self._take(withdraw_announcement)

    @extend_schema(request=None, responses={201: AnnouncementSerializer})
    @action(detail=True, methods=["post"])
    def revise(self, _request: Request, **_kwargs: str) -> Response:
        """Begin the next revision, which is answered."""
        row = self.get_object()
        new = revise_announcement(announcement_id=row.pk, actor=self.actor, expected_version=self.expected_version())
        return self.answer(new.pk, status=201)

    @extend_schema(request={"multipart/form-data": FileInput}, responses={201: AnnouncementSerializer})
    @action(detail=True, methods=["post"])
    def files(self, _request: Request, **_kwargs: str) -> Response:
        """Attach a file to a draft."""
        row = self.get_object()
        upload = self.parse(FileInput)["file"]
        attach_file(announcement_id=row.pk, attachment=Attachment.of(upload), actor=self.actor)
        return self.answer(row.pk, status=201)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}, filters=False)
    @action(
        detail=True,
        methods=["get"],
        url_path=r"files/(?P<file_id>[0-9]{1,18})",
        pagination_class=None,
        filterset_class=None,
    )
    def file(self, _request: Request, file_id: str, **_kwargs: str) -> HttpResponseBase:
        """A file of the announcement."""
        found = (
            AnnouncementFile.objects.visible_to(self.actor).filter(pk=file_id, announcement=self.get_object()).first()
        )
        if found is None:
            raise NotVisible
        return as_download(found.file, name=found.name, media_type=found.media_type)

    @extend_schema(request=RulesInput, responses=AnnouncementSerializer)
    @action(detail=True, methods=["post"])
    def rules(self, _request: Request, **_kwargs: str) -> Response:
        """Say which price lists and promotions follow this policy: exactly these."""
        row = self.get_object()
        values = self.parse(RulesInput)
        choose_rules(
            announcement_id=row.pk,
            price_list_ids=[rule.pk for rule in values["price_lists"]],
            promotion_ids=[rule.pk for rule in values["promotions"]],
            actor=self.actor,
        )
        return self.answer(row.pk)

    @extend_schema(request=NameInput, responses=AnnouncementSerializer)
    @action(detail=True, methods=["post"])
    def acknowledge(self, _request: Request, **_kwargs: str) -> Response:
        """Record that your company has taken note of it."""
        row = self.get_object()
        acknowledge_announcement(announcement_id=row.pk, actor=self.actor, **self.parse(NameInput))
        return self.answer(row.pk)

    def _take(self, service: Any) -> Response:
        row = self.get_object()
        service(announcement_id=row.pk, actor=self.actor, expected_version=self.expected_version())
        return self.answer(row.pk)


class RecipientViewSet(ListModelMixin, ScopedViewSet):
    """Who has acknowledged which announcement, and who has not; a distributor sees its own."""

    queryset = AnnouncementRecipient.objects.all()
    serializer_class = RecipientSerializer
    filterset_class = RecipientFilterSet
    ordering = ("-pk",)

    def rows(self, visible: Any) -> QuerySet[Any]:
        found: QuerySet[Any] = visible.select_related("distributor")
        return found
