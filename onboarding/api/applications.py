"""Applications over the API: read, checked, marked and decided. They are submitted on the public form alone."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.viewsets import ScopedReadOnlyViewSet
from messaging.services.files import Attachment
from onboarding.filters import ApplicationFilterSet
from onboarding.models import Application
from onboarding.selectors.waiting import waiting_applications
from onboarding.serializers.applications import (
    ApplicationRowSerializer,
    ApplicationSerializer,
    ApproveSerializer,
    CheckFileSerializer,
    MarkSerializer,
    QuestionSerializer,
    RefuseSerializer,
    WaitingApplicationsSerializer,
)
from onboarding.services.approving import approve_application
from onboarding.services.reviewing import check_file, finish_check, refuse_application, return_application
from onboarding.services.screening import finish_assessment, reopen_assessment, set_mark


class ApplicationViewSet(ScopedReadOnlyViewSet):
    """Companies that want to become distributors, for the brand's people."""

    queryset = Application.objects.all()
    serializer_class = ApplicationSerializer
    filterset_class = ApplicationFilterSet
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("-pk",)
    versioned = True

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.select_related("territory", "distributor", "policy").prefetch_related("marks")
        return joined if self.action == "list" else joined.prefetch_related("brands", "files")

    def get_serializer_class(self) -> Any:
        return ApplicationRowSerializer if self.action == "list" else ApplicationSerializer

    @extend_schema(responses=WaitingApplicationsSerializer)
    @action(detail=False, methods=["get"], pagination_class=None, filterset_class=None)
    def waiting(self, _request: Request) -> Response:
        """How many open applications wait for what and for whom, and for how long."""
        found = waiting_applications(self.actor, today=timezone.localdate())
        return Response(WaitingApplicationsSerializer(found).data)

    @extend_schema(request=CheckFileSerializer, responses=ApplicationSerializer)
    @action(detail=True, methods=["post"], url_path="check-file")
    def check_file(self, _request: Request, **_kwargs: str) -> Response:
        """Say of one document whether it is valid."""
        application = self.get_object()
        values = self.parse(CheckFileSerializer)
        file = application.files.filter(pk=values.pop("file")).first()
        check_file(file_id=file.pk if file else 0, actor=self.actor, **values)
        return self.answer(application.pk)

    @extend_schema(request=None, responses=ApplicationSerializer)
    @action(detail=True, methods=["post"])
    def check(self, _request: Request, **_kwargs: str) -> Response:
        """The documents are in order."""
        return self._take(finish_check)

    @extend_schema(request=MarkSerializer, responses=ApplicationSerializer)
    @action(detail=True, methods=["post"])
    def mark(self, _request: Request, **_kwargs: str) -> Response:
        """Mark one criterion from 0 to 100, with what it rests on."""
        application = self.get_object()
        values = self.parse(MarkSerializer)
        upload = values.pop("evidence", None)
        set_mark(
            application_id=application.pk,
            evidence=Attachment.of(upload) if upload else None,
            actor=self.actor,
            **values,
        )
        return self.answer(application.pk)

    @extend_schema(request=None, responses=ApplicationSerializer)
    @action(detail=True, methods=["post"])
    def assess(self, _request: Request, **_kwargs: str) -> Response:
        """Finish the assessment."""
        return self._take(finish_assessment)

    @extend_schema(request=None, responses=ApplicationSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, _request: Request, **_kwargs: str) -> Response:
        """Let marks be given again."""
        return self._take(reopen_assessment)

    @extend_schema(request=QuestionSerializer, responses=ApplicationSerializer)
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    def give_back(self, _request: Request, **_kwargs: str) -> Response:
        """Ask the applicant for more."""
        return self._take(return_application, QuestionSerializer)

    @extend_schema(request=RefuseSerializer, responses=ApplicationSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, _request: Request, **_kwargs: str) -> Response:
        """Refuse it; the applicant gets a letter."""
        return self._take(refuse_application, RefuseSerializer)

    @extend_schema(request=ApproveSerializer, responses=ApplicationSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, _request: Request, **_kwargs: str) -> Response:
        """Make a distributor of it by a template. The owner's link goes to the applicant alone."""
        application = self.get_object()
        values = self.parse(ApproveSerializer)
        approve_application(
            application_id=application.pk,
            template_id=values["template"].pk,
            territory_id=values["territory"].pk,
            actor=self.actor,
            expected_version=self.expected_version(),
            now=timezone.now(),
        )
        return self.answer(application.pk)

    def _take(self, service: Any, serializer_class: Any = None) -> Response:
        application = self.get_object()
        values = self.parse(serializer_class) if serializer_class else {}
        service(application_id=application.pk, actor=self.actor, expected_version=self.expected_version(), **values)
        return self.answer(application.pk)
