"""Expected receipts over the API: announced by the thousand, moved, received, called off."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.bulk import BulkSerializer, RowOutcomeSerializer, SentRows
from core.api.parsers import RowsParser
from core.api.viewsets import ScopedReadOnlyViewSet
from inventory.filters import ExpectedReceiptFilterSet
from inventory.models import ExpectedReceipt
from inventory.serializers import LotPiecesSerializer
from inventory.services.bulk_expected import save_expected_rows
from inventory.services.expected_receipts import cancel_expected, receive_expected

MOST_PIECES = 2**31 - 1


class ExpectedReceiptSerializer(serializers.ModelSerializer[ExpectedReceipt]):
    """Goods to come. `outstanding` is what is still expected; past its day it counts as nothing until it has a new one."""

    warehouse = serializers.CharField(source="warehouse.code", read_only=True)
    product = serializers.CharField(source="product.code", read_only=True)
    outstanding = serializers.IntegerField(read_only=True)
    is_overdue = serializers.SerializerMethodField()

    class Meta:
        model = ExpectedReceipt
        fields = (
            "id", "external_id", "warehouse", "product", "quantity", "received", "outstanding", "expected_on", "status",
            "is_overdue", "note",
        )  # fmt: skip

    def get_is_overdue(self, row: ExpectedReceipt) -> bool:
        return row.state(timezone.localdate()) != row.status


class ExpectedRowSerializer(serializers.Serializer[Any]):
    external_id = serializers.CharField(max_length=64)
    warehouse = serializers.CharField(max_length=64)
    product = serializers.CharField(max_length=64, help_text="One of its codes.")
    quantity = serializers.IntegerField(min_value=1, max_value=MOST_PIECES, help_text="Pieces.")
    expected_on = serializers.DateField()
    note = serializers.CharField(max_length=300, allow_blank=True, required=False)

    class Meta:
        list_serializer_class = SentRows


class ExpectedRowsSerializer(BulkSerializer):
    """Up to 5,000 rows. A row that is known by its external id is changed; the same again changes nothing."""

    rows = ExpectedRowSerializer(many=True)


class ReceivedSerializer(serializers.Serializer[Any]):
    """How many pieces came in; all that is outstanding where none are named."""

    quantity = serializers.IntegerField(min_value=1, max_value=MOST_PIECES, required=False)
    is_complete = serializers.BooleanField(default=True, help_text="Nothing more comes of it.")
    lots = LotPiecesSerializer(
        many=True, required=False, default=list, help_text="Of a product by lot; the rest is of no named lot."
    )


class CalledOffSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300)


class ExpectedReceiptViewSet(ScopedReadOnlyViewSet):
    """Goods that supply orders bring into the brand owner's warehouses."""

    queryset = ExpectedReceipt.objects.all()
    serializer_class = ExpectedReceiptSerializer
    filterset_class = ExpectedReceiptFilterSet
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("pk",)

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.select_related("warehouse", "product")
        return joined

    @extend_schema(request=ExpectedRowsSerializer, responses=RowOutcomeSerializer(many=True))
    @action(detail=False, methods=["post"], pagination_class=None, filterset_class=None, parser_classes=[RowsParser])
    def bulk(self, _request: Request) -> Response:
        """Add or change many; answers with the result of each row, in their order."""
        results = save_expected_rows(actor=self.actor, now=timezone.now(), **self.parse(ExpectedRowsSerializer))
        return Response(RowOutcomeSerializer(results, many=True).data)

    @extend_schema(request=ReceivedSerializer, responses=ExpectedReceiptSerializer)
    @action(detail=True, methods=["post"])
    def receive(self, _request: Request, **_kwargs: str) -> Response:
        """Put what came in into the warehouse; back orders are filled first."""
        values = self.parse(ReceivedSerializer)
        lots = [(line["lot"], line["pieces"]) for line in values.pop("lots")]
        row = receive_expected(
            receipt_id=self.get_object().pk, actor=self.actor, now=timezone.now(), lots=lots, **values
        )
        return self.answer(row.pk)

    @extend_schema(request=CalledOffSerializer, responses=ExpectedReceiptSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, _request: Request, **_kwargs: str) -> Response:
        """Call off what is outstanding."""
        row = cancel_expected(
            receipt_id=self.get_object().pk, actor=self.actor, now=timezone.now(), **self.parse(CalledOffSerializer)
        )
        return self.answer(row.pk)
