"""Templates to read, onboardings with their steps, and certificates, over the API."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.viewsets import ScopedReadOnlyViewSet
from messaging.services.files import Attachment
from onboarding.filters import CertificateFilterSet, OnboardingFilterSet, StepFilterSet, TemplateFilterSet
from onboarding.models import Certificate, Onboarding, OnboardingStep, Template
from onboarding.serializers.onboarding import (
    CertificateInput,
    CertificateSerializer,
    OnboardingSerializer,
    OnboardingStepSerializer,
    OnboardingTemplateSerializer,
    StepDoneSerializer,
)
from onboarding.services.certificates import record_certificate
from onboarding.services.onboarding import do_step, open_for_orders, reopen_step

_NUMBER = "[0-9]{1,18}"


class OnboardingTemplateViewSet(ScopedReadOnlyViewSet):
    """What new distributors begin with."""

    queryset = Template.objects.all()
    serializer_class = OnboardingTemplateSerializer
    filterset_class = TemplateFilterSet
    lookup_field = "pk"
    lookup_value_regex = _NUMBER
    ordering = ("pk",)

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.select_related("price_list", "warehouse").prefetch_related("brands")
        return joined


class OnboardingViewSet(ScopedReadOnlyViewSet):
    """New distributors on their way to the first order, with their steps; a distributor sees its own."""

    queryset = Onboarding.objects.all()
    serializer_class = OnboardingSerializer
    filterset_class = OnboardingFilterSet
    lookup_field = "pk"
    lookup_value_regex = _NUMBER
    ordering = ("-pk",)
    versioned = True

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.select_related("distributor", "template").prefetch_related("steps")
        return joined

    @extend_schema(request=None, responses=OnboardingSerializer)
    @action(detail=True, methods=["post"])
    def ready(self, _request: Request, **_kwargs: str) -> Response:
        """Open the distributor for orders; 409 with everything that is missing."""
        onboarding = self.get_object()
        open_for_orders(onboarding_id=onboarding.pk, actor=self.actor, expected_version=self.expected_version())
        return self.answer(onboarding.pk)


class OnboardingStepViewSet(ScopedReadOnlyViewSet):
    """The steps of onboardings."""

    queryset = OnboardingStep.objects.all()
    serializer_class = OnboardingStepSerializer
    filterset_class = StepFilterSet
    lookup_field = "pk"
    lookup_value_regex = _NUMBER
    ordering = ("pk",)

    @extend_schema(request=StepDoneSerializer, responses=OnboardingStepSerializer)
    @action(detail=True, methods=["post"])
    def done(self, _request: Request, **_kwargs: str) -> Response:
        """Say that it is done."""
        step = self.get_object()
        do_step(step_id=step.pk, actor=self.actor, **self.parse(StepDoneSerializer))
        return self.answer(step.pk)

    @extend_schema(request=None, responses=OnboardingStepSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, _request: Request, **_kwargs: str) -> Response:
        """It was not done after all."""
        step = self.get_object()
        reopen_step(step_id=step.pk, actor=self.actor)
        return self.answer(step.pk)


class CertificateViewSet(ScopedReadOnlyViewSet):
    """What the people of distributors are trained in, and until when."""

    queryset = Certificate.objects.all()
    serializer_class = CertificateSerializer
    filterset_class = CertificateFilterSet
    lookup_field = "pk"
    lookup_value_regex = _NUMBER
    ordering = ("-pk",)

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.select_related("distributor")
        return joined

    @extend_schema(request=CertificateInput, responses={201: CertificateSerializer})
    def create(self, _request: Request) -> Response:
        """Record one; of a training step it is the proof, and the step is done."""
        values = self.parse(CertificateInput)
        upload = values.pop("file", None)
        row = record_certificate(
            distributor_id=values.pop("distributor").pk,
            step_id=values.pop("step"),
            file=Attachment.of(upload) if upload else None,
            actor=self.actor,
            **values,
        )
        return self.answer(row.pk, status=201)
