"""Invitations through the API: people let in by a link, before they can sign in."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.enums import Role
from accounts.models import Distributor, Invitation
from accounts.services.invitations import invite_person, withdraw_invitation
from core.api.fields import VisibleField
from core.api.viewsets import ScopedReadOnlyViewSet
from core.money import STORED_DIGITS


class InvitationSerializer(serializers.ModelSerializer[Invitation]):
    """An open invitation. `amount_limit` is in the company's currency."""

    distributor = serializers.CharField(source="distributor.code", default=None, allow_null=True, read_only=True)
    created_by = serializers.CharField(source="created_by.display_name", read_only=True)

    class Meta:
        model = Invitation
        fields = (
            "id", "full_name", "role", "distributor", "email", "amount_limit", "created_by", "created_at", "expires_at",
        )  # fmt: skip


class NewInvitationSerializer(InvitationSerializer):
    """With the link, which is answered this once and stored nowhere."""

    link = serializers.URLField(read_only=True)

    class Meta(InvitationSerializer.Meta):
        fields = (*InvitationSerializer.Meta.fields, "link")  # type: ignore[assignment]  # a longer tuple


class InvitationInput(serializers.Serializer[Any]):
    """Without `distributor`, into your own; a role of the brand owner has none."""

    full_name = serializers.CharField(max_length=150)
    role = serializers.ChoiceField(choices=Role.choices)
    distributor = VisibleField(Distributor, required=False, allow_null=True)
    email = serializers.EmailField(required=False, default="", allow_blank=True)
    amount_limit = serializers.DecimalField(
        max_digits=19, decimal_places=STORED_DIGITS, min_value=0, required=False, allow_null=True, default=None,
        help_text="What a buyer may order alone, in the company's currency.",
    )  # fmt: skip


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
    def withdraw(self, _request: Request, **_kwargs: str) -> Response:
        withdraw_invitation(actor=self.actor, invitation_id=self.get_object().pk, now=timezone.now())
        return Response(status=204)
