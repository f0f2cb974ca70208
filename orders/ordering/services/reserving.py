"""The stock of an order whose lines changed: what it needs is reserved, what it does not is free again."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Conflict, Problem
from inventory.services.stock import (
    Shortfall,
    claimed_pieces,
    fill_what_is_free,
    keep_only,
    lock_stock,
    reserve_lines,
    set_expiry,
)
from orders.ordering.enums import ORDER
from orders.ordering.models import Order, OrderLine
from orders.ordering.services.shortage import waits
from orders.ordering.services.waiting_again import wait_again


def reserve_exactly(
    order: Order,
    lines: Sequence[OrderLine],
    *,
    expires_at: datetime | None,
    held: Mapping[int, int] | None = None,
    moved: Collection[int] = (),
) -> list[Shortfall]:
    """Reserve what the lines still need until `expires_at`, or for good, and nothing else. Before: the order is locked.

    What they have they keep, reserved or on back order (`held`, by line); of a line that asks for less, what waits goes
    first; one of `moved`, by id, gives up all that it has and is reserved where it leaves now. What is missing is
    reserved; where it is short it waits if that is the choice of the line. Returns what is short, by product: then the
    transaction is to be given up. Raises Conflict without a warehouse.
    """
    held = claimed_pieces(source_type=ORDER, source_id=order.pk) if held is None else held
    kept = dict.fromkeys(held, 0) | {line.pk: line.outstanding for line in lines} | dict.fromkeys(moved, 0)
    less = {pk: pieces for pk, pieces in kept.items() if pieces < held.get(pk, 0)}
    held = {**held, **dict.fromkeys(moved, 0)}
    more = [line for line in lines if line.outstanding > held.get(line.pk, 0)]
    if less or more:
        places = [(line.warehouse_id or order.warehouse_id or 0, line.product_id) for line in more]
        if any(not warehouse for warehouse, _product in places):
            raise Conflict(_("No warehouse supplies this order."), code="no_route")
        lock_stock(source_type=ORDER, source_id=order.pk, places=places)
        freed = keep_only(source_type=ORDER, source_id=order.pk, kept=less) if less else {}
        missing = {line.pk: line.outstanding - held.get(line.pk, 0) for line in more}
        short = _reserve(order, more, missing, expires_at=expires_at)
        if short and not _may_wait(more, short):
            return short
        if short:
            wait_again(order, more, missing, expires_at=expires_at, now=timezone.now())
        fill_what_is_free(freed)
    set_expiry(source_type=ORDER, source_id=order.pk, expires_at=expires_at)
    return []


def _reserve(
    order: Order, lines: Sequence[OrderLine], missing: Mapping[int, int], *, expires_at: datetime | None
) -> list[Shortfall]:
    if not lines:
        return []
    return reserve_lines(
        warehouse_ids=[line.warehouse_id or order.warehouse_id or 0 for line in lines],
        source_type=ORDER,
        source_ids=[order.pk] * len(lines),
        source_line_ids=[line.pk for line in lines],
        product_ids=[line.product_id for line in lines],
        quantities=[missing[line.pk] for line in lines],
        expires_at=expires_at,
    )


def _may_wait(lines: Sequence[OrderLine], short: Sequence[Shortfall]) -> bool:
    missing = {row.product_id for row in short}
    return all(waits(line.when_short) for line in lines if line.product_id in missing)


def require_reserved(order: Order, lines: Sequence[OrderLine]) -> None:
    """Reserve what the lines still need for good. Before: they have their products.

    Raises Conflict with a problem a product that is short: then nothing may stay as it was written.
    """
    short = reserve_exactly(order, lines, expires_at=None)
    if short:
        raise Conflict(problems=short_problems(lines, short))


def short_problems(lines: Sequence[OrderLine], short: Sequence[Shortfall]) -> list[Problem]:
    """What is short, by product, in words. Before: the lines have their products."""
    codes = {line.product_id: line.product.code for line in lines}
    return [
        Problem(
            message=_("%(code)s: only %(available)d of %(wanted)d are available.")
            % {"code": codes[row.product_id], "available": max(row.available, 0), "wanted": row.wanted},
            code="short_stock",
        )
        for row in short
    ]
