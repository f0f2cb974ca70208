"""Drop shipments over the API: what comes to the own company and a distributor above it ordered. No prices, no order."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.viewsets import ScopedReadOnlyViewSet
from orders.fulfilment.models import DropShipment
from orders.fulfilment.selectors.shipment_lots import lots_of_shipment
from orders.fulfilment.services.receiving import ReceivedLine, receive_shipment
from orders.pages.selectors.unordered import unordered_goods
from orders.pages.serializers.lots import ShipmentLotSerializer
from orders.pages.serializers.papers import PDF, PdfRenderer
from orders.pages.serializers.steps import ReceiveInput
from orders.papers.services.printing import print_drop_shipment
from orders.shipment_pages.filters import DropShipmentFilterSet
from orders.shipment_pages.serializers import DropShipmentSerializer

_NUMBER = OpenApiParameter("number", str, OpenApiParameter.PATH, description="The shipment's number.")


@extend_schema_view(
    list=extend_schema(summary="Drop shipments to your own company, the newest first"),
    retrieve=extend_schema(summary="One drop shipment with its lines and its tracking", parameters=[_NUMBER]),
)
class DropShipmentViewSet(ScopedReadOnlyViewSet):
    """Goods that a distributor above ordered for your company."""

    queryset = DropShipment.objects.all()
    serializer_class = DropShipmentSerializer
    filterset_class = DropShipmentFilterSet
    lookup_field = "number"
    ordering = ("-id",)
    action_scopes = {"receive": "order"}

    def rows(self, visible: Any) -> Any:
        return visible.select_related("order__distributor", "carrier").prefetch_related(
            "lines__order_line__product", "tracking"
        )

    @extend_schema(
        summary="Confirm what came, with differences", request=ReceiveInput, responses=DropShipmentSerializer,
        parameters=[_NUMBER], operation_id="drop_shipment_receive",
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def receive(self, _request: Request, **_kwargs: str) -> Response:
        shipment = self.get_object()
        data = self.parse(ReceiveInput)
        receive_shipment(
            shipment_id=shipment.pk,
            actor=self.actor,
            now=timezone.now(),
            lines={line.pop("line"): ReceivedLine(**line) for line in data["lines"]},
            unordered=unordered_goods(data["unordered"], distributor_id=self.actor.distributor_id),
        )
        return self.answer(shipment.pk)

    @extend_schema(
        summary="Of which lots its pieces are", responses=ShipmentLotSerializer(many=True), parameters=[_NUMBER],
        operation_id="drop_shipment_lots",
    )  # fmt: skip
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def lots(self, _request: Request, **_kwargs: str) -> Response:
        return Response(ShipmentLotSerializer(lots_of_shipment(self.get_object().pk), many=True).data)

    @extend_schema(
        summary="The delivery note, without prices", parameters=[_NUMBER], responses=PDF, filters=False,
        operation_id="drop_shipment_pdf",
    )  # fmt: skip
    @action(detail=True, methods=["get"], pagination_class=None, renderer_classes=[JSONRenderer, PdfRenderer])
    def pdf(self, _request: Request, **_kwargs: str) -> HttpResponse:
        content = print_drop_shipment(shipment_id=self.get_object().pk, size=None, actor=self.actor)
        return HttpResponse(content, content_type="application/pdf")
