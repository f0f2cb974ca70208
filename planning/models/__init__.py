from planning.models.plan import SalesActual, SalesPlan, SalesPlanMix, SalesPlanPeriod

__all__ = ["SalesActual", "SalesPlan", "SalesPlanMix", "SalesPlanPeriod"]
