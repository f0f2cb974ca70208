"""Orders that were due and their lines, with how they were delivered, ready to show."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from orders.fulfilment.models import Carrier, Shipment
from orders.ordering.models import Order, OrderLine
from orders.tracking.enums import DeliveryBasis
from orders.tracking.selectors.delivery_performance import read_measured, read_measured_lines


def give_deliveries(rows: Sequence[Any], *, basis: DeliveryBasis) -> list[Any]:
    """Give each order its `delivery` and the `delivery_carrier`; without those of which nothing is to be delivered.

    Two queries.
    """
    measured = read_measured(Order.objects.filter(pk__in=[order.pk for order in rows]), basis=basis)
    carriers = Carrier.objects.in_bulk({one.carrier_id for one in measured.values()} - {None})
    for order in rows:
        order.delivery = measured.get(order.pk)
        order.delivery_carrier = order.delivery and carriers.get(order.delivery.carrier_id)
    return [order for order in rows if order.delivery is not None]


def delivery_lines(order_ids: Sequence[Any]) -> list[Any]:
    """The lines of these orders with how each was delivered, in the order of the orders. Two queries."""
    measured = read_measured_lines(Order.objects.filter(pk__in=list(order_ids)))
    place = {order_id: number for number, order_id in enumerate(order_ids)}
    lines: list[Any] = list(
        OrderLine.objects.filter(pk__in=list(measured)).select_related("order__distributor", "product")
    )
    for line in lines:
        line.delivery = measured[line.pk]
    return sorted(lines, key=lambda line: (place[line.order_id], line.position))


def carried_by(rows: QuerySet[Any], carrier: Carrier) -> QuerySet[Any]:
    """Of these orders those that a carrier brought something of."""
    return rows.filter(pk__in=Shipment.objects.filter(carrier=carrier).values("order_id"))
