"""The picked lines of a wave whose pieces leave with their serial numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.models import Product
from orders.fulfilment.waves.models import Pick, Wave


@dataclass(kw_only=True)
class PickedLine:
    """A line of an order, and how many of its pieces were picked."""

    line_id: int
    order_number: str
    product: Product
    pieces: int = 0


def numbered_lines(wave: Wave) -> Sequence[PickedLine]:
    """In the turn of the orders. The caller has checked who asks. One query."""
    found: dict[int, PickedLine] = {}
    picks = Pick.objects.filter(line__wave=wave, picked__gt=0, line__order_line__product__tracks_serials=True)
    rows = picks.select_related("line__order_line__product", "line__order_line__order")
    for pick in rows.order_by("line__order_line__order", "line__order_line__position", "pk"):
        line = pick.line.order_line
        row = found.setdefault(
            line.pk, PickedLine(line_id=line.pk, order_number=line.order.reference, product=line.product)
        )
        row.pieces += pick.picked or 0
    return list(found.values())
