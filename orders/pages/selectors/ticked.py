"""What is about to be approved at once: how many orders, of what amount, and what speaks against it."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F

from core.actors import Actor
from inventory.selectors.availability import waiting_by_line
from inventory.services.stock import reserved_by_line
from orders.ordering.enums import ORDER, OrderStatus
from orders.ordering.models import Order, OrderLine
from orders.pages.selectors.waiting_orders import give_reasons


@dataclass(frozen=True, kw_only=True)
class TickedOrder:
    """One order; `short` is the number of its lines whose stock is not reserved any more, `because` why it waits."""

    order: Order
    because: str
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
    """The ticked orders that wait for approval, as far as the person sees them. Six queries."""
    seen = Order.objects.visible_to(actor).filter(pk__in=ids).select_related("distributor").order_by("ordered_at", "pk")
    orders: list[Any] = list(seen)
    waiting = [order for order in orders if order.status == OrderStatus.SUBMITTED]
    numbers = [order.pk for order in waiting]
    claimed = Counter(reserved_by_line(source_type=ORDER, source_ids=numbers))
    for line_id, parts in waiting_by_line(source_type=ORDER, source_ids=numbers).items():
        claimed[line_id] += sum(one.pieces for one in parts)
    lines = OrderLine.objects.filter(order__in=waiting).values_list("order_id", "pk", F("ordered") - F("cancelled"))
    short = Counter(order_id for order_id, line_id, wanted in lines if wanted > claimed[line_id])
    give_reasons(waiting, actor)
    totals: dict[str, Decimal] = {}
    for order in waiting:
        totals[order.currency] = totals.get(order.currency, Decimal(0)) + order.net_amount
    return Ticked(
        rows=[TickedOrder(order=order, short=short[order.pk], because=order.waits_because) for order in waiting],
        totals=sorted(totals.items()),
        others=len(orders) - len(waiting),
    )
