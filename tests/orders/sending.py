"""Shipments of several orders of one distributor, on their way with one carrier, for tests."""

from collections.abc import Sequence

from orders.fulfilment.services.shipping import ship_order
from orders.models import Carrier, Shipment
from orders.ordering.services.approval import approve_order
from tests.factories.orders import CarrierFactory
from tests.orders.clock import NOW
from tests.orders.people import Stage


def sent(people: Stage, quantities: Sequence[int] = (5,), *, carrier: Carrier | None = None) -> list[Shipment]:
    """One shipment an order; of each product so many pieces."""
    carrier = carrier or CarrierFactory.create()
    shipments = []
    for quantity in quantities:
        order = approve_order(order_id=people.placed(quantity).id, actor=people.manager, now=NOW)
        shipment = ship_order(order_id=order.pk, actor=people.warehouse, now=NOW, carrier_id=carrier.pk)
        shipments.append(shipment)
    return shipments
