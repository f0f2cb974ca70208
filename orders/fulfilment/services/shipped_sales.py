"""What shipments have in the actual sales: each its share of the amounts of its lines, posted on the day it leaves."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db.models import Sum

from core.money import round_money
from orders.fulfilment.models import Shipment, ShipmentLine
from orders.ordering.models import Order, OrderLine
from orders.ordering.services.posted_sales import shipped_sales
from planning.services.actuals import post_actual_sales

POSTED_AMOUNTS = ("gross_amount", "discount_amount", "net_amount", "cost_amount_company")
_THESE = shipped_sales("shipment.id = ANY(%(shipments)s)")


def post_shipments(shipments: Sequence[Shipment]) -> None:
    """Post what shipments hold to the actual sales of their day. One statement. Before: they are written, their orders locked."""
    post_actual_sales(sold=_THESE, parameters={"shipments": [shipment.pk for shipment in shipments]})


def share_of_lines(
    orders: Mapping[int, Order], lines: Sequence[OrderLine], shipped: Mapping[int, int]
) -> dict[int, dict[str, Decimal]]:
    """The amounts of the pieces to be shipped, by line: the rounded running total less what left before.

    Before: the lines are locked, the orders have their companies. One query, where some of them left before.
    """
    before = _left_before([line.pk for line in lines if line.shipped])
    return {
        line.pk: {
            name: running_share(
                getattr(line, name),
                line.shipped + shipped[line.pk],
                line.ordered - line.cancelled,
                _currency(orders[line.order_id], name),
            )
            - before.get(line.pk, {}).get(name, Decimal(0))
            for name in POSTED_AMOUNTS
        }
        for line in lines
    }


def _currency(order: Order, amount: str) -> str:
    return order.company.currency if amount == "cost_amount_company" else order.currency


def running_share(amount: Decimal, pieces: int, of_pieces: int, currency: str) -> Decimal:
    """The part of a line's amount for so many of its pieces, rounded; for all of them the amount as it is."""
    if pieces == of_pieces:
        return amount
    return round_money(amount * pieces / of_pieces, currency=currency)


def _left_before(line_ids: Sequence[int]) -> dict[int, dict[str, Decimal]]:
    if not line_ids:
        return {}
    rows = ShipmentLine.objects.filter(order_line__in=line_ids).order_by().values("order_line_id")
    return {row.pop("order_line_id"): row for row in rows.annotate(**{name: Sum(name) for name in POSTED_AMOUNTS})}
