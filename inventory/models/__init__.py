from inventory.models.block import StockBlock
from inventory.models.lot import Lot, LotBinding, LotMove, LotStock
from inventory.models.stock import Reservation, Stock, StockMove
from inventory.models.supply import BackOrder, ExpectedReceipt
from inventory.models.warehouse import SupplyRoute, Warehouse

__all__ = [
    "BackOrder",
    "ExpectedReceipt",
    "Lot",
    "LotBinding",
    "LotMove",
    "LotStock",
    "Reservation",
    "Stock",
    "StockBlock",
    "StockMove",
    "SupplyRoute",
    "Warehouse",
]
