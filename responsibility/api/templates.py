"""Assignment templates through the API: read, and applied to a distributor."""

from typing import Any

from django.db import models
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.viewsets import ScopedReadOnlyViewSet
from responsibility.filters import TemplateFilter
from responsibility.models import AssignmentTemplate
from responsibility.serializers import AppliedSerializer, ApplyInput, TemplateSerializer
from responsibility.services.templates import apply_assignment_template


class TemplateViewSet(ScopedReadOnlyViewSet):
    """Who is given each duty of a new distributor, by territory and kind of channel."""

    queryset = AssignmentTemplate.objects.all()
    serializer_class = TemplateSerializer
    filterset_class = TemplateFilter
    ordering = ("code",)

    def rows(self, visible: Any) -> models.QuerySet[Any]:
        return visible.select_related("territory").prefetch_related("lines__duty", "lines__person", "lines__stand_in")  # type: ignore[no-any-return]  # a scoped queryset of templates

    @extend_schema(request=ApplyInput, responses=AppliedSerializer)
    @action(detail=False, methods=["post"], pagination_class=None, filterset_class=None)
    def apply(self, _request: Request) -> Response:
        """Give each duty that nobody answers for to whom the template says; without one, the closest applies."""
        values = self.parse(ApplyInput)
        template = values.get("template")
        done = apply_assignment_template(
            distributor_id=values["distributor"].pk,
            actor=self.actor,
            on=values.get("on"),
            template_id=template.pk if template else None,
        )
        return Response(AppliedSerializer(done).data)
