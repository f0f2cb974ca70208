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
from core.prepared_statements import PreparedStatement
from inventory.models import Reservation
from inventory.services.stock_moves import adjust_stock, receive_stock
from inventory.services.stock_sql import CONSUME, RELEASE, RESERVE

__all__ = [
    "Shortfall",
    "adjust_stock",
    "consume",
    "expired_sources",
    "receive_stock",
    "release",
    "reserve",
    "reserved_pieces",
    "set_expiry",
]

_RESERVE = PreparedStatement(
    RESERVE,
    {
        "products": "bigint[]",
        "lines": "bigint[]",
        "quantities": "bigint[]",
        "warehouse": "bigint",
        "source_type": "text",
        "source": "bigint",
        "expires_at": "timestamptz",
    },
)


@dataclass(frozen=True, kw_only=True)
class Shortfall:
    """A product of which fewer pieces are free than were asked for."""

    product_id: int
    wanted: int
    available: int


def reserve(
    *,
    warehouse_id: int,
    source_type: str,
    source_id: int,
    source_line_ids: Sequence[int],
    product_ids: Sequence[int],
    quantities: Sequence[int],
    expires_at: datetime | None,
) -> list[Shortfall]:
    """Reserve stock of one warehouse for the lines of one document; all lines or none.

    Before: inside a transaction; the three arrays are parallel, quantities are pieces above zero. Changes `reserved` of
    the stock and writes one reservation a line (one that has some already gets more). Returns what is short, by
    product, empty when everything is reserved; where anything is short nothing was changed.
    """
    rows = _RESERVE.rows(
        {
            "warehouse": warehouse_id,
            "source_type": source_type,
            "source": source_id,
            "lines": list(source_line_ids),
            "products": list(product_ids),
            "quantities": list(quantities),
            "expires_at": expires_at,
        },
    )
    return [Shortfall(product_id=product, wanted=wanted, available=free) for product, wanted, free in rows]


def release(*, source_type: str, source_id: int, source_line_ids: Sequence[int] | None = None) -> dict[int, int]:
    """Close the open reservations of a document, or of some of its lines, and free the stock.

    Before: inside a transaction. Returns the pieces given free by line; empty when nothing was reserved.
    """
    lines = None if source_line_ids is None else list(source_line_ids)
    return dict(_run(RELEASE, {"source_type": source_type, "source": source_id, "lines": lines}))


def consume(
    *,
    source_type: str,
    source_id: int,
    source_line_ids: Sequence[int],
    quantities: Sequence[int],
    reference: str,
    actor_id: int | None,
    at: datetime | None = None,
) -> None:
    """Take what is reserved for some lines of a document out of the warehouse: what is shipped.

    Before: inside a transaction; quantities are pieces above zero. Lowers reservation, `reserved` and `on_hand`, and
    writes one move a product with the shipment's number as `reference`. Raises Conflict with one problem a line
    (`lines.<index>.quantity`) when less is reserved for a line than is shipped; then nothing was changed.
    """
    short = _run(
        CONSUME,
        {
            "source_type": source_type,
            "source": source_id,
            "lines": list(source_line_ids),
            "quantities": list(quantities),
            "reference": reference,
            "actor": actor_id,
            "at": at or timezone.now(),
        },
    )
    if short:
        raise Conflict(problems=[_not_reserved(list(source_line_ids), row) for row in short])


def set_expiry(*, source_type: str, source_id: int, expires_at: datetime | None) -> None:
    """Keep the open reservations of a document until `expires_at`, or for good."""
    Reservation.objects.filter(source_type=source_type, source_id=source_id, quantity__gt=0).update(
        expires_at=expires_at
    )


def reserved_pieces(*, source_type: str, source_id: int) -> dict[int, int]:
    """The pieces still reserved for each line of a document."""
    open_ones = Reservation.objects.filter(source_type=source_type, source_id=source_id, quantity__gt=0)
    return dict(open_ones.values_list("source_line_id").annotate(Sum("quantity")).order_by())


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


def _not_reserved(line_ids: list[int], row: Sequence[int]) -> Problem:
    line, wanted, reserved = row
    message = _("Only %(held)d of %(wanted)d pieces are reserved.") % {"held": reserved, "wanted": wanted}
    return Problem(message=message, code="not_reserved", field=f"lines.{line_ids.index(line)}.quantity")


def _run(statement: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())
