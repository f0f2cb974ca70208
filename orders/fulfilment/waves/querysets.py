from typing import Any, Self

from accounts.permissions import sees_channel
from core.actors import Actor
from core.querysets import ScopedQuerySet
from orders.fulfilment.waves.enums import OPEN_WAVES
from orders.permissions import can_handle, sells


class ByWarehouseQuerySet(ScopedQuerySet[Any]):
    """What goes on in a warehouse is for those who pick and ship for its owner, and for those who see the channel."""

    path = ""

    def scope(self, actor: Actor) -> Self:
        owner = f"{self.path}warehouse__distributor"
        if sells(actor):
            return self.filter(**{owner: actor.distributor_id})
        if actor.distributor_id is None and (can_handle(actor) or sees_channel(actor)):
            return self.filter(**{f"{owner}__isnull": True})
        return self.none()


class WaveQuerySet(ByWarehouseQuerySet):
    def open(self) -> Self:
        return self.filter(status__in=OPEN_WAVES)


class ByWaveQuerySet(ByWarehouseQuerySet):
    path = "wave__"


class ByWaveLineQuerySet(ByWarehouseQuerySet):
    path = "line__wave__"
