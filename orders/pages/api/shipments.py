"""Shipments, tracking and carriers over the API."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.viewsets import ScopedReadOnlyViewSet
from core.filters import ListFilterSet
from messaging.services.files import as_download
from orders.fulfilment.models import Carrier, Shipment, ShipmentLot, ShipmentSerial
from orders.fulfilment.services.delivering import deliver_shipment
from orders.fulfilment.services.receiving import ReceivedLine, receive_shipment
from orders.fulfilment.services.serials import record_serials
from orders.pages.selectors.unordered import unordered_goods
from orders.pages.serializers.lots import SerialsInput, ShipmentLotSerializer, ShipmentSerialSerializer
from orders.pages.serializers.papers import OF_SHIPMENT, PDF, PaperQuery, PdfRenderer
from orders.pages.serializers.shipments import (
    CarrierSerializer,
    CountSerializer,
    DeliveryLinkSerializer,
    ShipmentSerializer,
    TrackingEventSerializer,
)
from orders.pages.serializers.steps import ReceiveInput, TrackingInput
from orders.papers.services.printing import print_shipment
from orders.tracking.models import ProofOfDelivery, TrackingEvent
from orders.tracking.services.delivery_links import address_of_link, make_delivery_link, revoke_delivery_link
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
    secret_fields = ("link",)

    def rows(self, visible: Any) -> Any:
        return visible.select_related("order", "carrier", "proof", "carriage__waybill").prefetch_related(
            "lines__order_line__product", "tracking"
        )

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

    @extend_schema(
        summary="A link for the driver or the shop to record the delivery; one that is open already is revoked",
        request=None, responses={HTTPStatus.CREATED: DeliveryLinkSerializer}, parameters=[_NUMBER],
    )  # fmt: skip
    @action(detail=True, methods=["post"], url_path="delivery-link")
    def delivery_link(self, _request: Request, number: str) -> Response:
        link, secret = make_delivery_link(shipment_id=self._pk(number), actor=self.actor, now=timezone.now())
        answer = {"link": address_of_link(secret), "expires_at": link.expires_at}
        return Response(DeliveryLinkSerializer(answer).data, status=HTTPStatus.CREATED)

    @extend_schema(summary="Revoke the delivery link", responses={HTTPStatus.NO_CONTENT: None}, parameters=[_NUMBER])
    @delivery_link.mapping.delete
    def revoke_delivery_link(self, _request: Request, number: str) -> Response:
        revoke_delivery_link(shipment_id=self._pk(number), actor=self.actor, now=timezone.now())
        return Response(status=HTTPStatus.NO_CONTENT)

    @extend_schema(
        summary="The photo of the delivery", parameters=[_NUMBER],
        responses={(HTTPStatus.OK, "application/octet-stream"): OpenApiTypes.BINARY},
    )  # fmt: skip
    @action(detail=True, methods=["get"])
    def proof(self, _request: Request, number: str) -> HttpResponseBase:
        proof = get_object_or_404(ProofOfDelivery.objects.visible_to(self.actor), shipment__number=number)
        return as_download(proof.file, name=proof.name, media_type=proof.media_type)

    @extend_schema(
        summary="Of which lots its pieces are", responses=ShipmentLotSerializer(many=True), parameters=[_NUMBER]
    )
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def lots(self, _request: Request, number: str) -> Response:
        rows = ShipmentLot.objects.visible_to(self.actor).filter(shipment_line__shipment=self._pk(number))
        return Response(ShipmentLotSerializer(rows.select_related("lot__product").order_by("pk"), many=True).data)

    @extend_schema(
        summary="Which pieces it has, by serial number", responses=ShipmentSerialSerializer(many=True),
        parameters=[_NUMBER], operation_id="shipment_serials",
    )  # fmt: skip
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def serials(self, _request: Request, number: str) -> Response:
        rows = ShipmentSerial.objects.visible_to(self.actor).filter(shipment_line__shipment=self._pk(number))
        return Response(ShipmentSerialSerializer(rows.select_related("product").order_by("pk"), many=True).data)

    @extend_schema(
        summary="Note the serial numbers of its pieces", request=SerialsInput, responses=ShipmentSerializer,
        parameters=[_NUMBER],
    )  # fmt: skip
    @serials.mapping.post
    def note_serials(self, _request: Request, number: str) -> Response:
        lines = self.parse(SerialsInput)["lines"]
        return self._take(number, record_serials, serials={line["line"]: line["serials"] for line in lines})

    @extend_schema(
        summary="A shipment on paper", parameters=[_NUMBER, *OF_SHIPMENT], responses=PDF, filters=False,
        operation_id="shipment_pdf",
    )  # fmt: skip
    @action(detail=True, methods=["get"], pagination_class=None, renderer_classes=[JSONRenderer, PdfRenderer])
    def pdf(self, request: Request, number: str) -> HttpResponse:
        """The delivery note, or the label, as PDF in the distributor's language."""
        choice = PaperQuery.read(request.query_params)
        content = print_shipment(shipment_id=self._pk(number), choice=choice, actor=self.actor)
        return HttpResponse(content, content_type="application/pdf")

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
