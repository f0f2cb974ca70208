"""Invitations through the API: people let in by a link."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Invitation
from accounts.serializers.invitations import InvitationInput, InvitationSerializer, NewInvitationSerializer
from accounts.services.invitations import invite_person, withdraw_invitation
from core.api.viewsets import ScopedReadOnlyViewSet


class InvitationViewSet(ScopedReadOnlyViewSet):
    """Invitations that can still be accepted, of those whom you may invite. Making one answers its link, once."""

    queryset = Invitation.objects.all()
    serializer_class = InvitationSerializer
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("-created_at",)
    secret_fields: ClassVar = ("link",)

    def rows(self, visible: Any) -> models.QuerySet[Any]:
        found: models.QuerySet[Any] = visible.still_open(timezone.now()).select_related("distributor", "created_by")
        return found

    @extend_schema(request=InvitationInput, responses={201: NewInvitationSerializer})
    def create(self, _request: Request) -> Response:
        wish = self.parse(InvitationInput)
        distributor = wish.pop("distributor", None)
        invitation, link = invite_person(
            actor=self.actor, distributor_id=distributor.pk if distributor else None, now=timezone.now(), **wish
        )
        body = {**InvitationSerializer(invitation).data, "link": link}
        return Response(body, status=201, headers={"Cache-Control": "no-store"})

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def withdraw(self, _request: Request, pk: str) -> Response:  # noqa: ARG002 - get_object reads it
        withdraw_invitation(actor=self.actor, invitation_id=self.get_object().pk, now=timezone.now())
        return Response(status=204)
