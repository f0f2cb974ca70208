"""What should be looked at before an order is placed and stops nothing: confirmed with one press each."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from core.errors import Problem
from core.ui.numbers import day, quantity
from orders.ordering.errors import Fix, FixKind, LineProblem
from orders.ordering.models import Order
from orders.ordering.selectors.bought import bought_before, orders_alike
from orders.ordering.selectors.unusual import Bought, is_unusual, same_lines
from orders.ordering.services.agreement import price_rises
from orders.ordering.services.quote import PricedLine, Quote


@dataclass(frozen=True, kw_only=True)
class UnusualQuantity:
    """A quantity far from what the distributor usually orders; `key` says which answer was given to it.

    `usual` counts the unit of the line.
    """

    product_id: int
    usual: int
    message: str
    key: str


@dataclass(frozen=True, kw_only=True)
class SameOrder:
    """An order of the last days with the same lines."""

    order: Order
    message: str
    key: str


@dataclass(frozen=True, kw_only=True)
class EntryChecks:
    """`bought` is the history by product, whether odd or not; the others only what is not confirmed yet."""

    bought: dict[int, Bought]
    unusual: dict[int, UnusualQuantity]
    same: list[SameOrder]

    @property
    def count(self) -> int:
        return len(self.unusual) + len(self.same)


def check_entry(quote: Quote, *, confirmed: Collection[str], today: date) -> EntryChecks:
    """Look at a draft by the distributor's own history. Four queries at most, whatever the number of lines."""
    lines = [line for line in quote.lines if line.product_id is not None]
    bought = bought_before(
        distributor_id=quote.distributor_id, product_ids=[line.product_id or 0 for line in lines], today=today
    )
    unusual = {row.product_id: row for line in lines if (row := _unusual(line, bought.get(line.product_id or 0)))}
    return EntryChecks(
        bought=dict(bought),
        unusual={product: row for product, row in unusual.items() if row.key not in confirmed},
        same=[row for row in _same(quote, today=today) if row.key not in confirmed],
    )


def warn_of_entry(quote: Quote, *, agreed_total: Decimal | None, today: date) -> list[Problem]:
    """The same for a program: what should be looked at, each with its code and, where there is one, its way out."""
    checks = check_entry(quote, confirmed=(), today=today)
    unusual = [
        LineProblem(
            message=odd.message,
            code="unusual_quantity",
            field=f"lines.{line.line}.quantity",
            line=line.line,
            fix=Fix(kind=FixKind.SET_QUANTITY, quantity=odd.usual),
        )
        for line in quote.lines
        if (odd := checks.unusual.get(line.product_id or 0)) and odd.key == f"{line.key}:{line.units}"
    ]
    same = [
        Problem(message=f"{one.order.number}: {one.message}", code="probable_duplicate", field="lines")
        for one in checks.same
    ]
    return [*unusual, *same, *price_rises(quote, agreed_total=agreed_total, code="price_changed")]


def _unusual(line: PricedLine, before: Bought | None) -> UnusualQuantity | None:
    if before is None or line.problems or not is_unusual(line.quantity, before.quantities):
        return None
    usual = line.orderable_units(before.usual)
    message = _("%(quantity)s is unusual: you usually order %(usual)s.") % {
        "quantity": quantity(line.quantity),
        "usual": quantity(before.usual),
    }
    return UnusualQuantity(
        product_id=line.product_id or 0, usual=usual, message=message, key=f"{line.key}:{line.units}"
    )


def _same(quote: Quote, *, today: date) -> list[SameOrder]:
    wanted: Counter[int] = Counter()
    for line in quote.lines:
        wanted[line.product_id or 0] += line.quantity
    if not wanted or 0 in wanted:
        return []
    alike = orders_alike(
        distributor_id=quote.distributor_id, line_count=len(quote.lines), unit_count=quote.unit_count, today=today
    )
    orders = Order.objects.filter(pk__in=same_lines(wanted, alike)).order_by("-ordered_at") if alike else []
    return [
        SameOrder(
            order=order,
            message=_("The same products and quantities were ordered on %(day)s.") % {"day": day(order.ordered_on)},
            key=f"same:{order.pk}",
        )
        for order in orders
    ]
