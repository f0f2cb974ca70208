"""What each person's distributors bought in a year, for the load of people."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from company.models import Company
from company.selectors import rate_on
from core.money import round_money
from planning.enums import SalesBasis
from planning.models import SalesActual


def revenue_by_manager(on: date) -> tuple[str, Mapping[int, Decimal]]:
    """The company's currency, and by manager the net sales of the twelve months before the day's month, in it.

    Sales in other currencies are converted at the rate of the day; those without a rate are left out. A query for each
    currency that is not the company's, two without any.
    """
    company = Company.objects.filter(is_default=True).first()
    if company is None:
        return "", {}
    last = on.replace(day=1)
    rows = SalesActual.objects.filter(
        basis=SalesBasis.ORDERED, manager__isnull=False, month__gte=last.replace(year=last.year - 1), month__lt=last
    )
    sums = rows.order_by().values("manager", "currency").annotate(total=Sum("net_amount"))
    found: dict[int, Decimal] = {}
    rates: dict[str, Decimal | None] = {company.currency: Decimal(1)}
    for manager, currency, total in sums.values_list("manager", "currency", "total"):
        if currency not in rates:
            rates[currency] = rate_on(from_currency=currency, to_currency=company.currency, on=on)
        rate = rates[currency]
        if rate is not None:
            found[manager] = found.get(manager, Decimal(0)) + total * rate
    return company.currency, {pk: round_money(total, currency=company.currency) for pk, total in found.items()}
