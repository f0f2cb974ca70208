"""What lines are worth when pieces of them are given up, and what the order is worth with its lines as they are."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db.models import Sum

from core.money import round_money
from orders.ordering.enums import AdjustmentKind
from orders.ordering.models import Order, OrderLine

AMOUNTS = (
    "gross_amount", "discount_amount", "rounding_amount", "net_amount", "tax_amount", "cost_amount_company",
)  # fmt: skip


def lines_with_adjustments(order: Order) -> list[OrderLine]:
    """The lines of a locked order, locked, in the order of their products: so is their stock locked afterwards."""
    rows = OrderLine.objects.select_for_update(of=("self",)).filter(order=order).select_related("product")
    return list(rows.prefetch_related("adjustments").order_by("product_id", "pk"))


def give_up(order: Order, lines: Sequence[OrderLine], kept: Mapping[int, int]) -> int:
    """Cancel what is above the pieces kept (by line), with their part of the amounts; returns how many pieces.

    Before: the order is locked; no line keeps less than was shipped or more than it has. The order's amounts, in its
    currency, are summed anew, and are to be saved with `AMOUNTS` and `total_amount`.
    """
    changed = [
        line for line in lines if kept.get(line.pk, line.ordered - line.cancelled) < line.ordered - line.cancelled
    ]
    given_up = 0
    for line in changed:
        before, after = line.ordered - line.cancelled, kept[line.pk]
        share = Decimal(after) / before
        discount, rounding = _shrink_adjustments(line, share, order.currency)
        given_up += before - after
        line.cancelled = line.ordered - after
        line.gross_amount = round_money(line.unit_price * after / line.pieces_per_unit, currency=order.currency)
        line.discount_amount, line.rounding_amount = discount, rounding
        line.net_amount = line.gross_amount - discount + rounding
        line.tax_amount = round_money(line.tax_amount * share, currency=order.currency)
        line.cost_amount_company = round_money(line.cost_amount_company * share, currency=order.company.currency)
    OrderLine.objects.bulk_update(changed, ["cancelled", *AMOUNTS])
    add_up(order)
    return given_up


def price_anew(order: Order, line: OrderLine, *, unit_price: Decimal) -> None:
    """Give a locked line another list price; its adjustments and tax keep their share. It is not saved."""
    pieces = line.ordered - line.cancelled
    gross = round_money(unit_price * pieces / line.pieces_per_unit, currency=order.currency)
    share = gross / line.gross_amount if line.gross_amount else Decimal(1)
    discount, rounding = _shrink_adjustments(line, share, order.currency)
    line.unit_price, line.gross_amount = unit_price, gross
    line.discount_amount, line.rounding_amount = discount, rounding
    line.net_amount = gross - discount + rounding
    line.tax_amount = round_money(line.tax_amount * share, currency=order.currency)


def add_up(order: Order) -> None:
    """Make the amounts of a locked order those of its lines; they are not saved."""
    totals = OrderLine.objects.filter(order=order).aggregate(**{name: Sum(name) for name in AMOUNTS})
    for name, total in totals.items():
        setattr(order, name, total or Decimal(0))
    order.total_amount = order.net_amount + order.tax_amount


def _shrink_adjustments(line: OrderLine, share: Decimal, currency: str) -> tuple[Decimal, Decimal]:
    """Leave each adjustment of a line its share, rounded; one of nothing goes. Returns the discount and the rounding."""
    discount = rounding = Decimal(0)
    for adjustment in line.adjustments.all():
        adjustment.amount = round_money(adjustment.amount * share, currency=currency)
        if adjustment.kind == AdjustmentKind.ROUNDING:
            rounding += adjustment.amount
        else:
            discount -= adjustment.amount
        if adjustment.amount:
            adjustment.save(update_fields=["amount"])
        else:
            adjustment.delete()
    return discount, rounding
