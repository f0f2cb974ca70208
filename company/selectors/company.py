"""Whose company it is, and in which currency it counts."""

from company.errors import NoCompany
from company.models import Company


def default_company() -> Company:
    """The company that everything belongs to which names none. One query; NoCompany before the first start is done."""
    company: Company | None = Company.objects.filter(is_default=True).first()
    if company is None:
        raise NoCompany
    return company


def company_currency() -> str:
    """The currency the company reports in, empty before there is a company. One query."""
    return Company.objects.filter(is_default=True).values_list("currency", flat=True).first() or ""
