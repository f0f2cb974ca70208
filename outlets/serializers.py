"""Outlets and their links as the API shows and takes them. Related rows are named by their codes."""

from typing import Any

from rest_framework import serializers

from accounts.enums import ChannelKind
from accounts.models import Distributor, Territory
from catalogue.models import Brand, Category
from company.iso_codes import check_country
from core.api.fields import VisibleField
from outlets.enums import DirectionKind, OutletKind
from outlets.models import BusinessDirection, Outlet, OutletLink

_RELATED = {"category", "head_office", "territory", "distributor", "brand"}


def as_values(data: dict[str, Any]) -> dict[str, Any]:
    """Related rows as the ids that the services take."""
    return {
        (f"{name}_id" if name in _RELATED else name): (getattr(value, "pk", None) if name in _RELATED else value)
        for name, value in data.items()
    }


class OutletSerializer(serializers.ModelSerializer[Outlet]):
    head_office: Any = serializers.CharField(
        source="head_office.code", default=None, allow_null=True, read_only=True, help_text="Its head office's code."
    )
    territory = serializers.CharField(source="territory.code", default=None, allow_null=True, read_only=True)

    class Meta:
        model = Outlet
        fields = (
            "code", "name", "name_zh", "kind", "status", "head_office", "contact", "phone", "address", "postal_code", "city",
            "country", "territory", "closed_on", "close_reason",
        )  # fmt: skip


class OutletInput(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=200)
    name_zh = serializers.CharField(max_length=200, required=False, allow_blank=True)
    kind = serializers.ChoiceField(choices=OutletKind.choices)
    head_office = VisibleField(Outlet, required=False, allow_null=True)
    contact = serializers.CharField(max_length=150, required=False, allow_blank=True)
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True)
    address = serializers.CharField(max_length=300, required=False, allow_blank=True)
    postal_code = serializers.CharField(max_length=20, required=False, allow_blank=True)
    city = serializers.CharField(max_length=100, required=False, allow_blank=True)
    country = serializers.CharField(required=False, allow_blank=True, validators=[check_country])
    territory = VisibleField(Territory, required=False, allow_null=True)


class NewOutlet(OutletInput):
    """Without `code` it gets the next number. `distributor`, `brand` and `starts_on` are its first link."""

    code = serializers.CharField(max_length=64, required=False, allow_blank=True)
    distributor = VisibleField(Distributor, required=False, allow_null=True)
    brand = VisibleField(Brand, required=False, allow_null=True)
    starts_on = serializers.DateField(required=False)


class OutletChange(OutletInput):
    """The fields to change; those left out stay."""

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        for field in fields.values():
            field.required = False
        return fields


class CloseOutlet(serializers.Serializer[Any]):
    closed_on = serializers.DateField(help_text="Its last day, today or earlier.")
    reason = serializers.CharField(max_length=300)


class OutletLinkSerializer(serializers.ModelSerializer[OutletLink]):
    outlet = serializers.CharField(source="outlet.code", read_only=True)
    distributor = serializers.CharField(source="distributor.code", read_only=True)
    brand = serializers.CharField(
        source="brand.code", default=None, allow_null=True, read_only=True, help_text="Null means all brands."
    )

    class Meta:
        model = OutletLink
        fields = ("id", "outlet", "distributor", "brand", "starts_on", "ends_on")


class NewOutletLink(serializers.Serializer[Any]):
    outlet = VisibleField(Outlet)
    distributor = VisibleField(Distributor)
    brand = VisibleField(Brand, required=False, allow_null=True)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(required=False, allow_null=True)


class EndOutletLink(serializers.Serializer[Any]):
    ends_on = serializers.DateField(help_text="Its last day.")


class BusinessDirectionSerializer(serializers.ModelSerializer[BusinessDirection]):
    distributor = serializers.CharField(source="distributor.code", read_only=True)
    category = serializers.CharField(source="category.code", default=None, allow_null=True, read_only=True)

    class Meta:
        model = BusinessDirection
        fields = ("id", "distributor", "kind", "category", "channel_kind", "starts_on", "ends_on")


class NewBusinessDirection(serializers.Serializer[Any]):
    """A channel expert has a channel kind, all else a category."""

    distributor = VisibleField(Distributor)
    kind = serializers.ChoiceField(choices=DirectionKind.choices)
    category = VisibleField(Category, required=False, allow_null=True)
    channel_kind = serializers.ChoiceField(choices=ChannelKind.choices, required=False, allow_blank=True)
    starts_on = serializers.DateField(required=False)
    ends_on = serializers.DateField(required=False, allow_null=True)


class EndBusinessDirection(serializers.Serializer[Any]):
    ends_on = serializers.DateField(help_text="Its last day.")
