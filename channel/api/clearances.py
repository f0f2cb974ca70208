"""Delivery addresses that were cleared although they lie outside the territory of an agreement, through the API."""

from typing import Any

from django.db import models
from rest_framework import serializers

from channel.filters import ClearanceFilter
from channel.models import AddressClearance
from core.api.viewsets import ScopedReadOnlyViewSet


class ClearanceSerializer(serializers.ModelSerializer[AddressClearance]):
    """`place` is the address as it was then; another place is asked for again."""

    number = serializers.CharField(source="agreement.number", read_only=True)
    revision = serializers.IntegerField(source="agreement.revision", read_only=True)
    distributor = serializers.CharField(source="agreement.distributor.code", read_only=True)
    cleared_by = serializers.CharField(source="cleared_by.full_name", read_only=True)

    class Meta:
        model = AddressClearance
        fields = (
            "id", "agreement", "number", "revision", "distributor", "address", "place", "reason", "cleared_by",
            "cleared_at",
        )  # fmt: skip


class ClearanceViewSet(ScopedReadOnlyViewSet):
    """Written when an order that was on hold for its address is released with a reason; never changed."""

    queryset = AddressClearance.objects.all()
    serializer_class = ClearanceSerializer
    filterset_class = ClearanceFilter
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("pk",)

    def rows(self, visible: Any) -> models.QuerySet[Any]:
        found: models.QuerySet[Any] = visible.select_related("agreement__distributor", "cleared_by")
        return found
