from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import InvalidInput
from core.permissions import require
from inventory.services.stock import release
from orders.fulfilment.enums import ShipmentStatus
from orders.fulfilment.models import Shipment
from orders.fulfilment.services.delivering import lateness_at_end
from orders.ordering.enums import ORDER, OrderAction, OrderEvent
from orders.ordering.models import Order
from orders.ordering.permissions import ORDER_STATES
from orders.ordering.services.credit import settle_orders
from orders.ordering.services.line_amounts import AMOUNTS, give_up, lines_with_adjustments
from orders.ordering.services.locking import lock_order, record_order_event, save_order
from orders.ordering.services.sales import count_sales
from orders.permissions import can_decide


@transaction.atomic
def cancel_rest(
    *, order_id: int, actor: Actor, now: datetime, reason: str, expected_version: int | None = None
) -> Order:
    """Cancel what has not left of an order shipped in part; what has left is the whole order from now on.

    Its stock is free again, its amounts (in the order's currency) and the sales counted are those of the pieces that
    left. The order is shipped, or delivered or received where all its shipments are. Records one event. Raises
    NotVisible, NotAllowed, StaleVersion, Conflict, and InvalidInput without a reason.
    """
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    require(can_decide(actor, order))
    before, _after = ORDER_STATES.advance(order, OrderAction.CANCEL_REST)
    if not reason.strip():
        raise InvalidInput(_("Enter a reason for cancelling the rest."), code="required", field="reason")
    count_sales(order, sign=-1)
    lines = lines_with_adjustments(order)
    units = give_up(order, lines, {line.pk: line.shipped for line in lines})
    go_on(order)
    order.cancel_reason = reason.strip()
    save_order(order, "status", "cancel_reason", "delivered_at", "received_at", "lateness", "total_amount", *AMOUNTS)
    count_sales(order, sign=1)
    settle_orders([order.pk], now=now)
    record_order_event(
        order, OrderEvent.REST_CANCELLED, actor=actor, now=now, before=before, units=units, reason=order.cancel_reason
    )
    release(source_type=ORDER, source_id=order.pk)
    return order


def go_on(order: Order) -> None:
    """Of a shipped order: where all that left has arrived already, no later event will say so."""
    shipments = list(Shipment.objects.filter(order=order))
    if any(shipment.status == ShipmentStatus.SHIPPED for shipment in shipments):
        return
    ORDER_STATES.advance(order, OrderAction.DELIVER)
    order.delivered_at = max(shipment.delivered_at for shipment in shipments if shipment.delivered_at)
    order.lateness = lateness_at_end(order, order.delivered_at)
    if all(shipment.status == ShipmentStatus.RECEIVED for shipment in shipments):
        ORDER_STATES.advance(order, OrderAction.RECEIVE)
        order.received_at = max(shipment.received_at for shipment in shipments if shipment.received_at)
