"""What the orders change at a distributor: goods that it received, and what it bought of late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from inventory.enums import MoveKind
from inventory.models import Warehouse
from inventory.services.stock_sql import RECEIVE, SELL_IN


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
) -> None:
    """Put what a distributor received into its default warehouse, with one move a product. Two statements, one without it.

    Before: inside the transaction that receives the goods once, order and lines locked. A distributor whose stock is not
    kept here has no warehouse: nothing happens. Lines of no pieces are passed over.
    """
    came = [(product, pieces) for product, pieces in zip(product_ids, quantities, strict=True) if pieces > 0]
    places = Warehouse.objects.filter(distributor_id=distributor_id, is_default=True, is_active=True)
    warehouse_id = places.select_for_update(no_key=True).values_list("pk", flat=True).first()
    if warehouse_id is None or not came:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            RECEIVE,
            {
                "warehouse": warehouse_id,
                "products": [product for product, _pieces in came],
                "quantities": [pieces for _product, pieces in came],
                "kind": MoveKind.RECEIPT.value,
                "reference": reference,
                "note": "",
                "at": at,
                "actor": actor_id,
            },
        )


def keep_sell_in(*, distributor_ids: Sequence[int], sold: Sequence[SellIn]) -> None:
    """Keep beside the stock of these distributors what each bought in the last 91 days; what is not named is nothing.

    Before: inside a transaction. A product that was bought and never lay there gets a row with nothing on hand, so that
    what is missing shows. Only rows that differ are written. One statement; distributors without a warehouse are passed
    over.
    """
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
