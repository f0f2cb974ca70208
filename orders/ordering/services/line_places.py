"""Where the lines of a placed order leave, when they are changed: all that a line has is in one warehouse."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from inventory.models import Stock
from inventory.selectors.availability import read_supplies
from orders.ordering.models import OrderLine
from orders.ordering.selectors.draft_lines import LineKey
from orders.ordering.services.quote import set_days
from orders.ordering.services.quoted import PricedLine, Quote
from orders.ordering.services.shortage import promise_lines


def keep_places(quote: Quote, stored: Mapping[LineKey, OrderLine], held: Mapping[int, int], *, now: datetime) -> None:
    """Leave lines in the warehouse that has goods for them, `held` by id; one moves where only another has all of it.

    Asks nothing where no line would move, else three statements. Before: `stored` are the lines as they were placed.
    """
    known = {line.key: stored[line.key] for line in quote.lines if line.key in stored}
    moved = [
        line
        for line in quote.lines
        if (before := known.get(line.key)) is not None
        and held.get(before.pk)
        and before.warehouse_id not in (None, line.warehouse_id)
    ]
    if not moved:
        return
    free = _free(moved, known)
    for line in moved:
        before, product = known[line.key], line.product_id or 0
        here, there = (before.warehouse_id or 0, product), (line.warehouse_id or 0, product)
        more = line.quantity - held[before.pk]
        if here[0] in quote.routes and (more <= free.get(here, 0) or line.quantity > free.get(there, 0)):
            free[here] = free.get(here, 0) - max(more, 0)
            _stay(quote, line, here, held[before.pk], now=now)
        else:
            free[there] = free.get(there, 0) - line.quantity


def _free(moved: list[PricedLine], known: Mapping[LineKey, OrderLine]) -> dict[tuple[int, int], int]:
    warehouses = {line.warehouse_id for line in moved} | {known[line.key].warehouse_id for line in moved}
    rows = Stock.objects.filter(
        warehouse_id__in=[one for one in warehouses if one], product_id__in=[line.product_id for line in moved]
    )
    found = rows.values_list("warehouse_id", "product_id", "on_hand", "reserved")
    return {(warehouse, product): on_hand - reserved for warehouse, product, on_hand, reserved in found}


def _stay(quote: Quote, line: PricedLine, place: tuple[int, int], pieces: int, *, now: datetime) -> None:
    """Take the line from there, and say when it comes."""
    line.warehouse_id = place[0]
    set_days([line], quote.routes, now, quote.wanted_on)
    if line.waits:
        supplies = read_supplies(places=[place], today=timezone.localdate(now))
        promise_lines(quote, [line], supplies, now=now, own_pieces={place[1]: pieces})
