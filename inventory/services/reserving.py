"""Stock reserved for lines of documents. One statement, whatever the number of lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.prepared_statements import PreparedStatement
from inventory.services.reservation_sql import RESERVE

_RESERVE = PreparedStatement(
    RESERVE,
    {
        "warehouses": "bigint[]",
        "sources": "bigint[]",
        "products": "bigint[]",
        "lines": "bigint[]",
        "quantities": "bigint[]",
        "source_type": "text",
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
    """Reserve stock of one warehouse for the lines of one document; see `reserve_lines`."""
    count = len(source_line_ids)
    return reserve_lines(
        warehouse_ids=[warehouse_id] * count,
        source_type=source_type,
        source_ids=[source_id] * count,
        source_line_ids=source_line_ids,
        product_ids=product_ids,
        quantities=quantities,
        expires_at=expires_at,
    )


def reserve_lines(
    *,
    warehouse_ids: Sequence[int],
    source_type: str,
    source_ids: Sequence[int],
    source_line_ids: Sequence[int],
    product_ids: Sequence[int],
    quantities: Sequence[int],
    expires_at: datetime | None,
) -> list[Shortfall]:
    """Reserve stock for the lines of documents, each in its warehouse; all lines or none.

    Before: inside a transaction; the arrays are parallel, quantities are pieces above zero. Changes `reserved` of
    the stock and writes one reservation a line (one that has some already gets more). Returns what is short, by
    product, empty when everything is reserved; where anything is short nothing was changed.
    """
    rows = _RESERVE.rows(
        {
            "warehouses": list(warehouse_ids),
            "source_type": source_type,
            "sources": list(source_ids),
            "lines": list(source_line_ids),
            "products": list(product_ids),
            "quantities": list(quantities),
            "expires_at": expires_at,
        },
    )
    return [Shortfall(product_id=product, wanted=wanted, available=free) for product, wanted, free in rows]
