"""What lies at distributors over the API: read with its days of cover, and reported by their own systems."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from channel_stock.filters import ChannelStockFilterSet
from channel_stock.serializers import ChannelStockSerializer, StockReportedSerializer, StockReportSerializer
from channel_stock.services.stock_reports import report_stock
from core.api.viewsets import ScopedReadOnlyViewSet
from inventory.models import Stock


class ChannelStockViewSet(ScopedReadOnlyViewSet):
    """What lies at distributors, and how many days it lasts at what they bought in the last 91 days."""

    queryset = Stock.objects.all()
    serializer_class = ChannelStockSerializer
    filterset_class = ChannelStockFilterSet
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("warehouse_id", "product_id")
    action_scopes = {"reports": "order"}

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.of_distributors().select_related("warehouse__distributor", "product")
        return joined

    @extend_schema(request=StockReportSerializer, responses={201: StockReportedSerializer})
    @action(detail=False, methods=["post"], pagination_class=None, filterset_class=None)
    def reports(self, _request: Request) -> Response:
        """Report what was counted in the own warehouse."""
        values = self.parse(StockReportSerializer)
        done = report_stock(
            distributor_id=self.actor.distributor_id or 0,
            counts=[(line["product"], line["quantity"]) for line in values["lines"]],
            actor=self.actor,
            now=timezone.now(),
            reference=values["reference"],
        )
        return Response(StockReportedSerializer(done).data, status=201)
