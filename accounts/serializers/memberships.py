"""Memberships as the API shows and takes them: people by e-mail, distributors by code."""

from typing import Any

from rest_framework import serializers

from accounts.enums import Role
from accounts.fields import PersonField
from accounts.models import Distributor, Membership
from core.api.fields import VisibleField


class MembershipSerializer(serializers.ModelSerializer[Membership]):
    person = serializers.CharField(source="person.full_name", read_only=True)
    person_email = serializers.CharField(source="person.login", read_only=True)
    distributor = serializers.CharField(source="distributor.code", default=None, allow_null=True, read_only=True)

    class Meta:
        model = Membership
        fields = ("id", "person", "person_email", "role", "distributor", "starts_on", "ends_on")


class MembershipInput(serializers.Serializer[Any]):
    """Without `distributor`, a role of the brand owner."""

    person = PersonField()
    role = serializers.ChoiceField(choices=Role.choices)
    distributor = VisibleField(Distributor, required=False, allow_null=True)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(required=False, allow_null=True)


class MembershipEndInput(serializers.Serializer[Any]):
    ends_on = serializers.DateField()
