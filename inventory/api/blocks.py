"""Blocked stock over the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from catalogue.fields import ProductField
from core.api.fields import VisibleField
from core.api.viewsets import ScopedReadOnlyViewSet
from inventory.enums import BlockReason
from inventory.filters import StockBlockFilterSet
from inventory.models import StockBlock, Warehouse
from inventory.rules import MOST_PIECES
from inventory.services.blocks import block_stock, change_block, unblock_stock


class StockBlockSerializer(serializers.ModelSerializer[StockBlock]):
    """`pieces` are still blocked, of `quantity` that were; `is_overdue` says that its day has passed."""

    warehouse = serializers.CharField(source="warehouse.code", read_only=True)
    product = serializers.CharField(source="product.code", read_only=True)
    lot: Any = serializers.IntegerField(
        source="lot_id", read_only=True, allow_null=True, help_text="`id` of the lot, of a product by lot."
    )
    pieces = serializers.IntegerField(source="open_pieces", read_only=True)
    is_overdue = serializers.SerializerMethodField()

    class Meta:
        model = StockBlock
        fields = (
            "id", "number", "status", "is_overdue", "warehouse", "product", "lot", "pieces", "quantity", "released", "scrapped",
            "reason", "until", "note", "blocked_at", "closed_at", "version",
        )  # fmt: skip

    def get_is_overdue(self, row: StockBlock) -> bool:
        return row.state(timezone.localdate()) != row.status


class ChangedBlockSerializer(serializers.Serializer[Any]):
    reason = serializers.ChoiceField(choices=BlockReason.choices)
    until = serializers.DateField(allow_null=True, default=None)
    note = serializers.CharField(max_length=300, allow_blank=True, default="")


class NewBlockSerializer(ChangedBlockSerializer):
    """Pieces to block where they lie: free ones, unless they may be taken from orders."""

    warehouse = VisibleField(Warehouse)
    product = ProductField()
    lot: Any = serializers.IntegerField(
        min_value=1,
        max_value=2**63 - 1,
        required=False,
        allow_null=True,
        default=None,
        help_text="`id` of a lot of the product.",
    )
    pieces = serializers.IntegerField(min_value=1, max_value=MOST_PIECES)
    from_orders = serializers.BooleanField(
        default=False, help_text="Also what is reserved for orders: the newest of them wait again."
    )


class UnblockSerializer(serializers.Serializer[Any]):
    """How many pieces; all that are still blocked where none are named."""

    pieces = serializers.IntegerField(min_value=1, max_value=MOST_PIECES, required=False)
    note = serializers.CharField(max_length=300, allow_blank=True, default="")


class StockBlockViewSet(ScopedReadOnlyViewSet):
    """Pieces in the brand owner's warehouses that nobody gets for now. Versioned: `If-Match` is the version seen."""

    queryset = StockBlock.objects.all()
    serializer_class = StockBlockSerializer
    filterset_class = StockBlockFilterSet
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("pk",)
    versioned = True

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.select_related("warehouse", "product")
        return joined

    @extend_schema(request=NewBlockSerializer, responses={201: StockBlockSerializer})
    def create(self, _request: Request) -> Response:
        """Block pieces: they are neither promised nor reserved nor shipped from now on."""
        values = self.parse(NewBlockSerializer)
        lot = values.pop("lot")
        made = block_stock(
            warehouse_id=values.pop("warehouse").pk,
            product_id=values.pop("product").pk,
            lot_id=lot,
            actor=self.actor,
            now=timezone.now(),
            **values,
        )
        return self.answer(made.pk, status=201)

    @extend_schema(request=UnblockSerializer, responses=StockBlockSerializer)
    @action(detail=True, methods=["post"])
    def release(self, _request: Request, **_kwargs: str) -> Response:
        """Free all of it, or some; back orders are filled first."""
        return self._take(unblock_stock, **self.parse(UnblockSerializer))

    @extend_schema(request=ChangedBlockSerializer, responses=StockBlockSerializer)
    @action(detail=True, methods=["post"])
    def change(self, _request: Request, **_kwargs: str) -> Response:
        """Another reason, day or note."""
        return self._take(change_block, **self.parse(ChangedBlockSerializer))

    def _take(self, service: Any, **values: Any) -> Response:
        pk = self.get_object().pk
        service(block_id=pk, actor=self.actor, now=timezone.now(), expected_version=self.expected_version(), **values)
        return self.answer(pk)
