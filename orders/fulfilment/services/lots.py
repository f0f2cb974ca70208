"""The lots of orders: bound when picking starts, chosen otherwise by whoever picks, noted on the shipment."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import Problem
from core.permissions import require
from inventory.models import LotBinding
from inventory.services.lot_binding import LineToBind, NotBound, TakenLot, bind_lots, take_bound, unbind_lots
from orders.fulfilment.errors import ShipmentRefused
from orders.fulfilment.models import ShipmentLine, ShipmentLot
from orders.fulfilment.selectors.lot_rules import lot_rules
from orders.ordering.enums import ORDER, OrderEvent
from orders.ordering.models import Order, OrderLine
from orders.ordering.services.locking import lock_order, record_order_event
from orders.permissions import can_handle

Picks = Mapping[int, Mapping[int, int]]
"""The pieces by lot that somebody chose, by line of an order."""


def bind_order_lines(
    orders: Sequence[Order],
    lines: Sequence[OrderLine],
    *,
    now: datetime,
    picks: Picks | None = None,
    arrives_on: date | None = None,
) -> list[NotBound]:
    """Bind the lines of orders to lots, the orders in turn; see `bind_lots`. Nothing is asked where none is by lot.

    The number of statements does not depend on how many orders and lines there are. Before: the orders are locked, and
    the lines have their products.
    """
    if not any(line.product.tracks_lots for line in lines):
        return []
    by_id = {order.pk: order for order in orders}
    turn = {pk: number for number, pk in enumerate(by_id)}
    rules = lot_rules(by_id, lines, today=timezone.localdate(now), arrives_on=arrives_on)
    asked = [
        LineToBind(
            source_id=line.order_id,
            source_line_id=line.pk,
            rule=rules[line.pk],
            picks=None if picks is None else picks.get(line.pk),
        )
        for line in sorted(lines, key=lambda line: (turn[line.order_id], line.pk))
    ]
    return bind_lots(source_type=ORDER, lines=asked)


def not_bound_data(missing: Sequence[NotBound], lines: Sequence[OrderLine]) -> list[dict[str, Any]]:
    """What an event says of pieces without a lot."""
    codes = {line.pk: line.product.code for line in lines}
    return [{"product": codes[one.source_line_id], "pieces": one.pieces, "reason": str(one.reason)} for one in missing]


@transaction.atomic
def choose_lots(
    *,
    order_id: int,
    actor: Actor,
    now: datetime,
    picks: Picks | None = None,
    expected_version: int | None = None,
) -> list[NotBound]:
    """Bind an order's lines to lots anew: to those of `picks` (pieces by lot, by line), the others by the rule.

    Returns what has no lot, with the reason. Records an event. Raises NotVisible, NotAllowed, StaleVersion, and
    ShipmentRefused at `lots.<line>` where a line is not the order's or a quantity is below one.
    """
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    require(can_handle(actor, order))
    lines = list(OrderLine.objects.filter(order=order).select_related("product").order_by("pk"))
    _check(picks or {}, lines)
    missing = bind_order_lines([order], lines, now=now, picks=picks)
    record_order_event(
        order, OrderEvent.LOTS_CHOSEN, actor=actor, now=now, before=order.status,
        not_bound=not_bound_data(missing, lines),
    )  # fmt: skip
    return missing


def _check(picks: Picks, lines: Sequence[OrderLine]) -> None:
    known = {line.pk: line for line in lines}
    problems = []
    for line, lots in picks.items():
        if line not in known or not known[line].product.tracks_lots:
            message = _("This line is not stocked by lot.")
            problems.append(Problem(message=message, code="unknown", field=f"lots.{line}"))
        elif any(pieces < 1 for pieces in lots.values()):
            message = _("Enter a quantity above zero.")
            problems.append(Problem(message=message, code="min_value", field=f"lots.{line}"))
    if problems:
        raise ShipmentRefused(problems=problems)


def release_lots(order: Order, lines: Sequence[OrderLine]) -> None:
    """Take the lots of an order away that is not picked after all. Before: the order is locked."""
    unbind_lots(source_type=ORDER, source_lines=[(order.pk, line.pk) for line in lines if line.product.tracks_lots])


def lots_to_ship(
    orders: Sequence[Order],
    lines: Sequence[OrderLine],
    shipped: Mapping[int, int],
    *,
    now: datetime,
    picks: Picks | None = None,
    arrives_on: date | None = None,
) -> list[TakenLot]:
    """The lots of what is shipped of orders: as they were picked, and of what nobody picked by the rule.

    Asks again whether each lot may be sent. Raises ShipmentRefused at `quantities.<line>` with the reason where pieces
    have no lot, and where a lot was frozen after it was picked. Before: orders and lines are locked, `consume_lines` comes
    next. The number of statements does not depend on how many orders and lines there are.
    """
    tracked = [line for line in lines if line.pk in shipped and line.product.tracks_lots]
    if not tracked:
        return []
    _check(picks or {}, tracked)
    _refuse_frozen(tracked, picks or {})
    leaving = [line for line in lines if line.pk in shipped]
    missing = {
        one.source_line_id: one
        for one in bind_order_lines(orders, leaving, now=now, picks=picks, arrives_on=arrives_on)
    }
    taken = take_bound(source_type=ORDER, quantities={(line.order_id, line.pk): shipped[line.pk] for line in tracked})
    got: dict[int, int] = {}
    for one in taken:
        got[one.source_line_id] = got.get(one.source_line_id, 0) + one.pieces
    problems = [
        Problem(
            message=missing[line.pk].sentence
            if line.pk in missing
            else _("%(code)s: fewer pieces are reserved than are shipped.") % {"code": line.product.code},
            code=str(missing[line.pk].reason) if line.pk in missing else "not_reserved",
            field=f"quantities.{line.pk}",
        )
        for line in tracked
        if got.get(line.pk, 0) < shipped[line.pk]
    ]
    if problems:
        raise ShipmentRefused(problems=problems)
    return taken


def _refuse_frozen(tracked: Sequence[OrderLine], picks: Picks) -> None:
    """Whoever picked a lot before it was frozen has it on the pallet: another one is picked first."""
    asked = {line.pk: line for line in tracked if line.pk not in picks}
    lost = LotBinding.objects.filter(
        reservation__source_type=ORDER, reservation__source_line_id__in=asked, lost__gt=0
    ).select_related("lot", "reservation")
    problems = []
    for row in lost:
        line = asked[row.reservation.source_line_id]
        message = _("%(code)s: lot %(lot)s was frozen after it was picked. Choose the lots anew.")
        problems.append(
            Problem(
                message=message % {"code": line.product.code, "lot": row.lot.code},
                code="lot_frozen",
                field=f"quantities.{line.pk}",
            )
        )
    if problems:
        raise ShipmentRefused(problems=problems)


def note_lots(shipment_lines: Sequence[ShipmentLine], taken: Sequence[TakenLot]) -> None:
    """Write of which lots the pieces of a shipment are. One statement, none where nothing is by lot."""
    of_line = {row.order_line_id: row.pk for row in shipment_lines}
    pieces: dict[tuple[int, int], int] = {}
    for one in taken:
        key = (of_line[one.source_line_id], one.lot_id)
        pieces[key] = pieces.get(key, 0) + one.pieces
    if pieces:
        ShipmentLot.objects.bulk_create(
            ShipmentLot(shipment_line_id=line, lot_id=lot, pieces=number) for (line, lot), number in pieces.items()
        )


def received_by_lot(shipment_lines: Sequence[ShipmentLine]) -> list[tuple[int, int, int | None]]:
    """Product, pieces and lot of what came of shipment lines, also damaged, those that expire first before the others.

    Fewer pieces than were shipped are missing of the last lot. Before: the lines have their order lines with the products.
    """
    tracked = [row.pk for row in shipment_lines if row.order_line.product.tracks_lots]
    lots: dict[int, list[ShipmentLot]] = {}
    for lot in ShipmentLot.objects.filter(shipment_line__in=tracked).order_by("pk") if tracked else ():
        lots.setdefault(lot.shipment_line_id, []).append(lot)
    found: list[tuple[int, int, int | None]] = []
    for row in shipment_lines:
        left = (row.received or 0) + row.damaged
        for lot in lots.get(row.pk, ()):
            pieces = min(left, lot.pieces)
            left -= pieces
            found.append((row.order_line.product_id, pieces, lot.lot_id))
        found.append((row.order_line.product_id, left, None))
    return [one for one in found if one[1]]
