"""People and keys through the API."""

from typing import Any, ClassVar

from django.db import models
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.filters import UserFilter
from accounts.models import ApiToken, User
from accounts.serializers.people import (
    EmailInput,
    NewTokenSerializer,
    RoleInput,
    TokenInput,
    TokenSerializer,
    UserInput,
    UserSerializer,
)
from accounts.services.change_email import ask_email_change
from accounts.services.people import change_role, create_user
from accounts.services.tokens import issue_token, revoke_token
from core.api.viewsets import ScopedReadOnlyViewSet, ScopedViewSet
from core.http import actor_of


def _pk(row: Any) -> int | None:
    return None if row is None else row.pk


class UserViewSet(ScopedReadOnlyViewSet):
    """Leads see everyone, managers their people, owners their own staff, everyone else only themselves."""

    queryset = User.objects.all()
    serializer_class = UserSerializer
    filterset_class = UserFilter
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("email",)

    def rows(self, visible: Any) -> models.QuerySet[Any]:
        found: models.QuerySet[Any] = visible.select_related("supervisor").with_memberships()
        return found

    @extend_schema(request=UserInput, responses={201: UserSerializer})
    def create(self, _request: Request) -> Response:
        values = self.parse(UserInput)
        distributor, supervisor = values.pop("distributor", None), values.pop("supervisor", None)
        ids: dict[str, Any] = {"distributor_id": _pk(distributor), "supervisor_id": _pk(supervisor)}
        return self.answer(create_user(actor=self.actor, **values, **ids).pk, status=201)

    @extend_schema(request=RoleInput, responses=UserSerializer)
    @action(detail=True, methods=["post"])
    def role(self, _request: Request, **_kwargs: str) -> Response:
        person, values = self.get_object(), self.parse(RoleInput)
        distributor = _pk(values.get("distributor"))
        change_role(actor=self.actor, user_id=person.pk, role=values["role"], distributor_id=distributor)
        return self.answer(person.pk)

    @extend_schema(request=EmailInput, responses={202: UserSerializer})
    @action(detail=True, methods=["post"])
    def email(self, _request: Request, **_kwargs: str) -> Response:
        """Send a link to the new address, which holds once it is confirmed."""
        person, values = self.get_object(), self.parse(EmailInput)
        ask_email_change(actor=self.actor, user_id=person.pk, email=values["email"])
        return self.answer(person.pk, status=202)


class TokenViewSet(ListModelMixin, ScopedViewSet):
    """Your keys to this API. Making one answers its text, once."""

    queryset = ApiToken.objects.all()
    serializer_class = TokenSerializer
    lookup_field = "reference"
    lookup_value_regex = "[0-9a-f]{16}"
    ordering = ("-created",)
    secret_fields: ClassVar = ("token",)

    def rows(self, visible: Any) -> models.QuerySet[Any]:
        found: models.QuerySet[Any] = visible.select_related("user")
        return found

    @extend_schema(request=TokenInput, responses={201: NewTokenSerializer})
    def create(self, _request: Request) -> Response:
        token, text = issue_token(actor=self.actor, **self.parse(TokenInput))
        return Response({**TokenSerializer(token).data, "token": text}, status=201)

    @extend_schema(responses={204: None})
    def destroy(self, _request: Request, reference: str) -> Response:
        revoke_token(actor=self.actor, reference=reference)
        return Response(status=204)


class MeView(APIView):
    """Who asks."""

    @extend_schema(responses=UserSerializer)
    def get(self, request: Request) -> Response:
        return Response(UserSerializer(actor_of(request)).data)
