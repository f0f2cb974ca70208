"""Orders are picked and leave: one, or many at once with a number of statements that does not depend on how many."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from company.enums import DocumentKind
from company.selectors import period_id_on
from company.services.number_series import next_numbers
from core.actors import Actor
from core.constraints import explained
from core.events import EventInput, record_events
from core.permissions import require
from core.state import check_version
from inventory.selectors.availability import waiting_by_line
from inventory.services.stock import LeavingLine, consume_lines
from orders.fulfilment.models import Shipment, ShipmentLine
from orders.fulfilment.services.drop_shipping import drop_shipped_event
from orders.fulfilment.services.leaving import (
    Refusals,
    known_carrier,
    one_warehouse,
    shipped_quantities,
    what_is_there,
)
from orders.fulfilment.services.lots import Picks, bind_order_lines, lots_to_ship, not_bound_data, note_lots
from orders.fulfilment.services.serials import Serials, note_serials, serials_to_ship
from orders.fulfilment.services.shipped_sales import post_shipments, share_of_lines
from orders.fulfilment.waves.selectors.in_waves import refuse_in_waves
from orders.ordering.enums import ORDER, HoldStep, OrderAction, OrderEvent, OrderStatus
from orders.ordering.models import Order, OrderLine
from orders.ordering.permissions import ORDER_STATES
from orders.ordering.services.credit import hold_over_credit, settle_orders
from orders.ordering.services.holds import require_no_hold
from orders.ordering.services.locking import lock_orders, order_event
from orders.ordering.services.rules import broken_rules
from orders.permissions import can_handle

_RELATED = ("distributor", "warehouse", "company")


@dataclass(frozen=True, kw_only=True)
class ChosenPieces:
    """Which pieces of lines leave: of which lots (pieces by lot, by line), with which serial numbers (by line)."""

    lots: Picks = field(default_factory=dict)
    serials: Serials = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class OrderToShip:
    """An order of which `quantities` (pieces by line) are shipped; None is all that is left and does not wait."""

    order_id: int
    quantities: Mapping[int, int] | None = None
    chosen: ChosenPieces = field(default_factory=ChosenPieces)
    expected_version: int | None = None


def start_picking(*, order_id: int, actor: Actor, now: datetime, expected_version: int | None = None) -> Order:
    """Note that an approved order is being picked, and bind it to its lots; what has none is in the event.

    Raises NotVisible, NotAllowed, StaleVersion, Conflict (state, a hold, a rule of placing that does not hold any more). One
    that is over the credit limit by now is on hold even so.
    """
    expected_version = _ask_again(order_id, actor, expected_version, now=now)
    with transaction.atomic():
        orders = lock_to_fulfil(order_ids=[order_id], actor=actor)
        check_version(orders[0], expected_version)
        begin_picking(orders, lock_lines(orders), actor=actor, now=now)
    return orders[0]


def _ask_again(order_id: int, actor: Actor, expected_version: int | None, *, now: datetime) -> int | None:
    """Ask the credit of an order before it goes to the warehouse; returns None where its hold says more than its version."""
    order = Order.objects.visible_to(actor).filter(pk=order_id).first()
    if order is None or not can_handle(actor, order):
        return expected_version  # refused in a moment, and then nothing may have changed
    return None if hold_over_credit(order_ids=[order_id], now=now) else expected_version


def lock_to_fulfil(*, order_ids: Collection[int], actor: Actor) -> list[Order]:
    """Orders of which something is picked or shipped, locked. Raises NotVisible, NotAllowed."""
    orders = lock_orders(order_ids=order_ids, actor=actor, related=_RELATED)
    for order in orders:
        require(can_handle(actor, order))
    return orders


def lock_lines(orders: Collection[Order]) -> list[OrderLine]:
    """The lines of locked orders, with their products. One statement."""
    rows = OrderLine.objects.filter(order__in=orders).select_related("product").select_for_update(of=("self",))
    return list(rows.order_by("order_id", "pk"))


def by_order(lines: Sequence[OrderLine]) -> dict[int, list[OrderLine]]:
    """Lines by their order."""
    found: dict[int, list[OrderLine]] = defaultdict(list)
    for line in lines:
        found[line.order_id].append(line)
    return found


def begin_picking(orders: Sequence[Order], lines: Sequence[OrderLine], *, actor: Actor, now: datetime) -> None:
    """Approved orders are being picked from now on, bound to their lots; each is one event.

    Before: orders and lines are locked. Raises Conflict where a state, a hold or a rule of placing does not allow it: of
    several orders with the number of each. The number of statements is fixed.
    """
    if not orders:
        return
    refusals, before = Refusals(orders), dict[int, str]()
    for order in orders:
        with refusals.of(order):
            before[order.pk], _after = ORDER_STATES.advance(order, OrderAction.PICK)
            require_no_hold(order, HoldStep.RELEASE)
    _refuse_broken(orders, lines, refusals, now=now)
    _save_status(orders)
    missing = defaultdict(list)
    for one in bind_order_lines(orders, lines, now=now):
        missing[one.source_id].append(one)
    events = []
    for order in orders:
        data: dict[str, Any] = {"not_bound": not_bound_data(missing[order.pk], lines)} if missing[order.pk] else {}
        events.append(order_event(order, OrderEvent.PICKING, before=before[order.pk], **data))
    record_events(events, actor_id=actor.pk, at=now)


def _refuse_broken(orders: Sequence[Order], lines: Sequence[OrderLine], refusals: Refusals, *, now: datetime) -> None:
    broken = broken_rules(orders, lines, now=now)
    for order in orders:
        if order.pk in broken:
            refusals.add(order, broken[order.pk])
    refusals.raise_any()


def _save_status(orders: Sequence[Order], **fields: Any) -> None:
    """Write the states of locked orders, a statement for each state that there is."""
    by_status: dict[str, list[int]] = defaultdict(list)
    for order in orders:
        by_status[order.status].append(order.pk)
    for status, ids in by_status.items():
        Order.objects.filter(pk__in=ids).update(status=status, **fields)
    for order in orders:
        for name, value in fields.items():
            setattr(order, name, value)
        order.version += 1  # as the database has counted it


_ADD_SHIPPED = """
UPDATE orders_orderline AS line SET shipped = line.shipped + part.quantity
FROM unnest(%s::bigint[], %s::int[]) AS part (id, quantity)
WHERE line.id = part.id
"""


def ship_order(
    *,
    order_id: int,
    actor: Actor,
    now: datetime,
    quantities: Mapping[int, int] | None = None,
    carrier_id: int | None = None,
    tracking_number: str = "",
    expected_on: date | None = None,
    expected_version: int | None = None,
    warehouse_id: int | None = None,
    chosen: ChosenPieces | None = None,
) -> Shipment:
    """Ship `quantities` (pieces by order line id; None is all that is left and does not wait) of an approved order.

    A shipment leaves one warehouse: with `warehouse_id` None is all that is left there. Products by lot leave in the lots to
    which they are bound, or in those that are `chosen`. Products with serial numbers leave with as many of them as pieces.

    Takes the goods out of reservation and stock, writes one move a product, and makes the shipment. The order is
    shipped when nothing is left, else shipped in part. Raises NotVisible, NotAllowed, StaleVersion, Conflict (state,
    nothing reserved, a rule of placing, in a wave), ShipmentRefused with a problem a line (`quantities.<line id>`,
    `serials.<line id>`), at `carrier`, or at `quantities` where lines are of several warehouses.
    """
    expected_version = _ask_again(order_id, actor, expected_version, now=now)
    asked = OrderToShip(
        order_id=order_id, quantities=quantities, chosen=chosen or ChosenPieces(), expected_version=expected_version
    )
    with explained(), transaction.atomic():
        (shipment,) = ship_locked(
            lock_to_fulfil(order_ids=[order_id], actor=actor), [asked], actor=actor, now=now, carrier_id=carrier_id,
            tracking_number=tracking_number, expected_on=expected_on, warehouse_id=warehouse_id,
        )  # fmt: skip
    return shipment


def ship_locked(
    orders: Sequence[Order],
    asked: Sequence[OrderToShip],
    *,
    actor: Actor,
    now: datetime,
    carrier_id: int | None = None,
    tracking_number: str = "",
    expected_on: date | None = None,
    warehouse_id: int | None = None,
    wave_id: int | None = None,
) -> list[Shipment]:
    """Ship many orders at once, each as `ship_order` does, all or none; the shipments in the turn of the orders.

    What is in an open wave leaves with that wave only. Before: the orders are locked by `lock_to_fulfil`. The number of
    statements does not depend on how many orders and lines there are. Errors as `ship_order`; of several orders each
    problem names its order.
    """
    wishes = {one.order_id: one for one in asked}
    lines = lock_lines(orders)
    of_order = by_order(lines)
    refusals, before, shipped = Refusals(orders), dict[int, str](), dict[int, dict[int, int]]()
    waiting = (
        waiting_by_line(source_type=ORDER, source_ids=list(wishes))
        if any(one.quantities is None for one in asked)
        else {}
    )
    places = {}
    for order in orders:
        wish = wishes[order.pk]
        with refusals.of(order):
            check_version(order, wish.expected_version)
            there = wish.quantities
            if there is None:
                there = what_is_there(order, of_order[order.pk], waiting, warehouse_id)
            shipped[order.pk] = shipped_quantities(of_order[order.pk], there)
            before[order.pk] = _advance(order, of_order[order.pk], shipped[order.pk])
            places[order.pk] = one_warehouse(order, of_order[order.pk], shipped[order.pk])
    refusals.raise_any()
    pieces = {line: quantity for some in shipped.values() for line, quantity in some.items()}
    leaving = [line for line in lines if line.pk in pieces]
    refuse_in_waves(leaving, wave_id=wave_id)
    _refuse_broken(orders, leaving, refusals, now=now)
    scanned = {line: some for one in asked for line, some in one.chosen.serials.items()}
    numbered = serials_to_ship(leaving, pieces, scanned)
    _save_status(orders, shipped_at=now)
    shipments = _shipments(
        orders, places, now=now, carrier_id=known_carrier(carrier_id, actor), tracking_number=tracking_number.strip(),
        expected_on=expected_on,
    )  # fmt: skip
    amounts = share_of_lines({order.pk: order for order in orders}, leaving, pieces)
    written = _write(shipments, shipped, amounts)
    settle_orders(wishes, now=now)
    picks: dict[int, Mapping[int, int]] = {line: lots for one in asked for line, lots in one.chosen.lots.items()}
    taken = lots_to_ship(orders, leaving, pieces, now=now, picks=picks or None, arrives_on=expected_on)
    note_lots(written, taken)
    note_serials(written, numbered, {line.pk: line.product_id for line in leaving})
    post_shipments(shipments)
    number_of = {shipment.order_id: shipment.number for shipment in shipments}
    record_events(
        [
            *(_shipped_event(one.order, one, before[one.order_id], shipped[one.order_id]) for one in shipments),
            *(drop_shipped_event(one) for one in shipments if one.order.consignee_distributor_id is not None),
        ],
        actor_id=actor.pk,
        at=now,
    )
    consume_lines(
        source_type=ORDER,
        lines=[
            LeavingLine(
                source_id=line.order_id,
                source_line_id=line.pk,
                pieces=pieces[line.pk],
                reference=number_of[line.order_id],
            )
            for line in leaving
        ],
        actor_id=actor.pk,
        at=now,
        lots=taken,
    )
    return shipments


def _advance(order: Order, lines: Sequence[OrderLine], shipped: Mapping[int, int]) -> str:
    left = sum(line.outstanding for line in lines) - sum(shipped.values())
    before, _after = ORDER_STATES.advance(order, OrderAction.SHIP_PARTLY if left else OrderAction.SHIP)
    released = before != OrderStatus.APPROVED  # what is shipped without picking goes to the warehouse with it
    require_no_hold(order, HoldStep.SHIP, *(() if released else (HoldStep.RELEASE,)))
    return before


def _shipments(
    orders: Sequence[Order], places: Mapping[int, int | None], *, now: datetime, **fields: Any
) -> list[Shipment]:
    day = timezone.localdate(now)
    numbers = {}
    for company in {order.company_id for order in orders}:
        count = sum(order.company_id == company for order in orders)
        numbers[company] = iter(next_numbers(kind=DocumentKind.SHIPMENT, company_id=company, on=day, count=count))
    period = period_id_on(day)
    return Shipment.objects.bulk_create(
        Shipment(
            number=next(numbers[order.company_id]),
            order=order,
            warehouse_id=places[order.pk],
            shipped_at=now,
            posts_sales=True,
            sales_period_id=period,
            **fields,
        )
        for order in orders
    )


def _write(
    shipments: Sequence[Shipment],
    shipped: Mapping[int, Mapping[int, int]],
    amounts: Mapping[int, Mapping[str, Decimal]],
) -> list[ShipmentLine]:
    made: list[ShipmentLine] = ShipmentLine.objects.bulk_create(
        ShipmentLine(shipment=shipment, order_line_id=line, quantity=quantity, **amounts[line])
        for shipment in shipments
        for line, quantity in shipped[shipment.order_id].items()
    )
    with connection.cursor() as cursor:
        cursor.execute(_ADD_SHIPPED, [[row.order_line_id for row in made], [row.quantity for row in made]])
    return made


def _shipped_event(order: Order, shipment: Shipment, before: str, shipped: Mapping[int, int]) -> EventInput:
    return order_event(
        order, OrderEvent.SHIPPED, before=before, shipment=shipment, units=sum(shipped.values()),
        tracking_number=shipment.tracking_number,
    )  # fmt: skip
