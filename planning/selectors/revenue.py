"""What each person's distributors bought in a year, for the load of people."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from company.models import Company
from planning.enums import SalesBasis
from planning.models import SalesActual


def revenue_by_manager(on: date) -> tuple[str, Mapping[int, Decimal]]:
    """The company's currency, and by manager the net sales in it of the twelve months before the day's month. Two queries.

    Sales in other currencies are left out: they are no sum with these.
    """
    company = Company.objects.filter(is_default=True).first()
    if company is None:
        return "", {}
    last = on.replace(day=1)
    rows = SalesActual.objects.filter(
        basis=SalesBasis.ORDERED, currency=company.currency, manager__isnull=False,
        month__gte=last.replace(year=last.year - 1), month__lt=last,
    )  # fmt: skip
    sums = rows.order_by().values("manager").annotate(total=Sum("net_amount")).values_list("manager", "total")
    return company.currency, dict(sums)
