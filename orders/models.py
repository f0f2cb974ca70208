"""The models of the sub-packages, where Django looks for them."""

from orders.fulfilment.models import Carrier, Shipment, ShipmentLine
from orders.ordering.models import LineAdjustment, Order, OrderHold, OrderLine
from orders.returns.models import ReturnedGoods
from orders.tracking.models import TrackingEvent

__all__ = [
    "Carrier",
    "LineAdjustment",
    "Order",
    "OrderHold",
    "OrderLine",
    "ReturnedGoods",
    "Shipment",
    "ShipmentLine",
    "TrackingEvent",
]
