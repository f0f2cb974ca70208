"""Scorecards and runs by API."""

from http import HTTPStatus
from typing import Any

from django.db import models
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.viewsets import ScopedReadOnlyViewSet
from core.errors import NotVisible
from evaluation.enums import ScorecardStatus
from evaluation.filters import RunFilter, ScorecardFilter
from evaluation.models import EvaluationRun, Scorecard
from evaluation.serializers import (
    RunSerializer,
    SaveScorecardSerializer,
    ScorecardSerializer,
    StartRunSerializer,
    VoidRunSerializer,
)
from evaluation.services.runs import start_run
from evaluation.services.scorecards import CriterionInput, GradeInput, activate_scorecard, save_scorecard
from evaluation.services.voids import void_run


class ScorecardViewSet(ScopedReadOnlyViewSet):
    """The rules of the evaluation, in versions. A version that was in force is never changed."""

    queryset = Scorecard.objects.all()
    serializer_class = ScorecardSerializer
    filterset_class = ScorecardFilter
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,9}"
    ordering = ("code", "version")

    def rows(self, visible: Any) -> models.QuerySet[Any]:
        found: models.QuerySet[Any] = visible.prefetch_related("criteria")
        return found

    @extend_schema(request=SaveScorecardSerializer, responses={201: ScorecardSerializer})
    def create(self, _request: Request) -> Response:
        """Write the draft of a scorecard: a new version, or the draft that is there."""
        data = self.parse(SaveScorecardSerializer)
        saved = save_scorecard(
            code=data["code"],
            name=data["name"],
            name_zh=data["name_zh"],
            criteria=[CriterionInput(**one) for one in data["criteria"]],
            grades=[GradeInput(**one) for one in data["grades"]],
            minimum_coverage=data["minimum_coverage"],
            actor=self.actor,
        )
        return self.answer(saved.pk, status=HTTPStatus.CREATED)

    @extend_schema(request=None, responses=ScorecardSerializer)
    @action(detail=True, methods=["post"])
    def activate(self, _request: Request, **_kwargs: str) -> Response:
        """Put a draft in force; the version before is retired."""
        card = self.get_object()
        activate_scorecard(scorecard_id=card.pk, actor=self.actor)
        return self.answer(card.pk)


class RunViewSet(ScopedReadOnlyViewSet):
    """Evaluations of all distributors over a span of business periods."""

    queryset = EvaluationRun.objects.all()
    serializer_class = RunSerializer
    filterset_class = RunFilter
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,9}"
    ordering = ("-ends_on", "-id")

    def rows(self, visible: Any) -> models.QuerySet[Any]:
        found: models.QuerySet[Any] = visible.select_related("scorecard", "year")
        return found

    def filter_queryset(self, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """What lists leave out, replaced and voided, can be read and acted upon by its id."""
        found = super().filter_queryset(queryset)
        return found if self.action == "list" else queryset

    @extend_schema(request=StartRunSerializer, responses={201: RunSerializer, 200: RunSerializer})
    def create(self, _request: Request) -> Response:
        """Start a run: 201. The same scorecard and days again answer 200 with the run that is there.

        Days that are not over yet are refused, unless a provisional run is asked for.
        """
        data = self.parse(StartRunSerializer)
        cards = Scorecard.objects.visible_to(self.actor).filter(code=data["scorecard"], status=ScorecardStatus.ACTIVE)
        started = start_run(
            scorecard_id=_only(cards.values_list("pk", flat=True)),
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            provisional=data["provisional"],
            actor=self.actor,
            now=timezone.now(),
        )
        return self.answer(started.run.pk, status=HTTPStatus.CREATED if started.created else HTTPStatus.OK)

    @extend_schema(request=VoidRunSerializer, responses=RunSerializer)
    @action(detail=True, methods=["post"])
    def void(self, _request: Request, **_kwargs: str) -> Response:
        """Take a finished run out of lists, trends and rankings; it stays readable, with the reason."""
        run = self.get_object()
        void_run(run_id=run.pk, actor=self.actor, now=timezone.now(), **self.parse(VoidRunSerializer))
        return self.answer(run.pk)


def _only(found: Any) -> int:
    pk: int | None = found.first()
    if pk is None:
        raise NotVisible
    return pk
