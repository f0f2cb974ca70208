"""The moves of a document of the warehouse, posted together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from inventory.enums import MoveKind
from inventory.services.move_sql import POST_MOVES


@dataclass(frozen=True, kw_only=True)
class Posting:
    """Pieces that come into a warehouse, or leave it (below zero). Without a lot the rule of lots finds it."""

    warehouse_id: int
    product_id: int
    quantity: int
    kind: MoveKind
    note: str = ""
    lot_id: int | None = None


def post_moves(*, moves: Sequence[Posting], reference: str, actor_id: int | None, at: datetime) -> None:
    """Change what lies in warehouses, with one move each. One statement.

    Before: inside a transaction that has locked this stock (`lock_places`) and has seen that no less is left than is
    reserved. Back orders are filled by the caller, who knows what came in.
    """
    given = [move for move in moves if move.quantity]
    if not given:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            POST_MOVES,
            {
                "warehouses": [move.warehouse_id for move in given],
                "products": [move.product_id for move in given],
                "quantities": [move.quantity for move in given],
                "kinds": [move.kind.value for move in given],
                "notes": [move.note for move in given],
                "lots": [move.lot_id for move in given],
                "reference": reference,
                "at": at,
                "actor": actor_id,
            },
        )
