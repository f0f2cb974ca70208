"""What pieces of a line are worth: their part of its stored amounts, so that all parts together are the line."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import NamedTuple

from django.db.models import F, Sum

from core.money import round_money
from orders.fulfilment.claims.models import ClaimDecision, DeliveryClaimLine
from orders.ordering.models import OrderLine


class Worth(NamedTuple):
    """Net and tax in the currency of the order."""

    net: Decimal
    tax: Decimal


def worth_of(line: OrderLine, *, before: int, pieces: int, currency: str) -> Worth:
    """The net and the tax of the next `pieces` of a line, of which `before` were counted already. Pure.

    Net and gross are rounded as running totals, each part is what its total is more than that before it, and the tax is
    the difference of both: the last part takes the remainder. The line's adjustments are in its amounts.
    """
    whole = max(line.ordered - line.cancelled, 1)

    def share_of(amount: Decimal) -> Decimal:
        upto = round_money(amount * (before + pieces) / whole, currency=currency)
        return upto - round_money(amount * before / whole, currency=currency)

    net = share_of(line.net_amount)
    return Worth(net, share_of(line.net_amount + line.tax_amount) - net)


def paid_lines(line_ids: Collection[int]) -> dict[int, int]:
    """The line that was paid for, by the line that was shipped: of a re-shipment the one that it replaces. One query."""
    replaced = ClaimDecision.objects.filter(replacement_line__in=line_ids)
    found = dict(replaced.values_list("replacement_line_id", "line__order_line_id"))
    return {line: found.get(line) or line for line in line_ids}


def lock_lines(line_ids: Collection[int]) -> dict[int, OrderLine]:
    """Lines of orders under FOR UPDATE, so that nobody counts the same pieces meanwhile."""
    rows = OrderLine.objects.select_for_update(of=("self",)).filter(pk__in=line_ids).order_by("pk")
    return {line.pk: line for line in rows.select_related("product")}


def claimed_before(line_ids: Collection[int]) -> Mapping[int, int]:
    """The pieces on claims by line paid for; those re-shipped are counted where they differ again. One query."""
    rows = DeliveryClaimLine.objects.filter(order_line__in=line_ids).order_by()
    return dict(rows.values_list("order_line_id").annotate(counted=Sum(F("pieces") - F("reshipped"))))


def credited_before(line_ids: Collection[int]) -> Mapping[int, int]:
    """The pieces credited by line paid for. One query."""
    rows = DeliveryClaimLine.objects.filter(order_line__in=line_ids).order_by()
    return dict(rows.values_list("order_line_id").annotate(Sum("credited")))
