"""Waves over the API, for the warehouse system of an outside warehouse."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.viewsets import ScopedReadOnlyViewSet
from core.errors import InvalidInput
from core.permissions import require
from inventory.models import Warehouse
from orders.fulfilment.models import Carrier
from orders.fulfilment.waves.models import Pick, Wave, WaveLine
from orders.fulfilment.waves.permissions import can_work_on
from orders.fulfilment.waves.services.cancelling import cancel_wave, take_out
from orders.fulfilment.waves.services.making import make_wave, make_wave_of_due
from orders.fulfilment.waves.services.picking import Picked, pick_all, record_picks
from orders.fulfilment.waves.services.scanning import pick_scanned
from orders.fulfilment.waves.services.shipping import ship_wave
from orders.ordering.models import Order
from orders.wave_pages.filters import WaveFilterSet
from orders.wave_pages.serializers import (
    NewWaveInput,
    PicksInput,
    ScanInput,
    ShipWaveInput,
    TakeOutInput,
    WaveSerializer,
)

_NUMBER = OpenApiParameter("number", str, OpenApiParameter.PATH, description="The wave's number.")


def _step(summary: str, request: Any) -> Callable[..., Any]:
    return extend_schema(summary=summary, request=request, responses=WaveSerializer, parameters=[_NUMBER])


@extend_schema_view(
    list=extend_schema(summary="Waves, the newest first"),
    retrieve=extend_schema(summary="One wave with its picks in the order of the walk", parameters=[_NUMBER]),
)
class WaveViewSet(ScopedReadOnlyViewSet):
    """Orders that are picked and shipped together. Versioned: `If-Match` is the version seen."""

    queryset = Wave.objects.all()
    serializer_class = WaveSerializer
    filterset_class = WaveFilterSet
    lookup_field = "number"
    ordering = ("-id",)
    versioned = True

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.select_related("warehouse").prefetch_related(
            "lines__shipment",
            "lines__picks__lot",
            "lines__picks__line__order_line__product",
            "lines__picks__line__order_line__order",
        )
        return joined

    @extend_schema(
        summary="Make a wave of orders, or of those that are due first",
        request=NewWaveInput,
        responses={HTTPStatus.CREATED: WaveSerializer},
    )
    def create(self, _request: Request) -> Response:
        """Stock is bound to lots now; what waits or has no lot stays out."""
        require(can_work_on(self.actor))
        values = self.parse(NewWaveInput)
        who: dict[str, Any] = {"actor": self.actor, "now": timezone.now()}
        warehouse = self._warehouse(values["warehouse"])
        if values["orders"]:
            made = make_wave(order_ids=self._orders(values["orders"]), warehouse_id=warehouse, **who)
        elif warehouse is None or values["most"] is None:
            raise InvalidInput(_("Name orders, or a warehouse and how many."), code="required", field="orders")
        else:
            made = make_wave_of_due(warehouse_id=warehouse, most=values["most"], **who)
        return self.answer(made.pk, status=HTTPStatus.CREATED)

    @_step("Record what was picked", PicksInput)
    @action(detail=True, methods=["post"])
    def pick(self, _request: Request, **_kwargs: str) -> Response:
        rows = self.parse(PicksInput)["picks"]
        if not rows:
            return self._take(pick_all)
        picked = [Picked(pick_id=row["pick"], pieces=row["picked"], reason=row["reason"]) for row in rows]
        return self._take(record_picks, picked=picked)

    @_step("Record picks by a scan of product and lot", ScanInput)
    @action(detail=True, methods=["post"])
    def scan(self, _request: Request, **_kwargs: str) -> Response:
        return self._take(pick_scanned, **self.parse(ScanInput))

    @_step("Ship all that was picked", ShipWaveInput)
    @action(detail=True, methods=["post"])
    def ship(self, _request: Request, **_kwargs: str) -> Response:
        data = self.parse(ShipWaveInput)
        serials = self._serials(data["serials"])
        return self._take(ship_wave, carrier_id=self._carrier(data["carrier"]), serials=serials)

    @_step("Take an order out", TakeOutInput)
    @action(detail=True, methods=["post"])
    def take_out(self, _request: Request, **_kwargs: str) -> Response:
        number = self.parse(TakeOutInput)["order"]
        inside = WaveLine.objects.visible_to(self.actor).filter(
            wave=self.get_object(), order_line__order__number=number
        )
        order_id = inside.values_list("order_line__order", flat=True).first()
        if order_id is None:
            raise InvalidInput(_("This order is not in the wave."), code="unknown", field="order")
        return self._take(take_out, order_id=order_id)

    @_step("Cancel a wave", None)
    @action(detail=True, methods=["post"])
    def cancel(self, _request: Request, **_kwargs: str) -> Response:
        return self._take(cancel_wave)

    def _take(self, service: Any, **values: Any) -> Response:
        pk = self.get_object().pk
        service(wave_id=pk, actor=self.actor, now=timezone.now(), expected_version=self.expected_version(), **values)
        return self.answer(pk)

    def _serials(self, rows: list[dict[str, Any]]) -> dict[int, list[str]]:
        """By line of an order."""
        wanted = [row["pick"] for row in rows]
        picks = Pick.objects.visible_to(self.actor).filter(line__wave=self.get_object(), pk__in=wanted)
        line_of = dict(picks.values_list("pk", "line__order_line")) if rows else {}
        found: dict[int, list[str]] = {}
        for index, row in enumerate(rows):
            if row["pick"] not in line_of:
                message = _("This row is not of the wave.")
                raise InvalidInput(message, code="unknown", field=f"serials.{index}.pick")
            found.setdefault(line_of[row["pick"]], []).extend(row["serials"])
        return found

    def _orders(self, numbers: list[str]) -> list[int]:
        known = dict(Order.objects.visible_to(self.actor).filter(number__in=numbers).values_list("number", "pk"))
        unknown = [number for number in numbers if number not in known]
        if unknown:
            message = _("There is no order “%(number)s”.") % {"number": unknown[0]}
            raise InvalidInput(message, code="unknown", field="orders")
        return list(known.values())

    def _warehouse(self, code: str) -> int | None:
        if not code:
            return None
        found = Warehouse.objects.visible_to(self.actor).filter(code=code).values_list("pk", flat=True).first()
        if found is None:
            raise InvalidInput(_("Unknown warehouse."), code="unknown", field="warehouse")
        return int(found)

    def _carrier(self, code: str) -> int | None:
        if not code:
            return None
        found = Carrier.objects.visible_to(self.actor).filter(code=code).values_list("pk", flat=True).first()
        if found is None:
            raise InvalidInput(_("This carrier is not in use."), code="unknown", field="carrier")
        return int(found)
