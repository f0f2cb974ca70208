from orders.ordering.models.adjustment import LineAdjustment
from orders.ordering.models.hold import OrderHold
from orders.ordering.models.order import Order, OrderLine
from orders.ordering.models.order_type import OrderType
from orders.ordering.models.template import OrderTemplate, OrderTemplateLine

__all__ = ["LineAdjustment", "Order", "OrderHold", "OrderLine", "OrderTemplate", "OrderTemplateLine", "OrderType"]
