"""The parcels of a shipment over the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.viewsets import ScopedViewSet
from orders.fulfilment.models import Shipment
from orders.fulfilment.waybills.selectors.parcels import parcels_of
from orders.fulfilment.waybills.services.packing import pack_shipment
from orders.shipment_pages.serializers import PackInput, ParcelSerializer, packed_parcel

_NUMBER = OpenApiParameter("number", str, OpenApiParameter.PATH, description="The shipment's number.")


class ShipmentParcelsViewSet(ScopedViewSet):
    """What a shipment is packed in. `If-Match` is the version of its order."""

    queryset = Shipment.objects.all()
    serializer_class = ParcelSerializer
    lookup_field = "number"
    ordering = ("pk",)

    def rows(self, visible: Any) -> QuerySet[Any]:
        rows: QuerySet[Any] = visible
        return rows

    @extend_schema(
        summary="The parcels of a shipment", responses=ParcelSerializer(many=True), parameters=[_NUMBER],
        operation_id="shipment_parcels",
    )  # fmt: skip
    @action(detail=True, methods=["get"], pagination_class=None)
    def parcels(self, _request: Request, **_kwargs: str) -> Response:
        return self._parcels(self.get_object().pk)

    @extend_schema(
        summary="Pack a shipment on its way", request=PackInput, responses=ParcelSerializer(many=True),
        parameters=[_NUMBER], operation_id="shipment_pack",
    )  # fmt: skip
    @parcels.mapping.put
    def pack(self, _request: Request, **_kwargs: str) -> Response:
        """Replaces all parcels of it in one call."""
        pk = self.get_object().pk
        pack_shipment(
            shipment_id=pk,
            parcels=[packed_parcel(one) for one in self.parse(PackInput)["parcels"]],
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
        )
        return self._parcels(pk)

    def _parcels(self, pk: int) -> Response:
        return Response(ParcelSerializer(parcels_of([pk]).get(pk, []), many=True).data)
