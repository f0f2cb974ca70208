"""Lots as the API shows and takes them."""

from datetime import date
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from catalogue.fields import ProductField
from inventory.models import Lot
from inventory.rules import MOST_PIECES
from inventory.services.lots import LONGEST_CODE, GivenLot


class GivenLotSerializer(serializers.Serializer[Any]):
    """A lot as it is named. Of the dates one is enough where the product has a shelf life; a known lot needs none."""

    code = serializers.CharField(max_length=LONGEST_CODE)
    produced_on = serializers.DateField(required=False, allow_null=True, default=None)
    expires_on = serializers.DateField(required=False, allow_null=True, default=None)

    def to_internal_value(self, data: Any) -> Any:
        return GivenLot(**super().to_internal_value(data))


class LotPiecesSerializer(serializers.Serializer[Any]):
    lot = GivenLotSerializer()
    pieces = serializers.IntegerField(min_value=1, max_value=MOST_PIECES)


class LotSerializer(serializers.ModelSerializer[Lot]):
    """A lot of a product. `code` is empty for the unnamed lot. Pieces are those in the company's warehouses."""

    product = serializers.CharField(source="product.code", read_only=True)
    days_left = serializers.SerializerMethodField(help_text="Until the expiry date, from today.")
    on_hand = serializers.IntegerField(read_only=True)
    bound = serializers.IntegerField(read_only=True, help_text="Picked for orders.")
    blocked = serializers.IntegerField(read_only=True)

    class Meta:
        model = Lot
        fields = (
            "id", "product", "code", "produced_on", "expires_on", "days_left", "status", "status_reason", "status_at",
            "on_hand", "bound", "blocked", "version",
        )  # fmt: skip

    def get_days_left(self, row: Lot) -> int | None:
        today: date = timezone.localdate()
        return row.days_left(today)


class LotInputSerializer(serializers.Serializer[Any]):
    """The lot's code and dates; of the dates one is enough where the product has a shelf life."""

    code = serializers.CharField(max_length=LONGEST_CODE)
    produced_on = serializers.DateField(required=False, allow_null=True, default=None)
    expires_on = serializers.DateField(required=False, allow_null=True, default=None)


class NewLotSerializer(LotInputSerializer):
    product = ProductField()


class TrackingSwitchSerializer(serializers.Serializer[Any]):
    """Whether the product is stocked by lot, and whether its pieces have serial numbers."""

    tracks_lots = serializers.BooleanField()
    tracks_serials = serializers.BooleanField()
