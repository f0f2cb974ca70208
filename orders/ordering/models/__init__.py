from orders.ordering.models.order import Order, OrderLine

__all__ = ["Order", "OrderLine"]
