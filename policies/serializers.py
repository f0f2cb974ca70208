"""Announcements as the API shows and takes them."""

from typing import Any

from django.utils.translation import gettext
from rest_framework import serializers

from accounts.enums import ChannelKind, Role
from accounts.models import Distributor, Territory, Tier
from catalogue.models import Brand
from core.api.fields import VisibleField
from core.codes import ids_by_code
from core.sentences import listed
from policies.enums import AnnouncementKind, AnnouncementStatus
from policies.models import ACKNOWLEDGING_ROLES, Announcement, AnnouncementFile, AnnouncementRecipient
from policies.services.announcements import COLUMNS, AnnouncementText
from pricing.models import PriceList, Promotion

_ROLES = [(role, Role(role).label) for role in ACKNOWLEDGING_ROLES]


class AnnouncementFileSerializer(serializers.ModelSerializer[AnnouncementFile]):
    class Meta:
        model = AnnouncementFile
        fields = ("id", "name", "media_type", "size", "sha256", "added_at")


class AnnouncementSerializer(serializers.ModelSerializer[Announcement]):
    """`acknowledged_at` is that of the caller's own distributor."""

    kind = serializers.ChoiceField(choices=AnnouncementKind.choices)
    status = serializers.ChoiceField(choices=AnnouncementStatus.choices)
    previous = serializers.IntegerField(source="previous_id", allow_null=True)
    files = AnnouncementFileSerializer(many=True)

    class Meta:
        model = Announcement
        fields = (
            "id", "kind", "revision", "previous", "status", "title", "title_zh", "body", "body_zh", "roles",
            "needs_acknowledgement", "blocks_orders", "grace_days", "remind_every_days", "published_at", "files",
            "version",
        )  # fmt: skip


class RecipientSerializer(serializers.ModelSerializer[AnnouncementRecipient]):
    announcement = serializers.IntegerField(source="announcement_id")
    distributor = serializers.CharField(source="distributor.code")
    acknowledged_role = serializers.CharField()

    class Meta:
        model = AnnouncementRecipient
        fields = (
            "id", "announcement", "distributor", "added_at", "due_on", "blocks_on", "acknowledged_at",
            "acknowledged_name", "acknowledged_role",
        )  # fmt: skip


class AnnouncementInput(serializers.Serializer[Any]):
    """A draft with its audience: without criteria and list it is for every distributor."""

    kind = serializers.ChoiceField(choices=AnnouncementKind.choices)
    title = serializers.CharField(max_length=200)
    title_zh = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    body = serializers.CharField(max_length=50_000)
    body_zh = serializers.CharField(max_length=50_000, required=False, allow_blank=True, default="")
    channel_kinds = serializers.ListField(
        child=serializers.ChoiceField(choices=ChannelKind.choices), required=False, default=list
    )
    tiers = serializers.ListField(child=VisibleField(Tier), required=False, default=list)
    territories = serializers.ListField(child=VisibleField(Territory), required=False, default=list)
    brands = serializers.ListField(child=VisibleField(Brand), required=False, default=list)
    distributors = serializers.ListField(
        child=serializers.CharField(max_length=64), required=False, default=list, max_length=10_000
    )
    roles = serializers.ListField(
        child=serializers.ChoiceField(choices=_ROLES), required=False, default=lambda: list(ACKNOWLEDGING_ROLES)
    )
    needs_acknowledgement = serializers.BooleanField(required=False, default=False)
    blocks_orders = serializers.BooleanField(required=False, default=False)
    grace_days = serializers.IntegerField(min_value=0, max_value=366, required=False, default=14)
    remind_every_days = serializers.IntegerField(min_value=1, max_value=90, required=False, default=7)

    def validate_distributors(self, codes: list[str]) -> list[int]:
        """By code, all in one query."""
        known = ids_by_code(Distributor.objects.visible_to(self.context["request"].user), codes)
        unknown = [code for code in dict.fromkeys(codes) if code not in known]
        if unknown:
            raise serializers.ValidationError(
                gettext("Unknown distributors: %(codes)s") % {"codes": listed(unknown[:10])}, code="unknown"
            )
        return list(dict.fromkeys(known.values()))


def text_from(values: dict[str, Any]) -> AnnouncementText:
    """What was sent, as a text with its audience."""
    return AnnouncementText(
        **{name: values[name] for name in COLUMNS},
        tier_ids=[row.pk for row in values["tiers"]],
        territory_ids=[row.pk for row in values["territories"]],
        brand_ids=[row.pk for row in values["brands"]],
        distributor_ids=values["distributors"],
    )


class NameInput(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=200)


class RulesInput(serializers.Serializer[Any]):
    """By code; what is left out follows this policy no longer."""

    price_lists = serializers.ListField(child=VisibleField(PriceList), max_length=500)
    promotions = serializers.ListField(child=VisibleField(Promotion), required=False, default=list, max_length=500)


class FileInput(serializers.Serializer[Any]):
    file = serializers.FileField()
