"""Pieces of frozen lots are blocked where they lie, when the lot is frozen and whenever some come in later."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from company.enums import DocumentKind
from company.selectors import default_company
from company.services.number_series import NEXT_NUMBER, series_sql
from core.errors import Conflict
from core.importing import insert_into
from inventory.enums import BlockReason, BlockStatus, LotStatus, WarehouseKind
from inventory.models import StockBlock
from inventory.rules import BLOCKED
from inventory.services.back_orders import lock_places
from inventory.services.displacing import displace, plan_displacing
from inventory.services.reserving import reserve_lines

_OPEN = f"""
SELECT stock.warehouse_id, stock.product_id, stock.lot_id, stock.on_hand - stock.bound - stock.blocked AS pieces,
       CASE WHEN lot.status = '{LotStatus.RECALLED}' THEN '{BlockReason.RECALL}' ELSE '{BlockReason.QUALITY}' END,
       lot.status_reason
FROM inventory_lotstock AS stock
JOIN inventory_lot AS lot ON lot.id = stock.lot_id AND lot.status <> '{LotStatus.FREE}'
JOIN inventory_warehouse AS place ON place.id = stock.warehouse_id
    AND place.distributor_id IS NULL AND place.kind <> '{WarehouseKind.TRANSIT}'
WHERE stock.lot_id = ANY(%(lots)s) AND (%(warehouse)s::bigint IS NULL OR stock.warehouse_id = %(warehouse)s)
  AND stock.on_hand > stock.bound + stock.blocked
ORDER BY stock.product_id, stock.warehouse_id, stock.lot_id
"""  # noqa: S608 - put together from constants only

_MADE = f"""(
    SELECT %(company)s::bigint AS company_id, {NEXT_NUMBER} AS number, 1 AS version, given.warehouse_id, given.product_id,
           given.lot_id, TRUE AS by_freeze, given.pieces AS quantity, 0 AS released, 0 AS scrapped, given.reason,
           given.note, NULL::date AS until, '{BlockStatus.BLOCKED}' AS status, %(at)s::timestamptz AS blocked_at,
           %(actor)s::bigint AS blocked_by_id, NULL::timestamptz AS closed_at
    FROM given CROSS JOIN {series_sql(DocumentKind.STOCK_BLOCK, company="%(company)s", on="%(day)s::date")}
    WHERE NOT EXISTS (
        SELECT FROM inventory_stockblock AS known
        WHERE known.warehouse_id = given.warehouse_id AND known.lot_id = given.lot_id
          AND known.by_freeze AND known.status = '{BlockStatus.BLOCKED}'
    )
)"""  # noqa: S608 - put together from constants only
_BLOCK = f"""
WITH given AS MATERIALIZED (
    SELECT * FROM unnest(%(warehouses)s::bigint[], %(products)s::bigint[], %(lots)s::bigint[], %(pieces)s::bigint[],
                         %(reasons)s::text[], %(notes)s::text[])
        AS given (warehouse_id, product_id, lot_id, pieces, reason, note)
), raised AS (
    UPDATE inventory_stockblock AS block SET quantity = block.quantity + given.pieces
    FROM given
    WHERE block.warehouse_id = given.warehouse_id AND block.lot_id = given.lot_id
      AND block.by_freeze AND block.status = '{BlockStatus.BLOCKED}'
    RETURNING block.id, block.warehouse_id, block.lot_id
), made AS (
    {insert_into(StockBlock, _MADE)} RETURNING id, warehouse_id, lot_id
), counted AS (
    UPDATE inventory_lotstock AS stock SET blocked = stock.blocked + given.pieces
    FROM given WHERE stock.warehouse_id = given.warehouse_id AND stock.lot_id = given.lot_id
)
SELECT block.id, given.warehouse_id, given.product_id, given.pieces
FROM (SELECT * FROM raised UNION ALL SELECT * FROM made) AS block
JOIN given ON given.warehouse_id = block.warehouse_id AND given.lot_id = block.lot_id
ORDER BY given.product_id, given.warehouse_id
"""  # noqa: S608 - put together from constants only
_COUNT_BLOCKED = """
UPDATE inventory_stock AS stock SET blocked = stock.blocked + together.pieces
FROM (
    SELECT warehouse_id, product_id, SUM(pieces)::bigint AS pieces
    FROM unnest(%(warehouses)s::bigint[], %(products)s::bigint[], %(pieces)s::bigint[])
        AS given (warehouse_id, product_id, pieces)
    GROUP BY warehouse_id, product_id
) AS together
WHERE stock.warehouse_id = together.warehouse_id AND stock.product_id = together.product_id
"""


def block_frozen_arrivals(
    *, warehouse_id: int, lot_ids: Sequence[int | None], actor_id: int | None, now: datetime
) -> None:
    """Block what has just come into a warehouse of lots that are frozen. Nothing is read where no lot was named."""
    named = {lot for lot in lot_ids if lot is not None}
    if named:
        block_open_pieces(lot_ids=named, warehouse_id=warehouse_id, actor_id=actor_id, now=now)


def block_open_pieces(
    *, lot_ids: Collection[int], actor_id: int | None, now: datetime, warehouse_id: int | None = None
) -> list[int]:
    """Block all pieces of frozen lots that are not blocked yet, in every company warehouse or in one.

    Where fewer pieces are free than that, the newest orders of the product wait again. The number of statements does not
    depend on how many warehouses there are. Before: the lots are locked, nothing of them is bound. Returns the stock that
    is waited for then: the caller settles its back orders.
    """
    columns = ("warehouses", "products", "lots", "pieces", "reasons", "notes")
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, {"lots": list(lot_ids), "warehouse": warehouse_id})
        rows = cursor.fetchall()
    if not rows:
        return []
    given: dict[str, Any] = dict(zip(columns, (list(column) for column in zip(*rows, strict=True)), strict=True))
    needed: dict[tuple[int, int], int] = defaultdict(int)
    for warehouse, product, _lot, pieces, *_texts in rows:
        needed[warehouse, product] += pieces
    free = {(row[1], row[2]): row[3] - row[4] for row in lock_places(sorted(needed))}
    short = {place: pieces - free[place] for place, pieces in needed.items()}
    waited_for = displace(plan_displacing(short), actor_id=actor_id, now=now)
    with connection.cursor() as cursor:
        who: dict[str, Any] = {
            "company": default_company().pk,
            "day": timezone.localdate(now),
            "at": now,
            "actor": actor_id,
        }
        cursor.execute(_BLOCK, {**given, **who})
        blocks = cursor.fetchall()
    short_of = reserve_lines(
        warehouse_ids=[row[1] for row in blocks],
        source_type=BLOCKED,
        source_ids=[row[0] for row in blocks],
        source_line_ids=[row[0] for row in blocks],
        product_ids=[row[2] for row in blocks],
        quantities=[row[3] for row in blocks],
        expires_at=None,
    )
    if short_of:
        raise Conflict(_("Some of these pieces are reserved for another document. Try again."), code="try_again")
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_BLOCKED, given)
    return waited_for
