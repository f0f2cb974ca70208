from collections.abc import Collection
from typing import Any, Self

from django.db.models import Value

from accounts.querysets import BrandOnlyQuerySet
from core.actors import Actor
from core.codes import NormalCode
from core.querysets import ScopedQuerySet
from orders.ordering.querysets import ByOrderQuerySet
from orders.permissions import can_receive

CarrierQuerySet = BrandOnlyQuerySet


class DropShipmentQuerySet(ScopedQuerySet[Any]):
    def scope(self, actor: Actor) -> Self:
        """What comes to the person's own company and a distributor above it ordered, for whoever receives there."""
        if actor.distributor_id is None or not can_receive(actor):
            return self.none()
        return self.filter(order__consignee_distributor=actor.distributor_id)


class ByShipmentQuerySet(ByOrderQuerySet):
    path = "shipment__order"


class ByShipmentLineQuerySet(ByOrderQuerySet):
    path = "shipment_line__shipment__order"


class ShipmentSerialQuerySet(ByShipmentLineQuerySet):
    def with_numbers(self, serials: Collection[str]) -> Self:
        """Those with one of these numbers, in any spelling."""
        return self.filter(normal__in=[NormalCode(Value(text)) for text in serials])
