"""Evaluations and complaints by API."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.viewsets import ScopedReadOnlyViewSet
from evaluation.filters import EvaluationFilter
from evaluation.models import Evaluation
from evaluation.serializers import EvaluationDetailSerializer, EvaluationSerializer, TextSerializer
from evaluation.services.objections import answer_contest, contest_evaluation


@extend_schema_view(retrieve=extend_schema(responses=EvaluationDetailSerializer))
class EvaluationViewSet(ScopedReadOnlyViewSet):
    """The result of one distributor in a run, with the steps of its score and what they were computed from."""

    queryset = Evaluation.objects.all()
    serializer_class = EvaluationSerializer
    filterset_class = EvaluationFilter
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,9}"
    ordering = ("-id",)
    orders: ClassVar = {"rank": ("rank", "id"), "-score": ("-score", "-id")}

    def get_serializer_class(self) -> Any:
        return EvaluationSerializer if self.action == "list" else EvaluationDetailSerializer

    def rows(self, visible: Any) -> models.QuerySet[Any]:
        found: models.QuerySet[Any] = visible.select_related("run", "distributor")
        return found if self.action == "list" else found.prefetch_related("steps")

    def filter_queryset(self, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """What lists leave out, replaced and voided, can be read and acted upon by its id."""
        found = super().filter_queryset(queryset)
        return found if self.action == "list" else queryset

    @extend_schema(request=TextSerializer, responses=EvaluationDetailSerializer)
    @action(detail=True, methods=["post"])
    def contest(self, _request: Request, **_kwargs: str) -> Response:
        """The owner's objection; the people responsible for the distributor are notified."""
        evaluation = self.get_object()
        contest_evaluation(
            evaluation_id=evaluation.pk,
            actor=self.actor,
            now=timezone.now(),
            **self.parse(TextSerializer),
        )
        return self.answer(evaluation.pk)

    @extend_schema(request=TextSerializer, responses=EvaluationDetailSerializer)
    @action(detail=True, methods=["post"], url_path="answer", url_name="answer")
    def answer_objection(self, _request: Request, **_kwargs: str) -> Response:
        """Answer an objection; whoever raised it is notified."""
        evaluation = self.get_object()
        answer_contest(evaluation_id=evaluation.pk, actor=self.actor, now=timezone.now(), **self.parse(TextSerializer))
        return self.answer(evaluation.pk)
