"""Permissions and grants as the API shows and takes them."""

from typing import Any

from rest_framework import serializers

from accounts.enums import Role
from accounts.fields import PersonField
from accounts.models import Grant


class PermissionSerializer(serializers.Serializer[Any]):
    """A declared permission; `allowed` and `amount_limit` are what holds for whoever asks."""

    codename = serializers.CharField()
    description = serializers.CharField()
    roles = serializers.ListField(child=serializers.CharField())
    has_limit = serializers.BooleanField()
    is_fixed = serializers.BooleanField()
    allowed = serializers.BooleanField()
    amount_limit = serializers.DecimalField(max_digits=19, decimal_places=4, allow_null=True)


class GrantSerializer(serializers.ModelSerializer[Grant]):
    person = serializers.CharField(source="person.full_name", default=None, allow_null=True, read_only=True)
    distributor = serializers.CharField(source="distributor.code", default=None, allow_null=True, read_only=True)
    person_email = serializers.CharField(source="person.login", default=None, allow_null=True, read_only=True)

    class Meta:
        model = Grant
        fields = (
            "id",
            "permission",
            "role",
            "person",
            "person_email",
            "distributor",
            "is_allowed",
            "amount_limit",
            "starts_on",
            "ends_on",
        )


class GrantInput(serializers.Serializer[Any]):
    """Either `role` or `person`."""

    permission = serializers.CharField(max_length=64)
    role = serializers.ChoiceField(choices=Role.choices, required=False)
    person = PersonField(required=False)
    is_allowed = serializers.BooleanField(default=True)
    amount_limit = serializers.DecimalField(
        max_digits=19, decimal_places=4, min_value=0, required=False, allow_null=True
    )
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(required=False, allow_null=True)


class GrantEndInput(serializers.Serializer[Any]):
    ends_on = serializers.DateField()
