from typing import Any, Self

from django.apps import apps

from accounts.querysets import NarrowedQuerySet
from core.actors import Actor
from orders.fulfilment.querysets import ByShipmentQuerySet
from orders.ordering.querysets import ByOrderQuerySet


class ByParcelQuerySet(ByOrderQuerySet):
    path = "parcel__shipment__order"


class WaybillQuerySet(NarrowedQuerySet[Any]):
    def scope(self, actor: Actor) -> Self:
        """Seen with its orders, which are all of one distributor and one seller."""
        carried = apps.get_model("orders", "WaybillShipment")
        return self.filter(pk__in=carried.objects.visible_to(actor).values("waybill"))


class WaybillShipmentQuerySet(ByShipmentQuerySet):
    """Shipments on waybills are seen with their order."""
