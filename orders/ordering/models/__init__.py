from orders.ordering.models.adjustment import LineAdjustment
from orders.ordering.models.hold import OrderHold
from orders.ordering.models.order import Order, OrderLine

__all__ = ["LineAdjustment", "Order", "OrderHold", "OrderLine"]
