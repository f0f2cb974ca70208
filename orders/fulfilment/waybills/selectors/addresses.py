"""Which shipments can go together: to one address, from one warehouse, with one carrier."""

from collections.abc import Mapping
from typing import Any

from core.actors import Actor
from orders.fulfilment.enums import ShipmentStatus
from orders.fulfilment.models import Shipment


def address_key(ship_to: Mapping[str, Any]) -> tuple[str, ...]:
    """Two copies of an address are one where street, postal code, city and recipient are, in any spelling of spaces."""
    return tuple(
        "".join(str(ship_to.get(name) or "").split()).casefold() for name in ("address", "postal_code", "city", "name")
    )


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
