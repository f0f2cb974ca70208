"""The lots that lines of an order may be shipped from, with the pieces that are bound to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inventory.enums import LotStatus
from inventory.models import Lot, LotBinding, LotStock
from orders.ordering.enums import ORDER
from orders.ordering.models import Order, OrderLine


@dataclass(frozen=True, kw_only=True)
class LotToPick:
    """`bound` pieces of the lot are kept for the line, `most` could be."""

    lot: Lot
    bound: int
    most: int


def lots_to_pick(order: Order, lines: Sequence[OrderLine]) -> Mapping[int, Sequence[LotToPick]]:
    """By line of a product by lot, first expired first: what is free of each lot where the line lies, and what is its own.

    Frozen lots are left out. The caller has checked who asks. Two queries, none where nothing is by lot.
    """
    places = {
        line.pk: (line.warehouse_id or order.warehouse_id, line.product_id)
        for line in lines
        if line.product.tracks_lots
    }
    if not places:
        return {}
    bound: dict[tuple[int, int], int] = {}
    rows = LotBinding.objects.filter(
        reservation__source_type=ORDER, reservation__source_id=order.pk, reservation__source_line_id__in=list(places)
    )
    for line, lot, pieces in rows.values_list("reservation__source_line_id", "lot_id", "pieces"):
        bound[line, lot] = bound.get((line, lot), 0) + pieces
    there: dict[tuple[int | None, int], list[LotStock]] = {}
    stock = LotStock.objects.filter(
        warehouse__in={place for place, _product in places.values() if place},
        product__in={product for _place, product in places.values()},
        on_hand__gt=0,
        lot__status=LotStatus.FREE,
    ).select_related("lot")
    for row in stock:
        there.setdefault((row.warehouse_id, row.product_id), []).append(row)
    found = {}
    for line, place in places.items():
        lots = [
            LotToPick(
                lot=row.lot, bound=bound.get((line, row.lot_id), 0), most=row.free + bound.get((line, row.lot_id), 0)
            )
            for row in there.get(place, ())
        ]
        found[line] = sorted((one for one in lots if one.most), key=_first_expired)
    return found


def _first_expired(one: LotToPick) -> tuple[bool, str, int]:
    return one.lot.expires_on is None, str(one.lot.expires_on or ""), one.lot.pk
