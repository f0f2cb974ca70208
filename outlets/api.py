"""Outlets and their links over the API."""

from typing import Any

from django.db import models
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.viewsets import ScopedReadOnlyViewSet
from outlets.filters import DirectionFilter, OutletFilter, OutletLinkFilter
from outlets.models import BusinessDirection, Outlet, OutletLink
from outlets.serializers import (
    BusinessDirectionSerializer,
    CloseOutlet,
    EndBusinessDirection,
    EndOutletLink,
    NewBusinessDirection,
    NewOutlet,
    NewOutletLink,
    OutletChange,
    OutletLinkSerializer,
    OutletSerializer,
    as_values,
)
from outlets.services.directions import agree_direction, end_direction
from outlets.services.links import end_link, link_outlet
from outlets.services.outlets import change_outlet, close_outlet, create_outlet, open_outlet, reopen_outlet


class OutletViewSet(ScopedReadOnlyViewSet):
    """Outlets that buy from the distributors you see; a distributor sees those of its own branch."""

    queryset = Outlet.objects.all()
    serializer_class = OutletSerializer
    filterset_class = OutletFilter
    ordering = ("code",)
    versioned = True

    def rows(self, visible: Any) -> models.QuerySet[Any]:
        found: models.QuerySet[Any] = visible.select_related("head_office", "territory")
        return found

    @extend_schema(request=NewOutlet, responses={201: OutletSerializer})
    def create(self, _request: Request) -> Response:
        """Make a planned outlet; a distributor's people propose it for their own company."""
        made = create_outlet(actor=self.actor, **as_values(self.parse(NewOutlet)))
        return self.answer(made.pk, status=201)

    @extend_schema(request=OutletChange, responses=OutletSerializer)
    def partial_update(self, _request: Request, **_kwargs: str) -> Response:
        outlet = self.get_object()
        changes = as_values(self.parse(OutletChange))
        change_outlet(outlet_id=outlet.pk, actor=self.actor, expected_version=self.expected_version(), **changes)
        return self.answer(outlet.pk)

    @extend_schema(request=None, responses=OutletSerializer)
    @action(detail=True, methods=["post"])
    def open(self, _request: Request, **_kwargs: str) -> Response:
        """A planned outlet sells."""
        return self._take(open_outlet)

    @extend_schema(request=None, responses=OutletSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, _request: Request, **_kwargs: str) -> Response:
        """A closed outlet sells again; its links are made anew."""
        return self._take(reopen_outlet)

    @extend_schema(request=CloseOutlet, responses=OutletSerializer)
    @action(detail=True, methods=["post"])
    def close(self, _request: Request, **_kwargs: str) -> Response:
        """Close it; its links end on its last day."""
        return self._take(close_outlet, CloseOutlet)

    def _take(self, service: Any, serializer_class: Any = None) -> Response:
        outlet = self.get_object()
        values = self.parse(serializer_class) if serializer_class else {}
        service(outlet_id=outlet.pk, actor=self.actor, expected_version=self.expected_version(), **values)
        return self.answer(outlet.pk)


class OutletLinkViewSet(ScopedReadOnlyViewSet):
    """From whom outlets buy, for the distributors you see."""

    queryset = OutletLink.objects.all()
    serializer_class = OutletLinkSerializer
    filterset_class = OutletLinkFilter
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("pk",)
    versioned = True

    def rows(self, visible: Any) -> models.QuerySet[Any]:
        found: models.QuerySet[Any] = visible.select_related("outlet", "distributor", "brand")
        return found

    @extend_schema(request=NewOutletLink, responses={201: OutletLinkSerializer})
    def create(self, _request: Request) -> Response:
        """An outlet buys a brand, or all of them, from a distributor."""
        values = as_values(self.parse(NewOutletLink))
        made = link_outlet(outlet_id=values.pop("outlet").pk, actor=self.actor, **values)
        return self.answer(made.pk, status=201)

    @extend_schema(request=EndOutletLink, responses=OutletLinkSerializer)
    @action(detail=True, methods=["post"])
    def end(self, _request: Request, **_kwargs: str) -> Response:
        """End it after a day."""
        link = self.get_object()
        values = self.parse(EndOutletLink)
        end_link(link_id=link.pk, actor=self.actor, expected_version=self.expected_version(), **values)
        return self.answer(link.pk)


class BusinessDirectionViewSet(ScopedReadOnlyViewSet):
    """What was agreed about the direction of the business of the distributors you see."""

    queryset = BusinessDirection.objects.all()
    serializer_class = BusinessDirectionSerializer
    filterset_class = DirectionFilter
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("pk",)
    versioned = True

    def rows(self, visible: Any) -> models.QuerySet[Any]:
        found: models.QuerySet[Any] = visible.select_related("distributor", "category")
        return found

    @extend_schema(request=NewBusinessDirection, responses={201: BusinessDirectionSerializer})
    def create(self, _request: Request) -> Response:
        """Agree a direction, from today where no day is given."""
        made = agree_direction(actor=self.actor, **as_values(self.parse(NewBusinessDirection)))
        return self.answer(made.pk, status=201)

    @extend_schema(request=EndBusinessDirection, responses=BusinessDirectionSerializer)
    @action(detail=True, methods=["post"])
    def end(self, _request: Request, **_kwargs: str) -> Response:
        """End it after a day."""
        direction = self.get_object()
        values = self.parse(EndBusinessDirection)
        end_direction(direction_id=direction.pk, actor=self.actor, expected_version=self.expected_version(), **values)
        return self.answer(direction.pk)
