"""Warehouses, the brand owner's stock and its moves over the API."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.bulk import RowOutcomeSerializer
from core.api.parsers import RowsParser
from core.api.viewsets import ScopedReadOnlyViewSet
from inventory.filters import StockFilterSet, StockMoveFilterSet
from inventory.models import Stock, StockMove, Warehouse
from inventory.serializers import (
    AdjustmentSerializer,
    PlacesSerializer,
    ReceiptSerializer,
    StockMoveSerializer,
    StockRowsSerializer,
    StockSerializer,
    WarehouseSerializer,
)
from inventory.services.bulk_stock import save_stock_rows
from inventory.services.places import ProductPlace, set_places
from inventory.services.stock import adjust_stock, receive_stock


class WarehouseViewSet(ScopedReadOnlyViewSet):
    """The warehouses that supply orders, and with a distributor's code in `distributor` those of the distributors."""

    queryset = Warehouse.objects.all()
    serializer_class = WarehouseSerializer
    ordering = ("code",)

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.select_related("distributor")
        return joined


class StockViewSet(ScopedReadOnlyViewSet):
    """What lies where in the brand owner's warehouses, and how much of it is held for orders."""

    queryset = Stock.objects.all()
    serializer_class = StockSerializer
    filterset_class = StockFilterSet
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("pk",)

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.of_brand_owner().select_related("warehouse", "product")
        return joined

    @extend_schema(request=ReceiptSerializer, responses={201: StockSerializer(many=True)})
    @action(detail=False, methods=["post"], pagination_class=None, filterset_class=None)
    def receipts(self, _request: Request) -> Response:
        """Put goods into a warehouse; answers with its stock of these products."""
        values = self.parse(ReceiptSerializer)
        user = self.actor
        products = [line["product"].product.pk for line in values["lines"]]
        receive_stock(
            warehouse_id=values["warehouse"].pk,
            product_ids=products,
            quantities=[line["quantity"] * line["product"].pieces for line in values["lines"]],
            reference=values["reference"],
            note=values["note"],
            lots=[line["lot"] for line in values["lines"]],
            actor=user,
        )
        return self._stock_of(values["warehouse"].pk, products)

    @extend_schema(request=AdjustmentSerializer, responses={201: StockSerializer(many=True)})
    @action(detail=False, methods=["post"], pagination_class=None, filterset_class=None)
    def adjustments(self, _request: Request) -> Response:
        """Correct what was counted; answers with the stock as it is then."""
        values = self.parse(AdjustmentSerializer)
        user = self.actor
        adjust_stock(
            warehouse_id=values["warehouse"].pk,
            product_id=values["product"].pk,
            difference=values["difference"],
            reason=values["reason"],
            lot=values["lot"],
            actor=user,
        )
        return self._stock_of(values["warehouse"].pk, [values["product"].pk])

    @extend_schema(request=PlacesSerializer, responses={201: StockSerializer(many=True)})
    @action(detail=False, methods=["post"], pagination_class=None, filterset_class=None)
    def places(self, _request: Request) -> Response:
        """Say in which zone and place products lie; answers with the stock of these products."""
        values = self.parse(PlacesSerializer)
        places = [
            ProductPlace(product_id=line["product"].pk, zone=line["zone"], place=line["place"])
            for line in values["lines"]
        ]
        set_places(warehouse_id=values["warehouse"].pk, places=places, actor=self.actor)
        return self._stock_of(values["warehouse"].pk, [one.product_id for one in places])

    @extend_schema(request=StockRowsSerializer, responses=RowOutcomeSerializer(many=True))
    @action(detail=False, methods=["post"], pagination_class=None, filterset_class=None, parser_classes=[RowsParser])
    def bulk(self, _request: Request) -> Response:
        """Set what lies in warehouses to what the ERP counts; answers with the result of each row, in their order."""
        results = save_stock_rows(actor=self.actor, **self.parse(StockRowsSerializer))
        return Response(RowOutcomeSerializer(results, many=True).data)

    def _stock_of(self, warehouse_id: int, product_ids: list[int]) -> Response:
        stock = self.get_queryset().filter(warehouse_id=warehouse_id, product_id__in=product_ids).order_by("product_id")
        return Response(StockSerializer(stock, many=True).data, status=201)


class StockMoveViewSet(ScopedReadOnlyViewSet):
    """The ledger of the brand owner's stock: every change, the newest first."""

    queryset = StockMove.objects.all()
    serializer_class = StockMoveSerializer
    filterset_class = StockMoveFilterSet
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("-at", "-id")

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.of_brand_owner().select_related("warehouse", "product")
        return joined
