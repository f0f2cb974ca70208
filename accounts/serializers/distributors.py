"""Distributors as the API shows and takes them. Related rows are named by their codes."""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from accounts.enums import ChannelKind, DistributorStatus
from accounts.models import Distributor, Territory, Tier
from company.iso_codes import check_country, check_currency
from core.api.fields import VisibleField


class DistributorSerializer(serializers.ModelSerializer[Distributor]):
    tier = serializers.CharField(source="tier.code", default=None, allow_null=True, read_only=True)
    territory = serializers.CharField(source="territory.code", default=None, allow_null=True, read_only=True)
    parent: Any = serializers.CharField(source="parent.code", default=None, allow_null=True, read_only=True)
    merged_into: Any = serializers.CharField(
        source="merged_into.code", default=None, allow_null=True, read_only=True, help_text="What it turned out to be."
    )

    class Meta:
        model = Distributor
        fields = (
            "code", "name", "name_zh", "legal_name", "channel_kind", "status", "tier", "territory", "parent",
            "currency", "language", "city", "country", "address", "phone", "email", "started_on", "merged_into",
        )  # fmt: skip


class DistributorInput(serializers.Serializer[Any]):
    """Everything but the code may be changed later."""

    code = serializers.CharField(max_length=64)
    name = serializers.CharField(max_length=200)
    name_zh = serializers.CharField(max_length=200, required=False, allow_blank=True)
    legal_name = serializers.CharField(max_length=200, required=False, allow_blank=True)
    channel_kind = serializers.ChoiceField(choices=ChannelKind.choices)
    status = serializers.ChoiceField(choices=DistributorStatus.choices, required=False)
    tier = VisibleField(Tier, required=False, allow_null=True)
    territory = VisibleField(Territory, required=False, allow_null=True)
    parent: Any = VisibleField(Distributor, required=False, allow_null=True)
    currency = serializers.CharField(validators=[check_currency])
    language = serializers.ChoiceField(choices=settings.LANGUAGES, required=False)
    city = serializers.CharField(max_length=100, required=False, allow_blank=True)
    country = serializers.CharField(required=False, allow_blank=True, validators=[check_country])
    address = serializers.CharField(max_length=300, required=False, allow_blank=True)
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True)
    email = serializers.EmailField(required=False, allow_blank=True)
    started_on = serializers.DateField(required=False, allow_null=True)


class DistributorChange(DistributorInput):
    """The fields to change; those left out stay."""

    code = None  # type: ignore[assignment]  # DRF's way to take a field out
    confirm_open = serializers.BooleanField(
        write_only=True, help_text="True suspends or ends a distributor of which orders, drafts or plans are open."
    )

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        for field in fields.values():
            field.required = False
        return fields


def as_values(data: dict[str, Any]) -> dict[str, Any]:
    """Related rows as the ids that the services take."""
    related = {"tier", "territory", "parent"}
    return {
        (f"{name}_id" if name in related else name): (getattr(value, "pk", None) if name in related else value)
        for name, value in data.items()
    }


class TierSerializer(serializers.ModelSerializer[Tier]):
    class Meta:
        model = Tier
        fields = ("code", "name", "name_zh", "rank")


class TerritorySerializer(serializers.ModelSerializer[Territory]):
    parent: Any = serializers.CharField(source="parent.code", default=None, allow_null=True, read_only=True)

    class Meta:
        model = Territory
        fields = ("code", "name", "name_zh", "parent")
