"""Goods arrive at the distributor's door."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.actors import Actor
from core.events import EventInput, record_events
from core.permissions import require
from orders.fulfilment.enums import ShipmentStatus
from orders.fulfilment.models import Shipment
from orders.fulfilment.permissions import SHIPMENT_STATES
from orders.fulfilment.services.locking import lock_order_of_shipment
from orders.ordering.enums import Lateness, OrderAction, OrderEvent
from orders.ordering.models import Order
from orders.ordering.permissions import ORDER_STATES
from orders.ordering.services.locking import lock_order, order_event, record_order_event, save_order
from orders.permissions import can_mark_delivered


@transaction.atomic
def deliver_shipment(*, shipment_id: int, actor: Actor, now: datetime, expected_version: int | None = None) -> Shipment:
    """Mark one shipment as delivered; with the last of an order that has all left, the order is delivered.

    `expected_version` is the order's. Raises NotVisible, NotAllowed, StaleVersion, Conflict.
    """
    order, shipment = lock_order_of_shipment(shipment_id=shipment_id, actor=actor, expected_version=expected_version)
    require(can_mark_delivered(actor, shipment))
    note_delivery(order, shipment, at=now, actor=actor)
    return shipment


@transaction.atomic
def deliver_order(*, order_id: int, actor: Actor, now: datetime, expected_version: int | None = None) -> Order:
    """Mark all that is on its way of a shipped order as delivered. Raises as `deliver_shipment`."""
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    require(can_mark_delivered(actor, order))
    before, _after = ORDER_STATES.advance(order, OrderAction.DELIVER)
    Shipment.objects.filter(order=order, status=ShipmentStatus.SHIPPED).update(
        status=ShipmentStatus.DELIVERED, delivered_at=now
    )
    _finish(order, at=now, before=before, actor=actor)
    return order


def note_delivery(order: Order, shipment: Shipment, *, at: datetime, actor: Actor | None) -> None:
    """Write the delivery of a locked shipment of a locked order. `actor` None is the carrier."""
    SHIPMENT_STATES.advance(shipment, "deliver")
    shipment.delivered_at = at
    shipment.save(update_fields=["status", "delivered_at"])
    on_its_way = Shipment.objects.filter(order=order, status=ShipmentStatus.SHIPPED).exists()
    before = order.status
    if not on_its_way and ORDER_STATES.target(before, OrderAction.DELIVER):
        ORDER_STATES.advance(order, OrderAction.DELIVER)
        _finish(order, at=at, before=before, actor=actor, shipment=shipment)
    else:
        record_order_event(
            order, OrderEvent.DELIVERED, actor=actor, now=at, before=before, shipment=shipment, partial=True
        )


def note_deliveries(
    orders: Sequence[Order], shipments: Sequence[Shipment], *, at: datetime, actor: Actor | None
) -> None:
    """Likewise of several locked shipments and their locked orders. The number of statements is fixed.

    Each shipment is one event of its order; the last one of an order that has all left says that the order is delivered.
    """
    for shipment in shipments:
        SHIPMENT_STATES.advance(shipment, "deliver")
        shipment.delivered_at = at
    Shipment.objects.bulk_update(shipments, ["status", "delivered_at"])
    waiting = Shipment.objects.filter(order__in=orders, status=ShipmentStatus.SHIPPED)
    open_orders = set(waiting.values_list("order_id", flat=True))
    before = {order.pk: str(order.status) for order in orders}
    moved = {shipment.order_id for shipment in shipments}
    finished = [
        order
        for order in orders
        if order.pk in moved - open_orders and ORDER_STATES.target(order.status, OrderAction.DELIVER)
    ]
    for order in finished:
        ORDER_STATES.advance(order, OrderAction.DELIVER)
        order.delivered_at = at
        order.lateness = lateness_at_end(order, at)
    Order.objects.bulk_update(finished, ["status", "delivered_at", "lateness"])
    by_id = {order.pk: order for order in orders}
    last = {shipment.order_id: shipment.pk for shipment in shipments}
    done = {last[order.pk] for order in finished}
    record_events(
        [
            _delivered(by_id[shipment.order_id], shipment, before[shipment.order_id], is_last=shipment.pk in done)
            for shipment in shipments
        ],
        actor_id=actor.pk if actor else None,
        at=at,
    )


def _delivered(order: Order, shipment: Shipment, before: str, *, is_last: bool) -> EventInput:
    data: dict[str, Any] = {} if is_last else {"after": before, "partial": True}
    return order_event(order, OrderEvent.DELIVERED, before=before, shipment=shipment, **data)


def _finish(order: Order, *, at: datetime, before: str, actor: Actor | None, shipment: Shipment | None = None) -> None:
    order.delivered_at = at
    order.lateness = lateness_at_end(order, at)
    save_order(order, "status", "delivered_at", "lateness")
    record_order_event(order, OrderEvent.DELIVERED, actor=actor, now=at, before=before, shipment=shipment)


def lateness_at_end(order: Order, at: datetime) -> Lateness:
    """Whether the goods came after the promised day."""
    late = order.promised_on is not None and timezone.localdate(at) > order.promised_on
    return Lateness.LATE if late else Lateness.ON_TIME
