from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import Problem
from core.permissions import require
from inventory.services.channel_stock import receive_at_distributor
from orders.fulfilment.enums import DifferenceKind, ShipmentStatus
from orders.fulfilment.errors import ShipmentRefused
from orders.fulfilment.models import Shipment, ShipmentLine
from orders.fulfilment.permissions import SHIPMENT_STATES
from orders.fulfilment.services.delivering import lateness_at_end
from orders.fulfilment.services.locking import lock_order_of_shipment
from orders.fulfilment.services.lots import received_by_lot
from orders.ordering.enums import OrderAction, OrderEvent
from orders.ordering.models import Order
from orders.ordering.permissions import ORDER_STATES
from orders.ordering.services.locking import lock_order, record_order_event, save_order
from orders.permissions import can_receive


@transaction.atomic
def receive_order(*, order_id: int, actor: Actor, now: datetime, expected_version: int | None = None) -> Order:
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


@dataclass(frozen=True, kw_only=True)
class ReceivedLine:
    """How many pieces came, and why not all: of which kind, or in words."""

    quantity: int
    reason: str = ""
    kind: str = ""


_ADD_RECEIVED = """
UPDATE orders_orderline AS line SET received = line.received + part.received
FROM orders_shipmentline AS part
WHERE part.order_line_id = line.id AND part.shipment_id = %s
"""


@transaction.atomic
def receive_shipment(
    *,
    shipment_id: int,
    actor: Actor,
    now: datetime,
    lines: Mapping[int, ReceivedLine] | None = None,
    expected_version: int | None = None,
) -> Shipment:
    """Confirm one shipment: `lines` by shipment line id; a line not named came whole. Fewer pieces need a reason.

    That is a kind of difference, or words, which alone make it one of another kind.
    The order is received when all of it has left and every shipment is received; what came lies in the distributor's
    warehouse from then on, where it keeps one here. `expected_version` is the order's.
    Raises NotVisible, NotAllowed, StaleVersion, Conflict (received already), ShipmentRefused with a problem a line.
    """
    order, shipment = lock_order_of_shipment(shipment_id=shipment_id, actor=actor, expected_version=expected_version)
    require(can_receive(actor, order))
    SHIPMENT_STATES.advance(shipment, "receive")
    rows = ShipmentLine.objects.select_for_update(of=("self",)).select_related("order_line__product")
    shipment_lines = list(rows.filter(shipment=shipment).order_by("pk"))
    _fill(shipment_lines, lines or {})
    shipment.received_at = now
    shipment.delivered_at = shipment.delivered_at or now
    shipment.save(update_fields=["status", "received_at", "delivered_at"])
    ShipmentLine.objects.bulk_update(shipment_lines, ["received", "difference_kind", "difference_reason"])
    with connection.cursor() as cursor:
        cursor.execute(_ADD_RECEIVED, [shipment.pk])
    came = received_by_lot(shipment_lines)
    receive_at_distributor(
        distributor_id=order.distributor_id,
        product_ids=[product for product, _pieces, _lot in came],
        quantities=[pieces for _product, pieces, _lot in came],
        lot_ids=[lot for _product, _pieces, lot in came],
        reference=shipment.number,
        actor_id=actor.pk,
        at=now,
    )
    _close_order(order, shipment, shipment_lines, actor, now)
    return shipment


def _fill(shipment_lines: list[ShipmentLine], lines: Mapping[int, ReceivedLine]) -> None:
    known = {shipment_line.pk for shipment_line in shipment_lines}
    missing_line = _("This line is not in the shipment.")
    problems = [_problem(line, missing_line, "unknown") for line in lines if line not in known]
    for shipment_line in shipment_lines:
        came = lines.get(shipment_line.pk, ReceivedLine(quantity=shipment_line.quantity))
        if not 0 <= came.quantity <= shipment_line.quantity:
            message = _("Enter a quantity between 0 and %(most)d.") % {"most": shipment_line.quantity}
            problems.append(_problem(shipment_line.pk, message, "out_of_range"))
        elif came.quantity < shipment_line.quantity and not _explained(came):
            problems.append(_problem(shipment_line.pk, _("Enter a reason for the shortage."), "reason_required"))
        is_short = came.quantity < shipment_line.quantity
        shipment_line.difference_kind = (came.kind or DifferenceKind.OTHER) if is_short else ""
        shipment_line.received, shipment_line.difference_reason = came.quantity, came.reason.strip()
    if problems:
        raise ShipmentRefused(problems=problems)


def _explained(came: ReceivedLine) -> bool:
    """Of another kind alone explains nothing."""
    return came.kind not in {"", DifferenceKind.OTHER} or bool(came.reason.strip())


def _problem(line: int, message: str, code: str) -> Problem:
    return Problem(message=message, code=code, field=f"lines.{line}")


def _close_order(
    order: Order, shipment: Shipment, shipment_lines: list[ShipmentLine], actor: Actor, now: datetime
) -> None:
    missing = sum(shipment_line.quantity - (shipment_line.received or 0) for shipment_line in shipment_lines)
    before = order.status
    open_shipments = Shipment.objects.filter(order=order).exclude(status=ShipmentStatus.RECEIVED).exists()
    whole = not open_shipments and ORDER_STATES.target(before, OrderAction.RECEIVE) is not None
    if whole:
        ORDER_STATES.advance(order, OrderAction.RECEIVE)
        order.received_at = now
        if order.delivered_at is None:
            order.delivered_at = now
            order.lateness = lateness_at_end(order, now)
        save_order(order, "status", "received_at", "delivered_at", "lateness")
    record_order_event(
        order, OrderEvent.RECEIVED, actor=actor, now=now, before=before,
        shipment=shipment, missing=missing, partial=not whole,
    )  # fmt: skip
