"""Pieces blocked in a distributor's warehouse, for a document that says what becomes of them."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection
from django.utils import timezone

from company.enums import DocumentKind
from company.services.number_series import next_numbers
from inventory.enums import BlockReason, MoveKind
from inventory.models import StockBlock, Warehouse
from inventory.rules import BLOCKED
from inventory.services.blocks import take_blocked
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


def free_at_distributor(*, block_id: int, pieces: int, now: datetime) -> None:
    """Give blocked pieces back to the distributor's free stock. Before: the document that blocked them is locked."""
    block = StockBlock.objects.select_for_update().get(pk=block_id)
    fill_what_is_free(take_blocked(block, pieces=pieces, now=now))


def dispose_at_distributor(*, block_id: int, pieces: int, reference: str, actor_id: int, now: datetime) -> None:
    """Blocked pieces leave the distributor's stock for good, with one move. Before: as `free_at_distributor`."""
    block = StockBlock.objects.select_for_update().get(pk=block_id)
    freed = take_blocked(block, pieces=pieces, now=now, to_scrap=True)
    scrapped = Posting(
        warehouse_id=block.warehouse_id, product_id=block.product_id, quantity=-pieces, kind=MoveKind.SCRAP
    )
    post_moves(moves=[scrapped], reference=reference, actor_id=actor_id, at=now)
    fill_what_is_free(dict.fromkeys(freed, 0))
