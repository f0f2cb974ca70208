"""Shipments, tracking and carriers over the API."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.viewsets import ScopedReadOnlyViewSet
from core.filters import ListFilterSet
from orders.fulfilment.models import Carrier, Shipment
from orders.fulfilment.services.delivering import deliver_shipment
from orders.fulfilment.services.receiving import ReceivedLine, receive_shipment
from orders.pages.selectors.unordered import unordered_goods
from orders.pages.serializers.shipments import (
    CarrierSerializer,
    CountSerializer,
    ShipmentSerializer,
    TrackingEventSerializer,
)
from orders.pages.serializers.steps import ReceiveInput, TrackingInput
from orders.tracking.models import TrackingEvent
from orders.tracking.services.recording import TrackingUpdate, record_tracking

_NUMBER = OpenApiParameter("number", str, OpenApiParameter.PATH, description="The shipment's number.")


class ShipmentFilterSet(ListFilterSet):
    order = CharFilter(field_name="order__number", label=_("Order"))
    carrier = CharFilter(field_name="carrier__code", label=_("Carrier"))

    class Meta:
        model = Shipment
        fields = ("order", "carrier", "status", "tracking_number")


class TrackingFilterSet(ListFilterSet):
    shipment = CharFilter(field_name="shipment__number", label=_("Shipment"))

    class Meta:
        model = TrackingEvent
        fields = ("shipment", "code")


@extend_schema_view(
    list=extend_schema(summary="Shipments, the newest first"),
    retrieve=extend_schema(summary="One shipment with its lines and its tracking", parameters=[_NUMBER]),
)
class ShipmentViewSet(ScopedReadOnlyViewSet):
    """Parts of orders that left a warehouse together."""

    queryset = Shipment.objects.all()
    serializer_class = ShipmentSerializer
    filterset_class = ShipmentFilterSet
    lookup_field = "number"
    ordering = ("-id",)
    action_scopes = {"receive": "order"}

    def rows(self, visible: Any) -> Any:
        return visible.select_related("order", "carrier").prefetch_related("lines__order_line__product", "tracking")

    @extend_schema(
        summary="Confirm what came, with differences", request=ReceiveInput, responses=ShipmentSerializer,
        parameters=[_NUMBER],
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def receive(self, _request: Request, number: str) -> Response:
        data = self.parse(ReceiveInput)
        came = {line.pop("line"): ReceivedLine(**line) for line in data["lines"]}
        goods = unordered_goods(data["unordered"], distributor_id=self.actor.distributor_id)
        return self._take(number, receive_shipment, lines=came, unordered=goods)

    @extend_schema(summary="Mark as delivered", request=None, responses=ShipmentSerializer, parameters=[_NUMBER])
    @action(detail=True, methods=["post"])
    def deliver(self, _request: Request, number: str) -> Response:
        return self._take(number, deliver_shipment)

    @extend_schema(
        summary="Note what the carrier said", request=TrackingInput, responses=CountSerializer, parameters=[_NUMBER]
    )
    @action(detail=True, methods=["post"])
    def tracking(self, _request: Request, number: str) -> Response:
        update = TrackingUpdate(**self.parse(TrackingInput))
        recorded = record_tracking(shipment_id=self._pk(number), actor=self.actor, updates=[update])
        return Response({"recorded": recorded})

    def _take(self, number: str, service: Callable[..., object], **options: Any) -> Response:
        pk = self._pk(number)
        service(
            shipment_id=pk,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
            **options,
        )
        return self.answer(pk)

    def _pk(self, number: str) -> int:
        found = Shipment.objects.visible_to(self.actor).filter(number=number)
        pk = found.values_list("pk", flat=True).first()
        if pk is None:
            raise NotFound
        return int(pk)


@extend_schema_view(
    list=extend_schema(summary="What carriers said, the newest first"),
    retrieve=extend_schema(summary="One event of a carrier"),
)
class TrackingEventViewSet(ScopedReadOnlyViewSet):
    """Carrier tracking events of shipments. Never changed."""

    queryset = TrackingEvent.objects.all()
    serializer_class = TrackingEventSerializer
    filterset_class = TrackingFilterSet
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("-id",)

    def rows(self, visible: Any) -> Any:
        return visible.select_related("shipment")


@extend_schema_view(list=extend_schema(summary="Carriers"), retrieve=extend_schema(summary="One carrier"))
class CarrierViewSet(ScopedReadOnlyViewSet):
    """Who carries the goods. For the brand owner's people."""

    queryset = Carrier.objects.all()
    serializer_class = CarrierSerializer
    ordering = ("code",)
