"""What is about to be approved at once: how many orders, of what amount, and what speaks against it."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F

from core.actors import Actor
from inventory.services.stock import reserved_by_line
from orders.ordering.enums import ORDER, OrderStatus
from orders.ordering.models import Order, OrderLine


@dataclass(frozen=True, kw_only=True)
class TickedOrder:
    """One order; `short` is the number of its lines whose stock is not reserved any more."""

    order: Order
    short: int


@dataclass(frozen=True, kw_only=True)
class Ticked:
    """Those that can be approved, their amounts by currency, and how many of the ticked ones cannot."""

    rows: list[TickedOrder]
    totals: list[tuple[str, Decimal]]
    others: int

    @property
    def short(self) -> int:
        return sum(row.short for row in self.rows)

    @property
    def on_hold(self) -> int:
        return sum(1 for row in self.rows if row.order.is_on_hold)


def ticked_orders(actor: Actor, ids: Collection[int]) -> Ticked:
    """The ticked orders that wait for approval, as far as the person sees them. Three queries."""
    seen = Order.objects.visible_to(actor).filter(pk__in=ids).select_related("distributor").order_by("ordered_at", "pk")
    orders = list(seen)
    waiting = [order for order in orders if order.status == OrderStatus.SUBMITTED]
    reserved = reserved_by_line(source_type=ORDER, source_ids=[order.pk for order in waiting])
    lines = OrderLine.objects.filter(order__in=waiting).values_list("order_id", "pk", F("ordered") - F("cancelled"))
    short = Counter(order_id for order_id, line_id, wanted in lines if wanted > reserved.get(line_id, 0))
    totals: dict[str, Decimal] = {}
    for order in waiting:
        totals[order.currency] = totals.get(order.currency, Decimal(0)) + order.net_amount
    return Ticked(
        rows=[TickedOrder(order=order, short=short[order.pk]) for order in waiting],
        totals=sorted(totals.items()),
        others=len(orders) - len(waiting),
    )
