"""Who answers for whom, through the API."""

from typing import Any

from django.db import models
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.filters import ResponsibilityFilter
from accounts.models import Responsibility
from accounts.serializers.responsibilities import (
    EndInput,
    HandOverInput,
    ResponsibilityInput,
    ResponsibilitySerializer,
)
from accounts.services.responsibilities.assignments import DutyOf, assign_responsibility, end_responsibility
from accounts.services.responsibilities.hand_over import hand_over
from core.api.viewsets import ScopedReadOnlyViewSet


class ResponsibilityViewSet(ScopedReadOnlyViewSet):
    """Stretches of time in which one person answers for one duty of one distributor."""

    queryset = Responsibility.objects.all()
    serializer_class = ResponsibilitySerializer
    filterset_class = ResponsibilityFilter
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("-starts_on",)
    versioned = True

    def rows(self, visible: Any) -> models.QuerySet[Any]:
        return visible.select_related("distributor", "duty", "user", "stand_in")  # type: ignore[no-any-return]  # a view set knows its rows as Any

    @extend_schema(request=ResponsibilityInput, responses={201: ResponsibilitySerializer})
    def create(self, _request: Request) -> Response:
        values = self.parse(ResponsibilityInput)
        stand_in = values.get("stand_in")
        responsibility = assign_responsibility(
            actor=self.actor,
            distributor_id=values["distributor"].pk,
            duty_id=values["duty"].pk,
            user_id=values["person"].pk,
            stand_in_id=stand_in.pk if stand_in else None,
            starts_on=values["starts_on"],
            ends_on=values.get("ends_on"),
            note=values.get("note", ""),
        )
        return self.answer(responsibility.pk, status=201)

    @extend_schema(request=EndInput, responses=ResponsibilitySerializer)
    @action(detail=True, methods=["post"])
    def end(self, _request: Request, **_kwargs: str) -> Response:
        responsibility = self.get_object()
        end_responsibility(
            actor=self.actor,
            responsibility_id=responsibility.pk,
            expected_version=self.expected_version(),
            **self.parse(EndInput),
        )
        return self.answer(responsibility.pk)

    @extend_schema(request=HandOverInput, responses=ResponsibilitySerializer(many=True))
    @action(detail=False, methods=["post"], url_path="hand-over", pagination_class=None, filterset_class=None)
    def hand_over(self, _request: Request) -> Response:
        values = self.parse(HandOverInput)
        wanted = [DutyOf(distributor_id=one["distributor"].pk, duty_id=one["duty"].pk) for one in values["selection"]]
        moved = hand_over(
            actor=self.actor,
            selection=wanted,
            from_user_id=values["from_person"].pk,
            to_user_id=values["to_person"].pk,
            on=values["on"],
        )
        rows = self.get_queryset().filter(pk__in=[row.pk for row in moved]).order_by("pk")
        return Response(self.get_serializer(rows, many=True).data)
