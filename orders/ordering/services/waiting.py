"""The stock of orders that are being placed: what is there is reserved, the rest waits as the lines chose.

The stock is locked last. Where a line waits, or is short at this very moment, what is promised is asked again under the
lock: from then on nobody comes before it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db import connection
from django.utils import timezone

from core.events import record_event
from inventory.selectors.availability import Route
from inventory.services.back_orders import Terms, WaitingLine, lock_supplies, place_back_orders
from inventory.services.stock import Shortfall, reserve_lines
from orders.ordering.enums import ORDER, OrderEvent
from orders.ordering.services.limits import KEEP_DAYS, RESERVATION_LIFE
from orders.ordering.services.placing_sql import CORRECT_PROMISES
from orders.ordering.services.quoted import PricedLine, Quote, QuotedOrder, latest
from orders.ordering.services.shortage import promise_lines, waits


@dataclass(frozen=True, kw_only=True)
class WrittenLine:
    """A line with its id and its order as it was written, and what was promised of it there."""

    id: int
    order: Any
    line: PricedLine
    promised_on: date | None


def written_lines(orders: Sequence[QuotedOrder], written: Sequence[Any]) -> list[WrittenLine]:
    return [
        WrittenLine(id=line_id, order=row, line=line, promised_on=line.arrives_on)
        for order, row in zip(orders, written, strict=True)
        for line_id, line in zip(row.line_ids, order.lines, strict=True)
    ]


def reserve_or_wait(
    quote: Quote, lines: Sequence[WrittenLine], *, now: datetime, tried: list[Shortfall] | None = None
) -> list[Shortfall]:
    """Reserve what is there of lines for three days, and place back orders for what waits of them.

    One statement where nothing waits, none where the lines were reserved as they were written and nothing was short
    (`tried`). Before: the orders are written, in this transaction. Returns what is short of lines that do not wait: then
    the transaction is to be given up.
    """
    is_waiting = any(one.line.waits for one in lines)
    if is_waiting:
        _lock_promises(quote, lines, now=now)
    short = _reserve(lines, now=now) if tried is None else tried
    if short and _may_wait(lines, short):  # it went this very moment: its rows are locked by now
        is_waiting = True
        _lock_promises(quote, lines, now=now)
        short = _reserve(lines, now=now)
    if is_waiting and not short:
        _place_back_orders(quote, lines, now=now)
    return short


def _lock_promises(quote: Quote, lines: Sequence[WrittenLine], *, now: datetime) -> None:
    short = {_place(one.line) for one in lines if one.line.waits}
    supplies = lock_supplies(places={_place(one.line) for one in lines}, short=short, today=timezone.localdate(now))
    promise_lines(quote, [one.line for one in lines], supplies, now=now)


def _may_wait(lines: Sequence[WrittenLine], short: Sequence[Shortfall]) -> bool:
    missing = {row.product_id for row in short}
    concerned = [one.line for one in lines if one.line.product_id in missing]
    if not all(waits(line.when_short) for line in concerned):
        return False
    for line in concerned:
        line.waits = True
    return True


def _reserve(lines: Sequence[WrittenLine], *, now: datetime) -> list[Shortfall]:
    taken = [one for one in lines if one.line.taken_now > 0]
    if not taken:
        return []
    return reserve_lines(
        warehouse_ids=[one.line.warehouse_id or 0 for one in taken],
        source_type=ORDER,
        source_ids=[one.order.id for one in taken],
        source_line_ids=[one.id for one in taken],
        product_ids=[one.line.product_id or 0 for one in taken],
        quantities=[one.line.taken_now for one in taken],
        expires_at=now + RESERVATION_LIFE,
    )


def _place_back_orders(quote: Quote, lines: Sequence[WrittenLine], *, now: datetime) -> None:
    waiting = [one for one in lines if one.line.back_ordered]
    for (warehouse_id, _order_id), group in groupby(sorted(waiting, key=_of_order), key=_of_order):
        together = list(group)
        place_back_orders(
            warehouse_id=warehouse_id,
            distributor_id=quote.distributor_id,
            source_type=ORDER,
            source_id=together[0].order.id,
            reference=together[0].order.number,
            lines=[
                WaitingLine(
                    source_line_id=one.id,
                    product_id=one.line.product_id or 0,
                    part=part,
                    wanted_on=one.line.wanted_on or quote.wanted_on,
                )
                for one in together
                for part in one.line.back_ordered
            ],
            terms=terms_of(quote.routes[warehouse_id]),
            keep_days=KEEP_DAYS,
            now=now,
        )


def _of_order(one: WrittenLine) -> tuple[int, int]:
    return one.line.warehouse_id or 0, one.order.id


def terms_of(route: Route) -> Terms:
    return Terms(lead_days=route.schedule.lead_days, cut_off=route.cut_off, calendar_id=route.calendar_id)


def correct_promises(
    orders: Sequence[QuotedOrder], lines: Iterable[WrittenLine], *, distributor_id: int, now: datetime
) -> set[int]:
    """Write what became of promises under the lock where it is not what was written; returns the ids of those orders.

    An event of its own says so: that of the order was written before, and stays what it is.
    """
    lines = list(lines)
    other = [one for one in lines if one.line.arrives_on != one.promised_on]
    before = {one.order.id: latest([its.promised_on for its in lines if its.order.id == one.order.id]) for one in other}
    changed = {one.order.id for one in other}
    for order_id in changed:
        own = [one for one in other if one.order.id == order_id]
        (order,) = [quoted for quoted in orders if own[0].line in quoted.lines]
        with connection.cursor() as cursor:
            cursor.execute(
                CORRECT_PROMISES,
                {
                    "order": order_id,
                    "lines": [one.id for one in own],
                    "promised": [one.line.arrives_on for one in own],
                    "promised_on": latest([line.arrives_on for line in order.lines]),
                },
            )
        _record(own[0].order, before=before[order_id], order=order, distributor_id=distributor_id, now=now)
    return changed


def _record(row: Any, *, before: date | None, order: QuotedOrder, distributor_id: int, now: datetime) -> None:
    after = latest([line.arrives_on for line in order.lines])
    if after == before:
        return
    record_event(
        kind=OrderEvent.PROMISE_CORRECTED,
        subject_type=ORDER,
        subject_id=row.id,
        actor_id=None,
        distributor_id=distributor_id,
        data={
            "number": row.number,
            "promised_before": before.isoformat() if before else None,
            "promised_on": after.isoformat() if after else None,
        },
        at=now,
    )


def _place(line: PricedLine) -> tuple[int, int]:
    return line.warehouse_id or 0, line.product_id or 0
