from inventory.models.catalogue import Brand, BuyingRight, Category, Product
from inventory.models.stock import Reservation, Stock, StockMove, SupplyRoute, Warehouse

__all__ = [
    "Brand",
    "BuyingRight",
    "Category",
    "Product",
    "Reservation",
    "Stock",
    "StockMove",
    "SupplyRoute",
    "Warehouse",
]
