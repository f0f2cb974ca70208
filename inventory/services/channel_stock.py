"""Stock at distributors: goods received, what was bought of late, and what was counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from accounts.models import Distributor
from inventory.enums import MoveKind
from inventory.models import Warehouse
from inventory.services.move_sql import COUNT, RECEIVE, RECEIVE_MANY, SELL_IN


@dataclass(frozen=True, kw_only=True)
class SellIn:
    """Pieces of one product that a distributor bought in the last 91 days."""

    distributor_id: int
    product_id: int
    pieces: int


def receive_at_distributor(
    *,
    distributor_id: int,
    product_ids: Sequence[int],
    quantities: Sequence[int],
    reference: str,
    actor_id: int,
    at: datetime,
    lot_ids: Sequence[int | None] = (),
) -> None:
    """Put what a distributor received into its default warehouse, with one move a product. Two statements, one without it.

    Before: inside the transaction that receives the goods once, order and lines locked. A distributor whose stock is not
    kept here has no warehouse: nothing happens. Lines of no pieces are passed over.
    `lot_ids` are the lots of the lines; of a product by lot without one, the unnamed lot.
    """
    lots = lot_ids or [None] * len(product_ids)
    came = [row for row in zip(product_ids, quantities, lots, strict=True) if row[1] > 0]
    places = Warehouse.objects.filter(distributor_id=distributor_id, is_default=True, is_active=True)
    warehouse_id = places.select_for_update(no_key=True).values_list("pk", flat=True).first()
    if warehouse_id is None or not came:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            RECEIVE,
            {
                "warehouse": warehouse_id,
                "products": [product for product, _pieces, _lot in came],
                "quantities": [pieces for _product, pieces, _lot in came],
                "lots": [lot for _product, _pieces, lot in came],
                "kind": MoveKind.RECEIPT.value,
                "reference": reference,
                "note": "",
                "at": at,
                "actor": actor_id,
            },
        )


@dataclass(frozen=True, kw_only=True)
class ReceivedGoods:
    """Pieces of a product that came to a distributor, with the number of their document."""

    distributor_id: int
    product_id: int
    pieces: int
    reference: str
    lot_id: int | None = None


def receive_at_distributors(*, goods: Sequence[ReceivedGoods], actor_id: int | None, at: datetime) -> None:
    """Put what many distributors received into their default warehouses, one move a product and document. Two statements.

    Before: as `receive_at_distributor`. Distributors whose stock is not kept here are passed over.
    """
    ids = {one.distributor_id for one in goods}
    places = Warehouse.objects.filter(distributor__in=ids, is_default=True, is_active=True).order_by("pk")
    if not list(places.select_for_update(no_key=True).values_list("pk", flat=True)):
        return
    with connection.cursor() as cursor:
        cursor.execute(
            RECEIVE_MANY,
            {
                "distributors": [one.distributor_id for one in goods],
                "products": [one.product_id for one in goods],
                "quantities": [one.pieces for one in goods],
                "references": [one.reference for one in goods],
                "lots": [one.lot_id for one in goods],
                "kind": MoveKind.RECEIPT.value,
                "at": at,
                "actor": actor_id,
            },
        )


def keep_sell_in(*, distributor_ids: Sequence[int], sold: Sequence[SellIn]) -> None:
    """Keep beside the stock of these distributors what each bought in the last 91 days; what is not named is nothing.

    Before: inside a transaction. A product that was bought and never lay there gets a row with nothing on hand, so that
    what is missing shows. Only rows that differ are written. Two statements; distributors without a warehouse are passed
    over. Their warehouses are locked first, as by whoever receives goods: both make rows of stock.
    """
    places = Warehouse.objects.filter(distributor__in=distributor_ids, is_default=True).order_by("pk")
    list(places.select_for_update(no_key=True).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(
            SELL_IN,
            {
                "all": list(distributor_ids),
                "distributors": [row.distributor_id for row in sold],
                "products": [row.product_id for row in sold],
                "pieces": [row.pieces for row in sold],
            },
        )


def lock_default_warehouse(distributor: Distributor) -> Warehouse:
    """The distributor's default warehouse, locked, so that its reports and receipts follow each other; created where missing."""
    defaults = {"code": distributor.code, "name": distributor.name, "name_zh": distributor.name_zh}
    made, _created = Warehouse.objects.get_or_create(distributor=distributor, is_default=True, defaults=defaults)
    locked: Warehouse = Warehouse.objects.select_for_update(no_key=True).get(pk=made.pk)
    return locked


def count_at_distributor(
    *, warehouse: Warehouse, counted: Mapping[int, int], reference: str, actor_id: int, at: datetime
) -> list[int]:
    """Set what lies in a distributor's warehouse to the pieces counted, by product, and book each difference as a move.

    Before: `lock_default_warehouse` in this transaction. Answers with the differences that are not zero. Two statements.
    """
    given: dict[str, Any] = {"warehouse": warehouse.pk, "products": list(counted), "quantities": list(counted.values())}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {**given, "reference": reference, "at": at, "actor": actor_id})
        differences = [difference for (difference,) in cursor.fetchall()]
    warehouse.counted_at = at
    warehouse.save(update_fields=["counted_at"])
    return differences
