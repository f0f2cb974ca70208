"""A waybill is locked after its orders and shipments: the same order for everybody."""

from collections.abc import Collection

from core.actors import Actor
from core.errors import NotVisible
from core.locks import lock_row
from core.state import check_version
from orders.fulfilment.models import Shipment
from orders.fulfilment.waybills.models import Waybill, WaybillShipment
from orders.ordering.models import Order


def lock_orders_of(shipment_ids: Collection[int], *, actor: Actor | None) -> tuple[list[Order], list[Shipment]]:
    """The orders by key, then the shipments by key, all under FOR UPDATE. Raises NotVisible where one is not seen.

    Before: inside a transaction.
    """
    wanted = set(shipment_ids)
    order_ids = set(Shipment.objects.filter(pk__in=wanted).values_list("order_id", flat=True))
    seen = Order.objects.all() if actor is None else Order.objects.visible_to(actor)
    orders = list(seen.filter(pk__in=order_ids).select_for_update(of=("self",)).order_by("pk"))
    shipments = list(Shipment.objects.filter(pk__in=wanted).select_for_update(of=("self",)).order_by("pk"))
    if len(orders) < len(order_ids) or len(shipments) < len(wanted):
        raise NotVisible
    return orders, shipments


def lock_waybill(
    *, waybill_id: int, actor: Actor | None, expected_version: int | None = None
) -> tuple[Waybill, list[Order], list[Shipment]]:
    """The orders, the shipments and the waybill, all under FOR UPDATE. Raises NotVisible, StaleVersion."""
    carried = WaybillShipment.objects.filter(waybill=waybill_id).values_list("shipment_id", flat=True)
    orders, shipments = lock_orders_of(list(carried), actor=actor)
    rows = Waybill.objects.all() if actor is None else Waybill.objects.visible_to(actor)
    waybill = lock_row(rows, waybill_id)
    check_version(waybill, expected_version)
    return waybill, orders, shipments
