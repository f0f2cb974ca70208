from inventory.models.stock import Reservation, Stock, StockMove, SupplyRoute, Warehouse

__all__ = ["Reservation", "Stock", "StockMove", "SupplyRoute", "Warehouse"]
