"""Waybills and freight over the API."""

from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.viewsets import ScopedReadOnlyViewSet
from core.errors import InvalidInput
from core.permissions import require
from orders.fulfilment.models import Shipment
from orders.fulfilment.waybills.models import Waybill
from orders.fulfilment.waybills.permissions import can_report_freight
from orders.fulfilment.waybills.selectors.freight import read_freight
from orders.fulfilment.waybills.services.freight import record_freight
from orders.fulfilment.waybills.services.waybills import deliver_waybill, dissolve_waybill, make_waybill
from orders.pages.serializers.papers import OF_SHIPMENT, PDF, PaperQuery, PdfRenderer
from orders.papers.services.printing import print_waybill
from orders.shipment_pages.filters import WaybillFilterSet
from orders.shipment_pages.serializers import (
    FreightInput,
    FreightRowSerializer,
    NewWaybillInput,
    WaybillSerializer,
)

_NUMBER = OpenApiParameter("number", str, OpenApiParameter.PATH, description="The waybill's number.")


@extend_schema_view(
    list=extend_schema(summary="Waybills, the newest first"),
    retrieve=extend_schema(summary="One waybill with its shipments", parameters=[_NUMBER]),
)
class WaybillViewSet(ScopedReadOnlyViewSet):
    """Shipments that one carrier takes to one address together. Versioned: `If-Match` is the version seen."""

    queryset = Waybill.objects.all()
    serializer_class = WaybillSerializer
    filterset_class = WaybillFilterSet
    lookup_field = "number"
    ordering = ("-id",)
    versioned = True

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.select_related("distributor", "carrier").prefetch_related(
            "carried__shipment__order"
        )
        return joined

    @extend_schema(
        summary="Put shipments on one waybill",
        request=NewWaybillInput,
        responses={HTTPStatus.CREATED: WaybillSerializer},
    )
    def create(self, _request: Request) -> Response:
        """Of one distributor, address, warehouse and carrier, and on their way."""
        values = self.parse(NewWaybillInput)
        numbers = list(dict.fromkeys(values.pop("shipments")))
        known = dict(Shipment.objects.visible_to(self.actor).filter(number__in=numbers).values_list("number", "pk"))
        if len(known) < len(numbers):
            raise InvalidInput(_("There is no such shipment."), code="unknown", field="shipments")
        made = make_waybill(
            shipment_ids=[known[number] for number in numbers], actor=self.actor, now=timezone.now(), **values
        )
        return self.answer(made.pk, status=HTTPStatus.CREATED)

    @extend_schema(
        summary="Mark all of it as delivered", request=None, responses=WaybillSerializer, parameters=[_NUMBER]
    )
    @action(detail=True, methods=["post"])
    def deliver(self, _request: Request, **_kwargs: str) -> Response:
        return self._take(deliver_waybill)

    @extend_schema(
        summary="Record what its carriage costs",
        request=FreightInput,
        responses=WaybillSerializer,
        parameters=[_NUMBER],
    )
    @action(detail=True, methods=["put"])
    def freight(self, _request: Request, **_kwargs: str) -> Response:
        """In the company's currency; spread over its shipments by weight."""
        return self._take(record_freight, **self.parse(FreightInput))

    @extend_schema(summary="Dissolve it", responses={HTTPStatus.NO_CONTENT: None}, parameters=[_NUMBER])
    def destroy(self, _request: Request, **_kwargs: str) -> Response:
        """While all of it is on its way and its actual freight is not recorded: its shipments go on by themselves."""
        waybill = self.get_object()
        version = self.expected_version()
        dissolve_waybill(waybill_id=waybill.pk, actor=self.actor, now=timezone.now(), expected_version=version)
        return Response(status=HTTPStatus.NO_CONTENT)

    @extend_schema(
        summary="Its labels, or the delivery notes of its shipments", parameters=[_NUMBER, *OF_SHIPMENT], responses=PDF,
        filters=False, operation_id="waybill_pdf",
    )  # fmt: skip
    @action(detail=True, methods=["get"], pagination_class=None, renderer_classes=[JSONRenderer, PdfRenderer])
    def pdf(self, request: Request, **_kwargs: str) -> HttpResponse:
        choice = PaperQuery.read(request.query_params)
        content = print_waybill(waybill_id=self.get_object().pk, choice=choice, actor=self.actor)
        return HttpResponse(content, content_type="application/pdf")

    @extend_schema(
        summary="What carriage costs, by carrier and month", responses=FreightRowSerializer(many=True),
        operation_id="freight_costs",
    )  # fmt: skip
    @action(detail=False, methods=["get"], pagination_class=None)
    def costs(self, _request: Request) -> Response:
        """The latest month first; of what the brand sells."""
        require(can_report_freight(self.actor))
        rows = self.filter_queryset(self.get_queryset())
        return Response(FreightRowSerializer(read_freight(rows), many=True).data)

    def _take(self, service: Any, **values: Any) -> Response:
        pk = self.get_object().pk
        service(waybill_id=pk, actor=self.actor, now=timezone.now(), expected_version=self.expected_version(), **values)
        return self.answer(pk)
