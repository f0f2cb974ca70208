"""The panel of an order's page for the warehouse: which lots its lines are picked from, and what has none."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.actors import Actor
from inventory.models import LotBinding, Reservation
from orders.ordering.enums import ORDER, OrderStatus
from orders.ordering.models import Order
from orders.permissions import can_handle

_TO_SHIP = frozenset({OrderStatus.APPROVED, OrderStatus.PICKING, OrderStatus.PARTLY_SHIPPED})


@dataclass(frozen=True, kw_only=True)
class PickedProduct:
    """A reserved product by lot: its lots, and the pieces that have none yet."""

    code: str
    name: str
    lots: list[LotBinding]
    without: int


def lots_panel(actor: Actor, row: Any) -> Mapping[str, Any] | None:
    """For whoever ships an order that has products by lot. Two queries, one where there is none."""
    if not isinstance(row, Order) or row.status not in _TO_SHIP or not can_handle(actor, row):
        return None
    reserved = Reservation.objects.filter(
        source_type=ORDER, source_id=row.pk, quantity__gt=0, product__tracks_lots=True
    ).select_related("product")
    found = {one.pk: one for one in reserved.order_by("source_line_id", "pk")}
    if not found:
        return None
    lots: dict[int, list[LotBinding]] = {}
    for binding in LotBinding.objects.filter(reservation__in=list(found)).select_related("lot").order_by("pk"):
        lots.setdefault(binding.reservation_id, []).append(binding)
    products = [
        PickedProduct(
            code=one.product.code,
            name=one.product.display_name,
            lots=lots.get(pk, []),
            without=one.quantity - one.bound,
        )
        for pk, one in found.items()
    ]
    return {"template": "orders/partials/order_lots.html", "products": products, "order": row}
