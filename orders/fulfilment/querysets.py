from collections.abc import Collection
from typing import Self

from django.db.models import Value

from accounts.querysets import BrandOnlyQuerySet
from core.codes import NormalCode
from orders.ordering.querysets import ByOrderQuerySet

CarrierQuerySet = BrandOnlyQuerySet


class ByShipmentQuerySet(ByOrderQuerySet):
    path = "shipment__order"


class ByShipmentLineQuerySet(ByOrderQuerySet):
    path = "shipment_line__shipment__order"


class ShipmentSerialQuerySet(ByShipmentLineQuerySet):
    def with_numbers(self, serials: Collection[str]) -> Self:
        """Those with one of these numbers, in any spelling."""
        return self.filter(normal__in=[NormalCode(Value(text)) for text in serials])
