"""Which shipments can go together: to one address, from one warehouse, with one carrier."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from core.actors import Actor
from orders.fulfilment.enums import ShipmentStatus
from orders.fulfilment.models import Shipment

_MOST_LOOKED_AT: Final = 500
_MOST_GROUPS: Final = 10


def address_key(ship_to: Mapping[str, Any]) -> tuple[str, ...]:
    """Two copies of an address are one where street, postal code, city and recipient are, in any spelling of spaces."""
    return tuple(
        "".join(str(ship_to.get(name) or "").split()).casefold() for name in ("address", "postal_code", "city", "name")
    )


@dataclass(frozen=True, kw_only=True)
class GoingTogether:
    """Shipments on their way that could be on one waybill and are not."""

    shipments: Sequence[Shipment]

    @property
    def first(self) -> Shipment:
        return self.shipments[0]


def going_together(*, actor: Actor) -> list[GoingTogether]:
    """Of the latest shipments on their way those of which several can go together, the largest first. One query."""
    rows = Shipment.objects.visible_to(actor).filter(status=ShipmentStatus.SHIPPED, carriage__isnull=True)
    if actor.distributor_id is not None:
        rows = rows.filter(order__seller_distributor=actor.distributor_id)
    groups: dict[tuple[Any, ...], list[Shipment]] = defaultdict(list)
    for one in rows.select_related("order__distributor", "carrier").order_by("-shipped_at", "-id")[:_MOST_LOOKED_AT]:
        order = one.order
        side = (order.company_id, order.distributor_id, order.seller_distributor_id)
        groups[(*side, one.carrier_id, one.warehouse_id, *address_key(order.ship_to))].append(one)
    several = [GoingTogether(shipments=some) for some in groups.values() if len(some) > 1]
    return sorted(several, key=lambda group: -len(group.shipments))[:_MOST_GROUPS]


def goes_with(shipment: Shipment, *, actor: Actor) -> list[Shipment]:
    """Shipments on their way that can be on one waybill with this one, itself first. One query.

    Before: `shipment` has its order.
    """
    order = shipment.order
    rows = Shipment.objects.visible_to(actor).filter(
        status=ShipmentStatus.SHIPPED,
        carriage__isnull=True,
        carrier=shipment.carrier_id,
        warehouse=shipment.warehouse_id,
        order__company=order.company_id,
        order__distributor=order.distributor_id,
        order__seller_distributor=order.seller_distributor_id,
    )
    key = address_key(order.ship_to)
    matches = rows.select_related("order", "carrier").order_by("shipped_at", "id")
    together = [one for one in matches if address_key(one.order.ship_to) == key]
    return sorted(together, key=lambda one: one.pk != shipment.pk)
