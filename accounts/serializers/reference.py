"""Territories, tiers and duties as the API shows them."""

from typing import Any

from rest_framework import serializers

from accounts.models import Duty, Territory, Tier


class TierSerializer(serializers.ModelSerializer[Tier]):
    class Meta:
        model = Tier
        fields = ("code", "name", "name_zh", "rank")


class TerritorySerializer(serializers.ModelSerializer[Territory]):
    parent: Any = serializers.CharField(source="parent.code", default=None, allow_null=True, read_only=True)

    class Meta:
        model = Territory
        fields = ("code", "name", "name_zh", "parent")


class DutySerializer(serializers.ModelSerializer[Duty]):
    class Meta:
        model = Duty
        fields = ("code", "name", "name_zh", "covers", "covers_zh", "position", "is_active")
