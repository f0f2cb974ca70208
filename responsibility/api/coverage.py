"""Coverage through the API."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Duty, Responsibility
from core.api.viewsets import ScopedViewSet
from responsibility.selectors.coverage import coverage_spans
from responsibility.serializers import CoverageInput, CoverageSerializer


class CoverageViewSet(ScopedViewSet):
    """Who is accountable on every day from `first` to `last`: stretches of days, gaps included. At most 100 distributors."""

    queryset = Responsibility.objects.all()
    serializer_class = CoverageSerializer
    pagination_class = None  # type: ignore[assignment]  # how DRF is told that there is none
    own_parameters = ("distributor", "duty", "first", "last")

    @extend_schema(parameters=[CoverageInput], responses=CoverageSerializer(many=True))
    def list(self, request: Request) -> Response:
        serializer = CoverageInput(data=request.query_params, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        values = serializer.validated_data
        spans = coverage_spans(
            [one.pk for one in values["distributor"]],
            [one.pk for one in values.get("duty") or Duty.objects.visible_to(self.actor).filter(is_active=True)],
            first=values["first"],
            last=values["last"],
        )
        rows: Any = list(spans)
        return Response(CoverageSerializer(rows, many=True).data)
