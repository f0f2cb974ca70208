from planning.models.plan import SalesActual, SalesPlan, SalesPlanMix, SalesPlanPeriod
from planning.models.price import Price, PriceList
from planning.models.promotion import Promotion

__all__ = ["Price", "PriceList", "Promotion", "SalesActual", "SalesPlan", "SalesPlanMix", "SalesPlanPeriod"]
