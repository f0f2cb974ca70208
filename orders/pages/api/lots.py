"""Lots over the API: where they lie, who has got them, frozen, recalled and released."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.viewsets import ScopedReadOnlyViewSet
from inventory.filters import LotFilterSet
from inventory.models import Lot
from inventory.services.lot_freezing import freeze_lot, release_lot
from inventory.services.lots import GivenLot, save_lot
from orders.fulfilment.selectors.lot_holders import whereabouts_of
from orders.fulfilment.services.recalling import recall_lot
from orders.pages.serializers.lots import (
    FrozenSerializer,
    LotInputSerializer,
    LotSerializer,
    NewLotSerializer,
    ReleasedSerializer,
    WhereaboutsSerializer,
)


@extend_schema_view(
    list=extend_schema(summary="Lots, with what lies of them"), retrieve=extend_schema(summary="One lot")
)
class LotViewSet(ScopedReadOnlyViewSet):
    """Lots of products that are stocked by lot. Versioned: `If-Match` is the version seen."""

    queryset = Lot.objects.all()
    serializer_class = LotSerializer
    filterset_class = LotFilterSet
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("pk",)
    versioned = True

    def rows(self, visible: Any) -> Any:
        return visible.with_stock().select_related("product")

    @extend_schema(request=NewLotSerializer, responses={201: LotSerializer})
    def create(self, _request: Request) -> Response:
        """Add a lot to a product; what comes in of it names it."""
        values = self.parse(NewLotSerializer)
        product = values.pop("product")
        made = save_lot(product_id=product.pk, lot=GivenLot(**values), actor=self.actor, now=timezone.now())
        return self.answer(made.pk, status=201)

    @extend_schema(request=LotInputSerializer, responses=LotSerializer)
    def update(self, _request: Request, **_kwargs: str) -> Response:
        """Correct code and dates of a lot."""
        return self._take(save_lot, lot=GivenLot(**self.parse(LotInputSerializer)))

    @extend_schema(request=FrozenSerializer, responses=LotSerializer)
    @action(detail=True, methods=["post"])
    def freeze(self, _request: Request, **_kwargs: str) -> Response:
        """Block what lies of it in every company warehouse, and whatever comes in."""
        return self._take(freeze_lot, **self.parse(FrozenSerializer))

    @extend_schema(request=FrozenSerializer, responses=LotSerializer)
    @action(detail=True, methods=["post"])
    def recall(self, _request: Request, **_kwargs: str) -> Response:
        """Freeze it, and tell every distributor that was sent some of it."""
        return self._take(recall_lot, **self.parse(FrozenSerializer))

    @extend_schema(request=ReleasedSerializer, responses=LotSerializer)
    @action(detail=True, methods=["post"])
    def release(self, _request: Request, **_kwargs: str) -> Response:
        """Free it and what is blocked of it."""
        return self._take(release_lot, **self.parse(ReleasedSerializer))

    @extend_schema(responses=WhereaboutsSerializer)
    @action(detail=True, methods=["get"])
    def whereabouts(self, _request: Request, **_kwargs: str) -> Response:
        """Who has got the lot, and how many of its pieces are where."""
        lot = self.get_object()
        found = whereabouts_of(lot, self.actor)
        names: list[str] = [name for name in WhereaboutsSerializer().get_fields() if name != "lot"]
        shown = {name: getattr(found, name) for name in names}
        return Response(WhereaboutsSerializer({"lot": lot, **shown}).data)

    def _take(self, service: Callable[..., object], **values: Any) -> Response:
        pk = self.get_object().pk
        service(lot_id=pk, actor=self.actor, now=timezone.now(), expected_version=self.expected_version(), **values)
        return self.answer(pk)
