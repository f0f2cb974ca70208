"""Holds of an order: placed by hand or by the program, lifted by name, each before the step that its kind names."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from channel.services.clearances import clear_address
from core.actors import Actor
from core.errors import Conflict, InvalidInput, NotVisible
from core.permissions import require
from core.sentences import sentences
from inventory.models import Reservation
from inventory.services.stock import expired_sources, release, reserved_pieces, set_expiry
from orders.ordering.enums import ORDER, HoldKind, HoldStep, OrderAction, OrderEvent, OrderStatus
from orders.ordering.models import Order, OrderHold
from orders.ordering.permissions import ORDER_STATES
from orders.ordering.services.limits import RESERVATION_LIFE
from orders.ordering.services.locking import lock_order, record_order_event, save_order
from orders.permissions import can_confirm, can_decide


@transaction.atomic
def place_hold(
    *, order_id: int, actor: Actor, reason: str, now: datetime, expected_version: int | None = None
) -> Order:
    """Put an order on hold by hand: it stays what it is, but does not go to the warehouse until the hold is lifted.

    One that waits for approval keeps its stock for three days from now, an approved one for good. Records one event.
    Raises NotVisible, NotAllowed, StaleVersion, Conflict (not in this state, on hold by hand already), and InvalidInput
    without a reason.
    """
    if not reason.strip():
        raise InvalidInput(_("Enter a reason for the hold."), code="required", field="reason")
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    require(can_decide(actor, order))
    before, _after = ORDER_STATES.advance(order, OrderAction.HOLD)
    if order.holds.filter(kind=HoldKind.MANUAL, lifted_at=None).exists():
        raise Conflict(_("This order is already on hold."), code="wrong_state")
    add_hold(order, HoldKind.MANUAL, params={"reason": reason.strip()}, actor=actor, now=now)
    record_order_event(order, OrderEvent.PUT_ON_HOLD, actor=actor, now=now, before=before, reason=reason.strip())
    if order.status == OrderStatus.SUBMITTED:
        set_expiry(source_type=ORDER, source_id=order.pk, expires_at=now + RESERVATION_LIFE)
    return order


@transaction.atomic
def lift_holds(
    *, order_id: int, actor: Actor, now: datetime, expected_version: int | None = None, reason: str = ""
) -> Order:
    """Lift every hold of an order but that above the buyer's limit, and that over the credit limit.

    What stock one that waits for approval still has, it keeps for three more days. An address outside the territory is
    cleared with the reason: later orders to it under the same agreement are not stopped. Records one event. Raises
    NotVisible, NotAllowed, StaleVersion, Conflict where the order is not on hold, and InvalidInput without a reason where
    a hold needs one.
    """
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    require(can_decide(actor, order))
    before, _after = ORDER_STATES.advance(order, OrderAction.RELEASE)
    if needs_reason(order) and not reason.strip():
        raise InvalidInput(_("Say why the order may go to this address."), code="required", field="reason")
    _clear_addresses(order, actor=actor, now=now, reason=reason.strip())
    if not close_holds(order, actor=actor, now=now, keep=[HoldKind.LIMIT, HoldKind.CREDIT]):
        raise Conflict(_("This order is not on hold."), code="wrong_state")
    record_order_event(order, OrderEvent.RELEASED, actor=actor, now=now, before=before, reason=reason.strip())
    if order.status == OrderStatus.SUBMITTED:
        set_expiry(source_type=ORDER, source_id=order.pk, expires_at=now + RESERVATION_LIFE)
    return order


@transaction.atomic
def confirm_order(*, order_id: int, actor: Actor, now: datetime, expected_version: int | None = None) -> Order:
    """Confirm an order above its buyer's limit: from now on it waits for the seller like any other.

    Its stock is kept for three more days. Records one event. Raises NotVisible, NotAllowed (not above the limit, or above
    the actor's own), StaleVersion and Conflict (not waiting any more).
    """
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    before, _after = ORDER_STATES.advance(order, OrderAction.CONFIRM)
    require(can_confirm(actor, order))
    close_holds(order, actor=actor, now=now, kinds=[HoldKind.LIMIT])
    record_order_event(order, OrderEvent.CONFIRMED, actor=actor, now=now, before=before)
    set_expiry(source_type=ORDER, source_id=order.pk, expires_at=now + RESERVATION_LIFE)
    return order


def needs_reason(order: Order) -> bool:
    """Whether an open hold of an order is lifted with a reason only."""
    return order.is_on_hold and any(HoldKind(hold.kind).needs_reason for hold in order.holds.open())


def _clear_addresses(order: Order, *, actor: Actor, now: datetime, reason: str) -> None:
    """An outlet has no address of the distributor's that could be cleared: its next order is asked for again."""
    for hold in order.holds.open().filter(kind=HoldKind.TERRITORY):
        if hold.params["address_id"] is None:
            continue
        clear_address(
            address_id=hold.params["address_id"],
            place=hold.params["place"],
            agreement_ids=hold.params["agreement_ids"],
            reason=reason,
            actor_id=actor.pk,
            now=now,
        )


def lapse_reservations(*, now: datetime) -> int:
    """Free stock whose time is over and put its orders on hold; returns how many orders. A transaction an order.

    An order that was approved meanwhile keeps its stock, unless it is over the credit limit: asked again under its lock.
    """
    return sum(_lapse(order_id, now) for order_id in expired_sources(source_type=ORDER, now=now))


@transaction.atomic
def _lapse(order_id: int, now: datetime) -> bool:
    try:
        order = lock_order(order_id=order_id, actor=None, expected_version=None)
    except NotVisible:
        return False
    expired = Reservation.objects.filter(
        source_type=ORDER, source_id=order_id, quantity__gt=0, expires_at__lte=now
    ).exists()
    if not expired or not _lapses(order):
        return False
    units = sum(reserved_pieces(source_type=ORDER, source_id=order.pk).values())
    if not order.holds.filter(kind=HoldKind.RESERVATION, lifted_at=None).exists():
        add_hold(order, HoldKind.RESERVATION, params={"units": units}, actor=None, now=now)
    record_order_event(order, OrderEvent.RESERVATION_EXPIRED, actor=None, now=now, before=order.status, units=units)
    release(source_type=ORDER, source_id=order.pk)
    return True


def _lapses(order: Order) -> bool:
    """Whether a locked order loses stock whose time is over: while it waits for approval, or is over the credit limit."""
    if order.status == OrderStatus.APPROVED:
        return order.holds.open().filter(kind=HoldKind.CREDIT).exists()
    return bool(order.status == OrderStatus.SUBMITTED)


def add_hold(
    order: Order, kind: HoldKind, *, params: Mapping[str, Any], actor: Actor | None, now: datetime, code: str = ""
) -> OrderHold:
    """Add a hold to a locked order. Before: none of its kind is open."""
    hold = OrderHold.objects.create(
        order=order,
        kind=kind,
        code=code or kind,
        params=dict(params),
        placed_by_id=actor.pk if actor else None,
        placed_at=now,
    )
    if not order.is_on_hold:
        order.is_on_hold = True
        save_order(order, "is_on_hold")
    return hold


def close_holds(
    order: Order,
    *,
    actor: Actor | None,
    now: datetime,
    kinds: Collection[HoldKind] = (),
    keep: Collection[HoldKind] = (),
) -> int:
    """Lift what holds a locked order, of some kinds, or all but those that are kept; returns how many holds that were."""
    if not order.is_on_hold:
        return 0
    chosen = order.holds.open().filter(kind__in=kinds) if kinds else order.holds.open().exclude(kind__in=keep)
    lifted: int = chosen.update(lifted_at=now, lifted_by=actor)
    if lifted and not order.holds.open().exists():
        order.is_on_hold = False
        save_order(order, "is_on_hold")
    return lifted


def require_no_hold(order: Order, *steps: HoldStep) -> None:
    """Raise Conflict where an open hold of a locked order stops one of the steps, with what holds it."""
    if not order.is_on_hold:
        return
    stopping = [hold for hold in order.holds.filter(lifted_at=None) if HoldKind(hold.kind).blocks in steps]
    if stopping:
        reasons = sentences(hold.reason for hold in stopping)
        raise Conflict(_("The order is on hold: %(reason)s") % {"reason": reasons}, code="on_hold")
