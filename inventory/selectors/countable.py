"""What there is to count in a warehouse, and what lay there at the moment when it was counted."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Max

from inventory.enums import MoveKind
from inventory.models import Stock, StockMove

_STOCK_WHEN = """
SELECT given.product_id, COALESCE(stock.on_hand, 0) - COALESCE((
           SELECT SUM(move.quantity) FROM inventory_stockmove AS move
           WHERE move.warehouse_id = %(warehouse)s AND move.product_id = given.product_id AND move.at > given.at
       ), 0)::bigint
FROM unnest(%(products)s::bigint[], %(moments)s::timestamptz[]) AS given (product_id, at)
LEFT JOIN inventory_stock AS stock ON stock.warehouse_id = %(warehouse)s AND stock.product_id = given.product_id
"""


def in_stock(warehouse_id: int, *, category_ids: Collection[int] | None = None) -> list[int]:
    """The products of which something lies in a warehouse, of some categories or of all. One query."""
    rows = Stock.objects.filter(warehouse_id=warehouse_id, on_hand__gt=0)
    if category_ids is not None:
        rows = rows.filter(product__category__in=category_ids)
    return list(rows.order_by("product__code").values_list("product_id", flat=True))


def moved_since(warehouse_id: int, counted: Mapping[int, datetime]) -> list[int]:
    """The products that moved in a warehouse since they were last counted (by product), or were never counted. One query.

    What a count itself posted is no move.
    """
    moves = StockMove.objects.filter(warehouse_id=warehouse_id).exclude(kind=MoveKind.COUNT).order_by()
    last = moves.values_list("product__code", "product_id").annotate(Max("at"))
    return [pk for _code, pk, at in sorted(last) if pk not in counted or at > counted[pk]]


def stock_when(*, warehouse_id: int, product_ids: Sequence[int], moments: Sequence[datetime]) -> dict[int, int]:
    """What lay in a warehouse of products, each at its moment: what lies there now without what moved since. One query.

    Before: the stock is locked, so that no move is written meanwhile.
    """
    given: dict[str, Any] = {"warehouse": warehouse_id, "products": list(product_ids), "moments": list(moments)}
    with connection.cursor() as cursor:
        cursor.execute(_STOCK_WHEN, given)
        return dict(cursor.fetchall())
