"""Invitations as the API shows and takes them."""

from typing import Any

from rest_framework import serializers

from accounts.enums import Role
from accounts.models import Distributor, Invitation
from core.api.fields import VisibleField
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
