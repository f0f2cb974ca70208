"""Pieces blocked in a distributor's warehouse, for a document that says what becomes of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection
from django.utils import timezone

from company.enums import DocumentKind
from company.services.number_series import next_numbers
from inventory.enums import BlockReason, MoveKind
from inventory.models import StockBlock, Warehouse
from inventory.permissions import BLOCK_STATES
from inventory.rules import BLOCKED
from inventory.services.back_orders import lock_places
from inventory.services.posting import Posting, post_moves
from inventory.services.stock import fill_what_is_free, reserve_lines

_ADD_BLOCKED = """
UPDATE inventory_stock AS stock SET blocked = stock.blocked + added.pieces
FROM (
    SELECT product_id, SUM(pieces) AS pieces FROM unnest(%(products)s::bigint[], %(pieces)s::bigint[])
        AS given (product_id, pieces) GROUP BY product_id
) AS added
WHERE stock.warehouse_id = %(warehouse)s AND stock.product_id = added.product_id
"""
_LOWER = """
WITH given AS (
    SELECT * FROM unnest(%(blocks)s::bigint[], %(pieces)s::bigint[]) AS given (block_id, pieces)
), freed AS (
    UPDATE inventory_reservation AS reservation SET quantity = reservation.quantity - given.pieces
    FROM given
    WHERE reservation.source_type = %(type)s AND reservation.source_id = given.block_id
    RETURNING reservation.warehouse_id, reservation.product_id, given.pieces
)
UPDATE inventory_stock AS stock SET reserved = stock.reserved - sums.pieces, blocked = stock.blocked - sums.pieces
FROM (SELECT warehouse_id, product_id, SUM(pieces)::bigint AS pieces FROM freed GROUP BY warehouse_id, product_id) AS sums
WHERE stock.warehouse_id = sums.warehouse_id AND stock.product_id = sums.product_id
RETURNING stock.id, sums.pieces, stock.warehouse_id, stock.product_id, stock.waiting
"""
"""Before: the stock is locked."""


def block_at_distributor(
    *,
    company_id: int,
    distributor_id: int,
    product_ids: Sequence[int],
    quantities: Sequence[int],
    note: str,
    actor_id: int | None,
    at: datetime,
) -> list[StockBlock]:
    """Block damaged pieces that a distributor has just received; one block for each of the parallel arrays.

    Before: inside the transaction that put them into its default warehouse. Nothing is blocked, and nothing answered, of
    a distributor whose stock is not kept here. Seven statements, whatever the number of products.
    """
    places = Warehouse.objects.filter(distributor_id=distributor_id, is_default=True, is_active=True)
    warehouse_id = places.values_list("pk", flat=True).first()
    if warehouse_id is None or not product_ids:
        return []
    numbers = next_numbers(
        kind=DocumentKind.STOCK_BLOCK, company_id=company_id, on=timezone.localdate(at), count=len(product_ids)
    )
    blocks = StockBlock.objects.bulk_create(
        StockBlock(
            company_id=company_id,
            number=number,
            warehouse_id=warehouse_id,
            product_id=product,
            quantity=pieces,
            reason=BlockReason.DAMAGE,
            note=note,
            blocked_at=at,
            blocked_by_id=actor_id,
        )
        for number, product, pieces in zip(numbers, product_ids, quantities, strict=True)
    )
    ids = [block.pk for block in blocks]
    reserve_lines(  # never short: they came in this transaction
        warehouse_ids=[warehouse_id] * len(ids),
        source_type=BLOCKED,
        source_ids=ids,
        source_line_ids=ids,
        product_ids=list(product_ids),
        quantities=list(quantities),
        expires_at=None,
    )
    with connection.cursor() as cursor:
        given = {"warehouse": warehouse_id, "products": list(product_ids), "pieces": list(quantities)}
        cursor.execute(_ADD_BLOCKED, given)
    return blocks


def free_at_distributor(*, pieces: Mapping[int, int], now: datetime) -> None:
    """Give pieces back to the distributor's free stock, by block. Whoever waits for them gets them first.

    Before: the document that blocked them is locked, no more is freed than is blocked. A fixed number of statements.
    """
    freed = _take(pieces, to_scrap=False, now=now)
    fill_what_is_free({stock: number for stock, number, _warehouse, _product, waiting in freed if waiting})


def dispose_at_distributor(*, pieces: Mapping[int, int], reference: str, actor_id: int, now: datetime) -> None:
    """Pieces leave the distributor's stock for good, by block, with one move a product. Before: as `free_at_distributor`."""
    taken = _take(pieces, to_scrap=True, now=now)
    scrapped = [
        Posting(warehouse_id=warehouse, product_id=product, quantity=-number, kind=MoveKind.SCRAP)
        for _stock, number, warehouse, product, _waiting in taken
    ]
    post_moves(moves=scrapped, reference=reference, actor_id=actor_id, at=now)


def _take(pieces: Mapping[int, int], *, to_scrap: bool, now: datetime) -> list[tuple[int, int, int, int, int]]:
    """Take pieces out of blocks: no longer blocked, no longer reserved for them.

    Answers stock, pieces, warehouse, product and what waits there.
    """
    if not pieces:
        return []
    blocks = list(StockBlock.objects.select_for_update().filter(pk__in=pieces).order_by("pk"))
    for block in blocks:
        left = block.open_pieces - pieces[block.pk]
        BLOCK_STATES.advance(block, "release" if left <= 0 else "release_some")
        if to_scrap:
            block.scrapped += pieces[block.pk]
        else:
            block.released += pieces[block.pk]
        block.closed_at = None if left else now
    StockBlock.objects.bulk_update(blocks, ["released", "scrapped", "status", "closed_at"])
    lock_places(sorted({(block.warehouse_id, block.product_id) for block in blocks}))
    with connection.cursor() as cursor:
        given = {"type": BLOCKED, "blocks": list(pieces), "pieces": list(pieces.values())}
        cursor.execute(_LOWER, given)
        return list(cursor.fetchall())
