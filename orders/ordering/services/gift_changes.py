"""Gifts follow the line that earned them: less of the line is less of its gift, and without the line there is none."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from core.money import round_money
from orders.ordering.models import LineAdjustment, Order, OrderLine


def pieces_left(gift: OrderLine, *, before: int, after: int) -> int:
    """What is left of a gift where so many pieces of its line were and are: the same share, in whole units, never more."""
    has = gift.ordered - gift.cancelled
    if after >= before:
        return has
    units = has * after // before // gift.pieces_per_unit
    return max(units * gift.pieces_per_unit, gift.shipped)


def with_gifts(lines: Sequence[OrderLine], kept: Mapping[int, int]) -> dict[int, int]:
    """The pieces kept by line, with those of the gifts of lines of which less is kept. Pure."""
    found = dict(kept)
    known = {line.pk: line for line in lines}
    for gift in lines:
        earning = known.get(gift.gift_of_id or 0)
        if earning is not None and earning.pk in kept:
            left = pieces_left(gift, before=earning.ordered - earning.cancelled, after=kept[earning.pk])
            if left < found.get(gift.pk, gift.ordered - gift.cancelled):
                found[gift.pk] = left
    return found


def shrink_gifts(order: Order, gifts: Iterable[OrderLine], left: Mapping[int, int]) -> list[dict[str, Any]]:
    """Leave so many pieces of the gifts of an order that is not approved yet; those of which none is left go.

    Returns what changed, for an event. Before: the order is locked, and its line that a gift goes with is still there.
    """
    changed = [gift for gift in gifts if left[gift.pk] != gift.ordered]
    changes = [{"code": gift.product.code, "before": gift.units, "after": _units(gift, left)} for gift in changed]
    OrderLine.objects.filter(pk__in=[gift.pk for gift in changed if not left[gift.pk]]).delete()
    staying = [gift for gift in changed if left[gift.pk]]
    for gift in staying:
        share = Decimal(left[gift.pk]) / gift.ordered
        gift.units, gift.ordered = _units(gift, left), left[gift.pk]
        gift.gross_amount = round_money(gift.unit_price * gift.units, currency=order.currency)
        gift.discount_amount = gift.gross_amount
        gift.cost_amount_company = round_money(gift.cost_amount_company * share, currency=order.company.currency)
        LineAdjustment.objects.filter(line=gift).update(amount=-gift.discount_amount)
    OrderLine.objects.bulk_update(
        staying, ["units", "ordered", "gross_amount", "discount_amount", "cost_amount_company"]
    )
    return changes


def _units(gift: OrderLine, left: Mapping[int, int]) -> int:
    return left[gift.pk] // gift.pieces_per_unit
