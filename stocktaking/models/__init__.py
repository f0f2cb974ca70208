from stocktaking.models.count import StockCount, StockCountLine
from stocktaking.models.scrap import Scrap, ScrapLine

__all__ = ["Scrap", "ScrapLine", "StockCount", "StockCountLine"]
