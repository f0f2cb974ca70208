"""Transfers between warehouses over the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.fields import VisibleField
from core.api.viewsets import ScopedReadOnlyViewSet
from inventory.fields import WrittenLineSerializer, lines_of
from inventory.models import Warehouse
from inventory.rules import MOST_PIECES
from transfers.filters import TransferFilterSet
from transfers.models import Transfer, TransferLine
from transfers.services.transfer_receipts import receive_transfer
from transfers.services.transfers import (
    MOST_LINES,
    cancel_transfer,
    reschedule_transfer,
    save_transfer,
    send_transfer,
)


class TransferLineSerializer(serializers.ModelSerializer[TransferLine]):
    """`pieces` were sent, `received` came; `lost` and `surplus` are the differences, with the reason."""

    product = serializers.CharField(source="product.code", read_only=True)
    in_transit = serializers.IntegerField(read_only=True)

    class Meta:
        model = TransferLine
        fields = (
            "id", "product", "quantity", "unit", "unit_pieces", "pieces", "received", "lost", "surplus", "in_transit",
            "reason",
        )  # fmt: skip


class TransferSerializer(serializers.ModelSerializer[Transfer]):
    source: Any = serializers.CharField(source="source.code", read_only=True)
    destination = serializers.CharField(source="destination.code", read_only=True)
    lines = TransferLineSerializer(many=True, read_only=True)

    class Meta:
        model = Transfer
        fields = (
            "id", "number", "status", "source", "destination", "expected_on", "note", "created_at", "sent_at",
            "received_at", "version", "lines",
        )  # fmt: skip


class NewTransferSerializer(serializers.Serializer[Any]):
    """A transfer that is prepared."""

    source: Any = VisibleField(Warehouse)
    destination = VisibleField(Warehouse)
    expected_on = serializers.DateField()
    note = serializers.CharField(max_length=300, allow_blank=True, default="")
    lines = serializers.ListField(child=WrittenLineSerializer(), allow_empty=False, max_length=MOST_LINES)


class ReceivedLineSerializer(serializers.Serializer[Any]):
    line = serializers.IntegerField(min_value=1, max_value=2**63 - 1, help_text="The id of the line.")
    pieces = serializers.IntegerField(min_value=0, max_value=MOST_PIECES)


class ReceiveTransferSerializer(serializers.Serializer[Any]):
    """What came: all that is in transit where no lines are named; a line that is not named counts as none."""

    lines = serializers.ListField(child=ReceivedLineSerializer(), required=False, max_length=MOST_LINES)
    is_complete = serializers.BooleanField(
        default=True, help_text="Nothing more comes: what is missing is written off."
    )
    reason = serializers.CharField(max_length=300, allow_blank=True, default="")


class RescheduleTransferSerializer(serializers.Serializer[Any]):
    expected_on = serializers.DateField()


class TransferViewSet(ScopedReadOnlyViewSet):
    """Goods on their way from one warehouse of the brand owner to another. Versioned: `If-Match` is the version seen."""

    queryset = Transfer.objects.all()
    serializer_class = TransferSerializer
    filterset_class = TransferFilterSet
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("pk",)
    versioned = True

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.select_related("source", "destination").prefetch_related("lines__product")
        return joined

    @extend_schema(request=NewTransferSerializer, responses={201: TransferSerializer})
    def create(self, _request: Request) -> Response:
        """Prepare a transfer. Nothing moves until it is sent."""
        values = self.parse(NewTransferSerializer)
        made = save_transfer(
            source_id=values["source"].pk,
            destination_id=values["destination"].pk,
            expected_on=values["expected_on"],
            note=values["note"],
            lines=lines_of(values["lines"], self.actor),
            actor=self.actor,
            now=timezone.now(),
        )
        return self.answer(made.pk, status=201)

    @extend_schema(request=None, responses=TransferSerializer)
    @action(detail=True, methods=["post"])
    def send(self, _request: Request, **_kwargs: str) -> Response:
        """The goods leave the source; they are expected at the destination."""
        return self._take(send_transfer)

    @extend_schema(request=ReceiveTransferSerializer, responses=TransferSerializer)
    @action(detail=True, methods=["post"])
    def receive(self, _request: Request, **_kwargs: str) -> Response:
        """Put what came into the destination; back orders are filled first."""
        values = self.parse(ReceiveTransferSerializer)
        lines = values.pop("lines", None)
        pieces = None if lines is None else {line["line"]: line["pieces"] for line in lines}
        return self._take(receive_transfer, pieces=pieces, **values)

    @extend_schema(request=RescheduleTransferSerializer, responses=TransferSerializer)
    @action(detail=True, methods=["post"])
    def reschedule(self, _request: Request, **_kwargs: str) -> Response:
        """Another day on which they arrive; whoever waits for them is promised anew."""
        return self._take(reschedule_transfer, **self.parse(RescheduleTransferSerializer))

    @extend_schema(request=None, responses=TransferSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, _request: Request, **_kwargs: str) -> Response:
        """Give up what is not sent yet."""
        return self._take(cancel_transfer)

    def _take(self, service: Any, **values: Any) -> Response:
        pk = self.get_object().pk
        service(
            transfer_id=pk, actor=self.actor, now=timezone.now(), expected_version=self.expected_version(), **values
        )
        return self.answer(pk)
