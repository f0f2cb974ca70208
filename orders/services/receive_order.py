"""All of an order came whole."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from core.rules import require
from orders.enums import ORDER_STATES, OrderAction, ShipmentStatus
from orders.models import Order, Shipment
from orders.rules import can_receive
from orders.services.locking import lock_order
from orders.services.receive_shipment import receive_shipment


@transaction.atomic
def receive_order(*, order_id: int, actor: User, now: datetime, expected_version: int | None = None) -> Order:
    """Confirm every shipment of an order that is still on its way as come whole, and with them the order.

    Raises NotVisible, NotAllowed, StaleVersion, and Conflict where not all of it has left.
    """
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    require(can_receive(actor, order))
    ORDER_STATES.advance(order, OrderAction.RECEIVE)
    waiting = Shipment.objects.filter(order=order).exclude(status=ShipmentStatus.RECEIVED)
    for shipment_id in list(waiting.order_by("pk").values_list("pk", flat=True)):
        receive_shipment(shipment_id=shipment_id, actor=actor, now=now)
    order.refresh_from_db()
    return order
