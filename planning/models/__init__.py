from planning.models.landing import Landing, LandingForecast
from planning.models.plan import SalesActual, SalesPlan, SalesPlanMix, SalesPlanPeriod

__all__ = ["Landing", "LandingForecast", "SalesActual", "SalesPlan", "SalesPlanMix", "SalesPlanPeriod"]
