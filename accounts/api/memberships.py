"""What people are in which organisation, through the API."""

from typing import Any

from django.db import models
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.filters import MembershipFilter
from accounts.models import Membership
from accounts.serializers.memberships import MembershipEndInput, MembershipInput, MembershipSerializer
from accounts.services.memberships import end_membership, grant_membership
from core.api.viewsets import ScopedReadOnlyViewSet


class MembershipViewSet(ScopedReadOnlyViewSet):
    """Roles of people in organisations, with their days: your own, and those of the people you see."""

    queryset = Membership.objects.all()
    serializer_class = MembershipSerializer
    filterset_class = MembershipFilter
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("-starts_on",)

    def rows(self, visible: Any) -> models.QuerySet[Any]:
        found: models.QuerySet[Any] = visible.select_related("person", "distributor")
        return found

    @extend_schema(request=MembershipInput, responses={201: MembershipSerializer})
    def create(self, _request: Request) -> Response:
        data = self.parse(MembershipInput)
        distributor = data.get("distributor")
        membership = grant_membership(
            actor=self.actor,
            person_id=data["person"].pk,
            role=data["role"],
            distributor_id=distributor.pk if distributor else None,
            starts_on=data["starts_on"],
            ends_on=data.get("ends_on"),
        )
        return self.answer(membership.pk, status=201)

    @extend_schema(request=MembershipEndInput, responses=MembershipSerializer)
    @action(detail=True, methods=["post"])
    def end(self, _request: Request, **_kwargs: str) -> Response:
        membership = self.get_object()
        end_membership(actor=self.actor, membership_id=membership.pk, **self.parse(MembershipEndInput))
        return self.answer(membership.pk)
