from pricing.models.price import Price, PriceList
from pricing.models.promotion import Promotion

__all__ = ["Price", "PriceList", "Promotion"]
