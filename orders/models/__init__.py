from orders.models.order import Order, OrderLine
from orders.models.returns import ReturnedGoods
from orders.models.shipment import Carrier, Shipment, ShipmentLine, TrackingEvent

__all__ = ["Carrier", "Order", "OrderLine", "ReturnedGoods", "Shipment", "ShipmentLine", "TrackingEvent"]
