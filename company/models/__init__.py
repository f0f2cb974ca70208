from company.models.business_year import BusinessPeriod, BusinessYear
from company.models.calendar import CalendarDay, WorkingCalendar
from company.models.company import Company
from company.models.document import Document, MoneyDocument
from company.models.number_series import NumberSeries
from company.models.rate import ExchangeRate
from company.models.tax import TaxCode

__all__ = [
    "BusinessPeriod",
    "BusinessYear",
    "CalendarDay",
    "Company",
    "Document",
    "ExchangeRate",
    "MoneyDocument",
    "NumberSeries",
    "TaxCode",
    "WorkingCalendar",
]
