"""Lines of a placed order that need more than they have: what is there is reserved, the rest waits as they chose."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Conflict
from inventory.promise import Dated, Promise, ScheduleLine, promise
from inventory.selectors.availability import Route, routes_of
from inventory.services.back_orders import WaitingLine, lock_supplies, place_back_orders
from inventory.services.stock import reserve_lines
from orders.ordering.enums import ORDER, WhenShort
from orders.ordering.models import Order, OrderLine
from orders.ordering.services.limits import KEEP_DAYS
from orders.ordering.services.waiting import terms_of


def wait_again(
    order: Order, lines: Sequence[OrderLine], missing: Mapping[int, int], *, expires_at: datetime | None, now: datetime
) -> None:
    """Reserve what is there of the pieces that lines miss (by line), and let the rest wait.

    Before: the order is locked. Raises Conflict where no route leads to a line any more.
    """
    today = timezone.localdate(now)
    routes = routes_of(distributor_id=order.distributor_id, day=today)
    places = {line.pk: (line.warehouse_id or order.warehouse_id or 0, line.product_id) for line in lines}
    if any(place[0] not in routes for place in places.values()):
        raise Conflict(_("No warehouse supplies this order."), code="no_route")
    supplies = lock_supplies(places=places.values(), short=places.values(), today=today)
    waiting: list[tuple[int, WaitingLine]] = []
    there: list[tuple[OrderLine, int]] = []
    for line in lines:
        place, wanted_on = places[line.pk], line.wanted_on or order.wanted_on
        found = promise(
            quantity=missing[line.pk],
            supply=supplies[place],
            schedule=routes[place[0]].schedule,
            moment=timezone.localtime(now),
            wanted_on=wanted_on,
        )
        parts = _back_ordered(line, found)
        taken = missing[line.pk] - sum(part.pieces for part in parts)
        supply = supplies[place]
        supplies[place] = replace(supply, reserved=supply.reserved + taken).with_commitments(
            Dated(part.ship_on, part.pieces) for part in parts
        )
        if taken:
            there.append((line, taken))
        waiting += [
            (
                place[0],
                WaitingLine(source_line_id=line.pk, product_id=line.product_id, part=part, wanted_on=wanted_on),
            )
            for part in parts
        ]
    _reserve(order, there, expires_at=expires_at)
    _place(order, waiting, routes, keep_days=None if expires_at is None else KEEP_DAYS, now=now)


def _reserve(order: Order, there: Sequence[tuple[OrderLine, int]], *, expires_at: datetime | None) -> None:
    if there:
        reserve_lines(
            warehouse_ids=[line.warehouse_id or order.warehouse_id or 0 for line, _taken in there],
            source_type=ORDER,
            source_ids=[order.pk] * len(there),
            source_line_ids=[line.pk for line, _taken in there],
            product_ids=[line.product_id for line, _taken in there],
            quantities=[taken for _line, taken in there],
            expires_at=expires_at,
        )


def _place(
    order: Order,
    waiting: Sequence[tuple[int, WaitingLine]],
    routes: Mapping[int, Route],
    *,
    keep_days: int | None,
    now: datetime,
) -> None:
    for warehouse_id, group in groupby(sorted(waiting, key=_warehouse), key=_warehouse):
        place_back_orders(
            warehouse_id=warehouse_id,
            distributor_id=order.distributor_id,
            source_type=ORDER,
            source_id=order.pk,
            reference=order.reference,
            lines=[line for _warehouse_id, line in group],
            terms=terms_of(routes[warehouse_id]),
            keep_days=keep_days,
            now=now,
        )


def _warehouse(one: tuple[int, WaitingLine]) -> int:
    return one[0]


def _back_ordered(line: OrderLine, found: Promise) -> tuple[ScheduleLine, ...]:
    if found.free_now >= found.whole.pieces:
        return ()
    if line.when_short == WhenShort.WAIT:
        return (found.whole,)
    return found.parts[1:] if found.parts[0].ship_on == found.first_ship_day else found.parts
