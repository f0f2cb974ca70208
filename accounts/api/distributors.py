"""Distributors through the API."""

from typing import Any

from django.db import models
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.filters import DistributorFilter
from accounts.models import Distributor
from accounts.serializers.distributors import DistributorChange, DistributorInput, DistributorSerializer, as_values
from accounts.services.distributors import change_distributor, create_distributor
from core.api.viewsets import ScopedReadOnlyViewSet


class DistributorViewSet(ScopedReadOnlyViewSet):
    """The distributors you may see: the whole channel, those you are responsible for, or your own branch."""

    queryset = Distributor.objects.all()
    serializer_class = DistributorSerializer
    filterset_class = DistributorFilter
    ordering = ("code",)
    versioned = True

    def rows(self, visible: Any) -> models.QuerySet[Any]:
        found: models.QuerySet[Any] = visible.select_related("tier", "territory", "parent", "merged_into")
        return found

    @extend_schema(request=DistributorInput, responses={201: DistributorSerializer})
    def create(self, _request: Request) -> Response:
        made = create_distributor(actor=self.actor, **as_values(self.parse(DistributorInput)))
        return self.answer(made.pk, status=201)

    @extend_schema(request=DistributorChange, responses=DistributorSerializer)
    def partial_update(self, _request: Request, **_kwargs: str) -> Response:
        distributor = self.get_object()
        changes = as_values(self.parse(DistributorChange))
        change_distributor(
            actor=self.actor, distributor_id=distributor.pk, expected_version=self.expected_version(), **changes
        )
        return self.answer(distributor.pk)
