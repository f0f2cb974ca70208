from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from catalogue.models import Product
from core.actors import Actor
from core.constraints import explained
from core.errors import Problem
from core.permissions import require
from inventory.services.channel_stock import receive_at_distributor
from messaging.services.files import Attachment
from orders.fulfilment.claims.enums import UNORDERED, ClaimKind
from orders.fulfilment.claims.services.opening import Difference, lock_paid_lines, open_claim
from orders.fulfilment.claims.services.photos import check_photos
from orders.fulfilment.claims.services.settling import lock_replaced, settle_claims
from orders.fulfilment.enums import DifferenceKind, ShipmentStatus
from orders.fulfilment.errors import ShipmentRefused
from orders.fulfilment.models import Shipment, ShipmentLine
from orders.fulfilment.permissions import SHIPMENT_STATES
from orders.fulfilment.services.delivering import lateness_at_end
from orders.fulfilment.services.locking import lock_to_receive
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
    """How many pieces came whole, how many damaged, and why not all: of which kind, or in words. The rest is missing.

    Where nothing is said of damaged pieces, a kind of damage says it of all that did not come whole.
    """

    quantity: int
    reason: str = ""
    kind: str = ""
    damaged: int = 0
    photos: Sequence[Attachment] = ()


@dataclass(frozen=True, kw_only=True)
class UnorderedGoods:
    """Pieces of a product that came and were not on the shipment: more than was sent, or a wrong product."""

    product_id: int
    quantity: int
    kind: str = ClaimKind.SURPLUS
    reason: str = ""
    photos: Sequence[Attachment] = ()


MOST_UNORDERED = 50
MOST_SURPLUS = 1_000_000
_DAMAGES = frozenset({DifferenceKind.DAMAGED, DifferenceKind.EXPIRED})


_ADD_RECEIVED = """
UPDATE orders_orderline AS line SET received = line.received + part.received
FROM orders_shipmentline AS part
WHERE part.order_line_id = line.id AND part.shipment_id = %s
"""


def receive_shipment(
    *,
    shipment_id: int,
    actor: Actor,
    now: datetime,
    lines: Mapping[int, ReceivedLine] | None = None,
    unordered: Sequence[UnorderedGoods] = (),
    expected_version: int | None = None,
) -> Shipment:
    """Confirm one shipment: `lines` by shipment line id; a line not named came whole. Fewer pieces need a reason.

    That is a kind of difference, or words, which alone make it one of another kind. All that differs, and `unordered`
    goods, are on the delivery claim that this opens. The order is received when all of it has left and every shipment is
    received. What came whole or damaged lies in the receiver's warehouse from then on, where it keeps one here, the damaged
    pieces blocked: that of the distributor or of its consignee, nobody's where the goods went to an outlet.
    `expected_version` is the order's.
    Raises NotVisible, NotAllowed, StaleVersion, Conflict (received already), ShipmentRefused with a problem a line.
    """
    with explained(), transaction.atomic():
        order, shipment = lock_to_receive(shipment_id=shipment_id, actor=actor, expected_version=expected_version)
        require(can_receive(actor, order))
        SHIPMENT_STATES.advance(shipment, "receive")
        rows = ShipmentLine.objects.select_for_update(of=("self",)).select_related("order_line__product")
        shipment_lines = list(rows.filter(shipment=shipment).order_by("pk"))
        differences = _fill(shipment_lines, lines or {}) + _unordered(unordered)
        replaced = lock_replaced([order.pk])
        lock_paid_lines(differences)
        shipment.received_at = now
        shipment.delivered_at = shipment.delivered_at or now
        shipment.save(update_fields=["status", "received_at", "delivered_at"])
        ShipmentLine.objects.bulk_update(
            shipment_lines, ["received", "damaged", "missing", "difference_kind", "difference_reason"]
        )
        with connection.cursor() as cursor:
            cursor.execute(_ADD_RECEIVED, [shipment.pk])
        if order.goods_receiver_id is not None:
            came = received_by_lot(shipment_lines)
            receive_at_distributor(
                distributor_id=order.goods_receiver_id,
                product_ids=[product for product, _pieces, _lot in came],
                quantities=[pieces for _product, pieces, _lot in came],
                lot_ids=[lot for _product, _pieces, lot in came],
                reference=shipment.number,
                actor_id=actor.pk,
                at=now,
            )
        if differences:
            open_claim(order, shipment, differences, actor=actor, now=now)
        _close_order(order, shipment, shipment_lines, actor, now)
        settle_claims(replaced, actor_id=actor.pk, now=now)
    return shipment


def _fill(shipment_lines: list[ShipmentLine], lines: Mapping[int, ReceivedLine]) -> list[Difference]:
    """Note what came of each line; returns what differs."""
    known = {shipment_line.pk for shipment_line in shipment_lines}
    missing_line = _("This line is not in the shipment.")
    problems = [_problem(line, missing_line, "unknown") for line in lines if line not in known]
    differences: list[Difference] = []
    for shipment_line in shipment_lines:
        sent = shipment_line.quantity
        came = lines.get(shipment_line.pk, ReceivedLine(quantity=sent))
        found = _problem_of(shipment_line, came)
        if found is not None:
            problems.append(found)
            continue
        damaged = came.damaged or (sent - came.quantity if came.kind in _DAMAGES else 0)
        is_short = came.quantity < sent
        usual = DifferenceKind.DAMAGED if damaged and damaged == sent - came.quantity else DifferenceKind.OTHER
        shipment_line.difference_kind = (came.kind or usual) if is_short else ""
        shipment_line.received, shipment_line.difference_reason = came.quantity, came.reason.strip()
        shipment_line.damaged, shipment_line.missing = damaged, sent - came.quantity - damaged
        differences += _differences(shipment_line, came)
    if problems:
        raise ShipmentRefused(problems=problems)
    for one in differences:
        check_photos(one.photos, field=f"lines.{one.shipment_line.pk}.photos" if one.shipment_line else "unordered")
    return differences


def _problem_of(shipment_line: ShipmentLine, came: ReceivedLine) -> Problem | None:
    sent = shipment_line.quantity
    if not 0 <= came.quantity <= sent or not 0 <= came.damaged <= sent - came.quantity:
        most = sent if not 0 <= came.quantity <= sent else sent - came.quantity
        name = "" if not 0 <= came.quantity <= sent else ".damaged"
        message = _("Enter a quantity between 0 and %(most)d.") % {"most": most}
        return Problem(message=message, code="out_of_range", field=f"lines.{shipment_line.pk}{name}")
    if came.quantity + came.damaged < sent and not _explained(came):
        return _problem(shipment_line.pk, _("Enter a reason for the shortage."), "reason_required")
    return None


def _differences(shipment_line: ShipmentLine, came: ReceivedLine) -> list[Difference]:
    """One a kind; the photos are with the damaged pieces where there are some."""
    counts = ((ClaimKind.DAMAGED, shipment_line.damaged), (ClaimKind.MISSING, shipment_line.missing))
    found: list[Difference] = []
    for kind, pieces in counts:
        if pieces:
            found.append(
                Difference(
                    kind=kind,
                    product_id=shipment_line.order_line.product_id,
                    pieces=pieces,
                    shipment_line=shipment_line,
                    reason=_reason_of(kind, shipment_line.difference_kind),
                    note=came.reason,
                    photos=() if found else came.photos,
                )
            )
    return found


def _reason_of(kind: ClaimKind, said: str) -> str:
    """What was said, as far as it can be the reason of such a difference."""
    if kind == ClaimKind.DAMAGED:
        return said if said in _DAMAGES else DifferenceKind.DAMAGED
    return DifferenceKind.SHORT if said in {"", *_DAMAGES} else said


def _unordered(goods: Sequence[UnorderedGoods]) -> list[Difference]:
    """Goods that nobody ordered, each product and kind once."""
    problems = []
    if len(goods) > MOST_UNORDERED:
        message = _("At most %(most)d products that were not ordered can be entered.") % {"most": MOST_UNORDERED}
        problems.append(Problem(message=message, code="too_many_lines", field="unordered"))
    known = set(Product.objects.filter(pk__in={one.product_id for one in goods}).values_list("pk", flat=True))
    seen: set[tuple[int, str]] = set()
    for index, one in enumerate(goods):
        field, key = f"unordered.{index}", (one.product_id, one.kind)
        if one.product_id not in known or one.kind not in UNORDERED:
            problems.append(Problem(message=_("Unknown product."), code="unknown", field=f"{field}.product"))
        elif key in seen:
            problems.append(
                Problem(message=_("This product is entered twice."), code="duplicate", field=f"{field}.product")
            )
        if not 1 <= one.quantity <= MOST_SURPLUS:
            message = _("Enter a quantity between 1 and %(most)d.") % {"most": MOST_SURPLUS}
            problems.append(Problem(message=message, code="out_of_range", field=f"{field}.quantity"))
        seen.add(key)
    if problems:
        raise ShipmentRefused(problems=problems)
    for index, one in enumerate(goods):
        check_photos(one.photos, field=f"unordered.{index}.photos")
    return [
        Difference(
            kind=ClaimKind(one.kind), product_id=one.product_id, pieces=one.quantity, note=one.reason, photos=one.photos
        )
        for one in goods
    ]


def _explained(came: ReceivedLine) -> bool:
    """Of another kind alone explains nothing."""
    return came.kind not in {"", DifferenceKind.OTHER} or bool(came.reason.strip())


def _problem(line: int, message: str, code: str) -> Problem:
    return Problem(message=message, code=code, field=f"lines.{line}")


def _close_order(
    order: Order, shipment: Shipment, shipment_lines: list[ShipmentLine], actor: Actor, now: datetime
) -> None:
    missing = sum(shipment_line.missing for shipment_line in shipment_lines)
    damaged = sum(shipment_line.damaged for shipment_line in shipment_lines)
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
        shipment=shipment, missing=missing, damaged=damaged, partial=not whole,
    )  # fmt: skip
