"""A shipment is locked after its order."""

from core.actors import Actor
from core.errors import NotVisible
from core.locks import lock_row
from orders.fulfilment.models import DropShipment, Shipment
from orders.ordering.models import Order
from orders.ordering.services.locking import lock_order


def lock_order_of_shipment(
    *, shipment_id: int, actor: Actor | None, expected_version: int | None
) -> tuple[Order, Shipment]:
    """The order first, then the shipment, both under FOR UPDATE: the same order for everybody."""
    order_id = Shipment.objects.filter(pk=shipment_id).values_list("order_id", flat=True).first()
    if order_id is None:
        raise NotVisible
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    return order, lock_row(Shipment.objects.filter(order_id=order.pk), shipment_id)


def lock_to_receive(*, shipment_id: int, actor: Actor, expected_version: int | None) -> tuple[Order, Shipment]:
    """Likewise for whoever counts the goods: the consignee of a drop shipment does not see its order."""
    is_consignee = DropShipment.objects.visible_to(actor).filter(pk=shipment_id).exists()
    return lock_order_of_shipment(
        shipment_id=shipment_id, actor=None if is_consignee else actor, expected_version=expected_version
    )
