"""Minimum purchases against what was bought, over the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from channel.models import MinimumPurchase
from core.api.viewsets import ScopedViewSet
from planning.filters import MinimumFilterSet
from planning.selectors.minimums import of_current_agreements, read_minimums
from planning.serializers.minimums import MinimumProgressSerializer


class MinimumPurchaseViewSet(ScopedViewSet):
    """What each agreement under which orders are taken today wants bought, and what was bought on its basis."""

    queryset = MinimumPurchase.objects.all()
    serializer_class = MinimumProgressSerializer
    filterset_class = MinimumFilterSet
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("-pk",)

    def rows(self, visible: Any) -> QuerySet[Any]:
        rows: QuerySet[Any] = of_current_agreements(visible, day=timezone.localdate())
        return rows

    @extend_schema(responses=MinimumProgressSerializer(many=True))
    def list(self, _request: Request) -> Response:
        page: Any = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        found = read_minimums([row.pk for row in page], today=timezone.localdate())
        return self.get_paginated_response(MinimumProgressSerializer(found, many=True).data)

    @extend_schema(responses=MinimumProgressSerializer)
    def retrieve(self, _request: Request, **_kwargs: str) -> Response:
        (found,) = read_minimums([self.get_object().pk], today=timezone.localdate())
        return Response(MinimumProgressSerializer(found).data)
