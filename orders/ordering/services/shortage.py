"""Lines of which not all is there: what can be promised of them, and what becomes of the rest by the choice of the line."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from inventory.promise import Dated, Promise, Supply, earliest, promise
from inventory.selectors.availability import Place, read_supplies
from orders.ordering.enums import WhenShort
from orders.ordering.services.quoted import LineInput, PricedLine, Quote


def waits(when_short: str) -> bool:
    """Whether a line of this choice is on back order as far as it is short."""
    return when_short in WhenShort.values and WhenShort(when_short).waits


def mark_waiting(quote: Quote) -> set[int]:
    """Note which lines wait: those of which not all is there, by their choice. Returns the products that are short."""
    asked: dict[int, int] = {}
    short: set[int] = set()
    for line in quote.lines:
        if line.product_id is None or line.warehouse_id is None:
            continue
        there = line.available - asked.get(line.product_id, 0)
        asked[line.product_id] = asked.get(line.product_id, 0) + line.quantity
        if there < line.quantity:
            short.add(line.product_id)
            line.waits = waits(line.when_short)
    return short


def lines_as_chosen(quote: Quote, lines: Sequence[LineInput]) -> list[LineInput] | None:
    """The lines with what is short of them replaced where they chose that; None where none did.

    Before: the quote is of these lines. What a line becomes is priced and checked anew.
    """
    left: dict[int, int] = {}
    found: list[LineInput] = []
    for line, asked in zip(quote.lines, lines, strict=False):
        there = left.get(line.product_id or 0, line.available)
        is_short = line.product_id is not None and line.warehouse_id is not None and there < line.quantity
        becomes = _replaced(line, asked, there) if is_short else asked
        left[line.product_id or 0] = max(there - line.quantity, 0)
        if becomes is not None:
            found.append(becomes)
    return None if found == list(lines[: len(quote.lines)]) else found


def _replaced(line: PricedLine, asked: LineInput, there: int) -> LineInput | None:
    if asked.when_short == WhenShort.DROP:
        return None
    if asked.when_short == WhenShort.TAKE:
        possible = possible_units(line, there)
        return asked._replace(quantity=possible) if possible else None
    if asked.when_short == WhenShort.SUCCESSOR and line.successor_id is not None:
        return asked._replace(
            product=line.successor_id, quantity=line.quantity, unit="", agreed_unit_price=None, when_short=""
        )
    return asked


def possible_units(line: PricedLine, there: int) -> int:
    """The most units that can be ordered of the pieces that are there; 0 where that is less than the minimum."""
    units = max(there, 0) // line.pieces_per_unit // line.step * line.step
    return units if units * line.pieces_per_unit >= line.minimum_quantity else 0


def look_up_promises(
    quote: Quote, product_ids: Collection[int], *, now: datetime, own_pieces: Mapping[int, int] | None = None
) -> None:
    """Say of the lines of products when they can come, without a lock. Three statements, none where nothing is asked.

    Of several warehouses of the seller it is the one that has all of it first. `own_pieces` the order has already.
    """
    lines = [line for line in quote.lines if line.product_id in product_ids and line.warehouse_id in quote.routes]
    if not lines:
        return
    places = {(warehouse, line.product_id or 0) for line in lines for warehouse in _warehouses(quote, line)}
    supplies = read_supplies(places=places, today=timezone.localdate(now))
    promise_lines(quote, lines, supplies, now=now, own_pieces=own_pieces)


def promise_lines(
    quote: Quote,
    lines: Iterable[PricedLine],
    supplies: dict[Place, Supply],
    *,
    now: datetime,
    own_pieces: Mapping[int, int] | None = None,
) -> None:
    """Promise the lines in turn, each from the best warehouse of which the supply is given.

    What an earlier line of the order takes is not there for a later one.
    """
    own = dict(own_pieces or {})
    for line in lines:
        product = line.product_id or 0
        places = [(warehouse, product) for warehouse in _warehouses(quote, line) if (warehouse, product) in supplies]
        if not places:
            continue
        already = min(own.get(product, 0), line.quantity)
        own[product] = own.get(product, 0) - already
        asked = {place: _promise(quote, line, supplies[place], place, line.quantity - already, now) for place in places}
        preferred = (line.warehouse_id or 0, product)
        best = _best(asked, preferred)
        line.promise = asked[best]
        if line.waits:
            line.warehouse_id = best[0]
        place = best if line.waits or preferred not in asked else preferred
        supply = supplies[place]
        taken = max(min(line.taken_now - already, supply.on_hand - supply.reserved), 0)
        supplies[place] = replace(supply, reserved=supply.reserved + taken).with_commitments(
            Dated(part.ship_on, part.pieces) for part in line.back_ordered
        )


def _best(asked: Mapping[Place, Promise], preferred: Place) -> Place:
    """Where all of it comes first; where nobody knows, what was preferred."""
    if preferred in asked and all(one.whole.arrives_on is None for one in asked.values()):
        return preferred
    return list(asked)[earliest(list(asked.values()))]


def _promise(quote: Quote, line: PricedLine, supply: Supply, place: Place, quantity: int, now: datetime) -> Promise:
    step = line.step * line.pieces_per_unit
    return promise(
        quantity=max(quantity, 1),
        supply=supply,
        schedule=quote.routes[place[0]].schedule,
        moment=timezone.localtime(now),
        wanted_on=line.wanted_on or quote.wanted_on,
        step=step if quantity % step == 0 else 1,
    )


def _warehouses(quote: Quote, line: PricedLine) -> list[int]:
    """The warehouses from which the seller of the line supplies, by priority."""
    return [place for place, route in quote.routes.items() if route.seller_id == line.seller_id]
