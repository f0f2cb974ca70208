"""Stock: reserved for lines of documents, released, shipped. Each is one statement, whatever the number of lines.

Every statement locks the stock rows in the order of the product (then of the warehouse) before it changes one, so that
two orders never wait for each other; the update's condition and the table's check constraint stand behind the lock.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import Conflict, Problem
from inventory.models import BackOrder, Reservation, Stock
from inventory.services.back_orders import settle_back_orders
from inventory.services.lot_binding import TakenLot
from inventory.services.lot_sql import LOCK_RESERVED
from inventory.services.reservation_sql import CONSUME, KEEP, LOCK_STOCK_OF, RELEASE
from inventory.services.reserving import Shortfall, reserve, reserve_lines
from inventory.services.stock_moves import adjust_stock, receive_stock

__all__ = [
    "LeavingLine",
    "Shortfall",
    "adjust_stock",
    "claimed_pieces",
    "consume",
    "consume_lines",
    "expired_sources",
    "fill_what_is_free",
    "keep_only",
    "lock_stock",
    "receive_stock",
    "release",
    "reserve",
    "reserve_lines",
    "reserved_pieces",
    "set_expiries",
    "set_expiry",
]

_CLAIMED = """
SELECT source_line_id, SUM(quantity)::bigint FROM (
    SELECT source_line_id, quantity FROM inventory_reservation
    WHERE source_type = %(source_type)s AND source_id = %(source)s AND quantity > 0
    UNION ALL
    SELECT source_line_id, quantity FROM inventory_backorder
    WHERE source_type = %(source_type)s AND source_id = %(source)s AND quantity > 0
) AS claimed GROUP BY source_line_id
"""


def release(*, source_type: str, source_id: int, source_line_ids: Sequence[int] | None = None) -> dict[int, int]:
    """Close the open reservations and back orders of a document, or of some of its lines, and free the stock.

    What is free then goes to those who wait for it. Before: inside a transaction. Returns the pieces given free by line;
    empty when nothing was reserved.
    """
    lines = None if source_line_ids is None else list(source_line_ids)
    of_source = {"source_type": source_type, "source": source_id, "lines": lines}
    _run(LOCK_STOCK_OF, of_source)
    rows = _run(RELEASE, of_source)
    awaited = {stock_id: pieces for stock_id, pieces, is_stock in rows if is_stock}
    if awaited:
        settle_back_orders(came_in=awaited, now=timezone.now())
    return {line: pieces for line, pieces, is_stock in rows if not is_stock}


def keep_only(*, source_type: str, source_id: int, kept: Mapping[int, int]) -> dict[int, int]:
    """Leave lines of a document so many pieces (by line) of what is reserved or waits for them, and give up the rest.

    What waits goes first, the latest of it, so that nobody loses a turn by asking for less. Before: the stock of the
    document is locked. Returns what is free again where somebody else waits: `fill_what_is_free` gives it out, as soon as
    the document has taken what else it needs.
    """
    given = {"source_type": source_type, "source": source_id, "lines": list(kept), "kept": list(kept.values())}
    return dict(_run(KEEP, given))


def fill_what_is_free(freed: Mapping[int, int]) -> None:
    """Give what is free again (pieces by stock) to those who wait for it. Before: the stock is locked."""
    if freed:
        settle_back_orders(came_in=freed, now=timezone.now())


@dataclass(frozen=True, kw_only=True)
class LeavingLine:
    """So many pieces of a line of a document that leave its warehouse under a shipment's number."""

    source_id: int
    source_line_id: int
    pieces: int
    reference: str


def consume(
    *,
    source_type: str,
    source_id: int,
    source_line_ids: Sequence[int],
    quantities: Sequence[int],
    reference: str,
    actor_id: int | None,
    at: datetime | None = None,
    lots: Sequence[TakenLot] = (),
) -> None:
    """Take what is reserved for some lines of one document out of the warehouse; see `consume_lines`."""
    lines = [
        LeavingLine(source_id=source_id, source_line_id=line, pieces=pieces, reference=reference)
        for line, pieces in zip(source_line_ids, quantities, strict=True)
    ]
    consume_lines(source_type=source_type, lines=lines, actor_id=actor_id, at=at, lots=lots)


def consume_lines(
    *,
    source_type: str,
    lines: Sequence[LeavingLine],
    actor_id: int | None,
    at: datetime | None = None,
    lots: Sequence[TakenLot] = (),
) -> None:
    """Take what is reserved for lines of documents out of the warehouses: what is shipped. Two statements.

    Before: inside a transaction; the pieces are above zero. Lowers reservation, `reserved` and `on_hand`, and writes one
    move a product with the shipment's number as `reference`, and one for each of the `lots` that leave (see `take_bound`);
    of a product by lot the rest is taken first expired first out. Raises Conflict with one problem a line
    (`lines.<index>.quantity`) when less is reserved for a line than is shipped; then nothing was changed.
    """
    line_ids = [line.source_line_id for line in lines]
    keys = {"source_type": source_type, "sources": [line.source_id for line in lines], "lines": line_ids}
    _run(LOCK_RESERVED, keys)
    reference_of = {line.source_line_id: line.reference for line in lines}
    short = _run(
        CONSUME,
        {
            **keys,
            "quantities": [line.pieces for line in lines],
            "references": [line.reference for line in lines],
            "actor": actor_id,
            "at": at or timezone.now(),
            "lot_references": [reference_of[one.source_line_id] for one in lots],
            "lot_warehouses": [one.warehouse_id for one in lots],
            "lot_products": [one.product_id for one in lots],
            "lots": [one.lot_id for one in lots],
            "lot_pieces": [one.pieces for one in lots],
        },
    )
    if short:
        raise Conflict(problems=[_not_reserved(line_ids, row) for row in short])


def lock_stock(*, source_type: str, source_id: int, places: Collection[tuple[int, int]]) -> None:
    """Lock the stock of some places, and what a document has reserved or waits for, before several statements change it."""
    open_ones = {"source_type": source_type, "source_id": source_id, "quantity__gt": 0}
    pairs = {
        *Reservation.objects.filter(**open_ones).values_list("warehouse_id", "product_id"),
        *BackOrder.objects.filter(**open_ones).values_list("warehouse_id", "product_id"),
        *places,
    }
    rows = Stock.objects.select_for_update().order_by("product_id", "warehouse_id")
    list(
        rows.filter(
            warehouse_id__in={place for place, _product in pairs}, product_id__in={product for _place, product in pairs}
        ).values_list("pk")
    )


def set_expiry(*, source_type: str, source_id: int, expires_at: datetime | None) -> None:
    """Keep the open reservations of a document until `expires_at`, or for good; so is what its back orders still get."""
    if expires_at is None:  # first: what is filled meanwhile is a reservation by the next statement
        BackOrder.objects.filter(source_type=source_type, source_id=source_id, quantity__gt=0).update(keep_days=None)
    Reservation.objects.filter(source_type=source_type, source_id=source_id, quantity__gt=0).update(
        expires_at=expires_at
    )


def set_expiries(*, source_type: str, source_ids: Collection[int], expires_at: datetime) -> None:
    """Keep the open reservations of many documents until then. One statement."""
    Reservation.objects.filter(source_type=source_type, source_id__in=source_ids, quantity__gt=0).update(
        expires_at=expires_at
    )


def reserved_pieces(*, source_type: str, source_id: int) -> dict[int, int]:
    """The pieces still reserved for each line of a document."""
    open_ones = Reservation.objects.filter(source_type=source_type, source_id=source_id, quantity__gt=0)
    return dict(open_ones.values_list("source_line_id").annotate(Sum("quantity")).order_by())


def claimed_pieces(*, source_type: str, source_id: int) -> dict[int, int]:
    """The pieces reserved or on back order for each line of a document, read at one moment: one may become the other."""
    return dict(_run(_CLAIMED, {"source_type": source_type, "source": source_id}))


def reserved_by_line(*, source_type: str, source_ids: Collection[int]) -> dict[int, int]:
    """The pieces still reserved for each line of many documents of a kind. One query."""
    open_ones = Reservation.objects.filter(source_type=source_type, source_id__in=source_ids, quantity__gt=0)
    return dict(open_ones.values_list("source_line_id").annotate(Sum("quantity")).order_by())


def expired_sources(*, source_type: str, now: datetime) -> list[int]:
    """The documents of a kind with a reservation that ran out before `now`, oldest first."""
    return list(
        Reservation.objects.filter(source_type=source_type, quantity__gt=0, expires_at__lte=now)
        .order_by("source_id")
        .values_list("source_id", flat=True)
        .distinct()
    )


def _not_reserved(line_ids: Sequence[int], row: Sequence[int]) -> Problem:
    line, wanted, reserved = row
    message = _("Only %(held)d of %(wanted)d pieces are reserved.") % {"held": reserved, "wanted": wanted}
    return Problem(message=message, code="not_reserved", field=f"lines.{list(line_ids).index(line)}.quantity")


def _run(statement: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())
