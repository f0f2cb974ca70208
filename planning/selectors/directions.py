"""The agreed direction of a distributor's business beside what it really buys."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from catalogue.models import Category
from core.actors import Actor
from core.periods import add_months, month_start
from core.ui.numbers import percent
from outlets.models import BusinessDirection
from outlets.permissions import can_agree_directions
from planning.enums import SalesBasis
from planning.models import SalesActual
from planning.permissions import can_see_sales

MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class DirectionRow:
    """`share` is the category's part of all purchases of the last twelve months, `rank` its place among its siblings.

    Both are None for a channel, where nothing was bought, and for whoever may not see sales.
    """

    direction: BusinessDirection
    share: Decimal | None
    rank: int | None
    among: int

    @property
    def percent(self) -> str:
        return "" if self.share is None else percent(self.share)


def directions_of(actor: Actor, distributor: Any) -> Mapping[str, Any]:
    """What holds today or later, the figures beside it, and whether it may be changed. Three queries."""
    today = timezone.localdate()
    rows = BusinessDirection.objects.visible_to(actor).filter(distributor=distributor).from_day(today)
    bought, parents = _bought(distributor) if can_see_sales(actor) else ({}, {})
    return {
        "directions": [_row(row, bought, parents) for row in rows.select_related("category")],
        "may_agree": can_agree_directions(actor, distributor),
    }


def _bought(distributor: Any) -> tuple[Mapping[int | None, Decimal], Mapping[int, int | None]]:
    """Net purchases of the twelve months that are over by category, those below it included; the whole under None."""
    this_month = month_start(timezone.localdate())
    sales = SalesActual.objects.filter(
        distributor=distributor,
        basis=SalesBasis.ORDERED,
        currency=distributor.currency,
        month__gte=add_months(this_month, -MONTHS),
        month__lt=this_month,
    )
    parents = dict(Category.objects.order_by().values_list("pk", "parent_id"))
    sums: dict[int | None, Decimal] = defaultdict(Decimal)
    for category, amount in sales.order_by().values_list("category").annotate(amount=Sum("net_amount")):
        here: int | None = category
        while here is not None:
            sums[here] += amount
            here = parents.get(here)
        sums[None] += amount
    return sums, parents


def _row(
    direction: BusinessDirection, bought: Mapping[int | None, Decimal], parents: Mapping[int, int | None]
) -> DirectionRow:
    category, whole = direction.category_id, bought.get(None, Decimal(0))
    if category is None or whole <= 0:
        return DirectionRow(direction=direction, share=None, rank=None, among=0)
    amount = bought.get(category, Decimal(0))
    beside = [
        sold for pk, sold in bought.items() if pk is not None and parents.get(pk) == parents.get(category) and sold > 0
    ]
    rank = 1 + sum(1 for sold in beside if sold > amount) if amount > 0 else None
    return DirectionRow(direction=direction, share=amount / whole, rank=rank, among=len(beside))
