"""Permissions and grants through the API."""

from typing import Any

from django.db import models
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.filters import GrantFilter
from accounts.models import Grant
from accounts.serializers.grants import GrantEndInput, GrantInput, GrantSerializer, PermissionSerializer
from accounts.services.grants import create_grant, end_grant
from core.api.viewsets import ScopedReadOnlyViewSet
from core.permissions import declared_permissions


class PermissionsView(APIView):
    """Every permission of the program, the roles that have it by default, and whether you have it."""

    @extend_schema(responses=PermissionSerializer(many=True))
    def get(self, request: Request) -> Response:
        actor: Any = request.user
        rows = [
            {
                "codename": permission.codename,
                "description": permission.label,
                "roles": sorted(permission.roles),
                "has_limit": permission.has_limit,
                "is_fixed": permission.is_fixed,
                "allowed": permission.granted_to(actor),
                "amount_limit": getattr(actor.grants.get(permission.codename), "amount_limit", None),
            }
            for permission in declared_permissions().values()
        ]
        return Response(PermissionSerializer(rows, many=True).data)


class GrantViewSet(ScopedReadOnlyViewSet):
    """What roles and people may do otherwise than declared: all for administrators, else what holds for you."""

    queryset = Grant.objects.all()
    serializer_class = GrantSerializer
    filterset_class = GrantFilter
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("permission", "pk")

    def rows(self, visible: Any) -> models.QuerySet[Any]:
        found: models.QuerySet[Any] = visible.select_related("person", "distributor")
        return found

    @extend_schema(request=GrantInput, responses={201: GrantSerializer})
    def create(self, _request: Request) -> Response:
        wish = self.parse(GrantInput)
        person = wish.pop("person", None)
        grant = create_grant(actor=self.actor, person_id=person.pk if person else None, **wish)
        return self.answer(grant.pk, status=201)

    @extend_schema(request=GrantEndInput, responses=GrantSerializer)
    @action(detail=True, methods=["post"])
    def end(self, _request: Request, **_kwargs: str) -> Response:
        grant = self.get_object()
        end_grant(actor=self.actor, grant_id=grant.pk, **self.parse(GrantEndInput))
        return self.answer(grant.pk)
