"""The totals of the whole history, by the product's own selectors where there is one.

Not shown by the system, and so not compared: products_sold_versions (articles are kept, not their versions),
sum_TaxAmt and sum_Freight (orders are net of both), rows_without_rate and the two WRONG_ measures (amounts are not
converted).
"""

from decimal import Decimal

from django.db.models import Count, F, Max, Min, Sum

from accounts.models import Distributor, User
from company.models import BusinessYear
from orders.models import Order, OrderLine
from planning.models import SalesActual
from planning.selectors.quotas import read_quotas
from planning.selectors.sales import visible_sales
from tests.realdata.conftest import amount, reference
from tests.realdata.sums import months_of

NOT_SHOWN = {
    "products_sold_versions", "sum_TaxAmt", "sum_Freight", "rows_without_rate",
    "WRONG_if_multiplied_by_AverageRate", "WRONG_if_divided_by_AverageRate",
}  # fmt: skip


def shown(director: User) -> dict[str, object]:
    months = months_of(visible_sales(director))
    quotas = read_quotas(director)
    lines = OrderLine.objects.all()
    dates = Order.objects.aggregate(first=Min("ordered_on"), last=Max("ordered_on"))
    return {
        "lines": sum(row["sum_lines"] for row in months),
        "orders": Order.objects.count(),
        "resellers_with_sales": SalesActual.objects.aggregate(n=Count("distributor", distinct=True))["n"],
        "resellers_total": Distributor.objects.count(),
        "employees_with_sales": SalesActual.objects.aggregate(n=Count("manager", distinct=True))["n"],
        "products_sold_articles": lines.aggregate(n=Count("product", distinct=True))["n"],
        "sum_SalesAmount": sum(row["net"] for row in months),
        "sum_ExtendedAmount": sum(row["gross"] for row in months),
        "sum_DiscountAmount": sum(row["discount"] for row in months),
        "sum_TotalProductCost": sum(row["cost"] for row in months),
        "sum_units": sum(row["sum_units"] for row in months),
        "first_order": dates["first"],
        "last_order": dates["last"],
        "quota_sum": sum(row.plan for row in quotas),
        "quota_rows": len(quotas),
        "lines_below_cost": lines.filter(net_amount__lt=F("cost_amount_company")).count(),
        "lines_with_discount": lines.filter(discount_amount__gt=0).count(),
        "on_time_lines": lines.filter(order__shipped_at__date__lte=F("order__promised_on")).count(),
        **{f"net_{year}": sum(row["net"] for row in months if row["month"].year == year) for year in range(2010, 2014)},
        **{f"net_BY{number}": net for number, net in enumerate(_net_of_years(), 1)},
    }


def _net_of_years() -> list[Decimal]:
    return [
        SalesActual.objects.filter(period__year=year).aggregate(net=Sum("net_amount"))["net"]
        for year in BusinessYear.objects.order_by("starts_on")
    ]


def test_control_totals(director: User) -> None:
    """If a total differs, nobody can trust any figure below it."""
    expected = {row["measure"]: row["value"] for row in reference("control_totals")}
    figures = shown(director)
    assert set(figures) == set(expected) - NOT_SHOWN
    differences = {
        name: (value, expected[name])
        for name, value in figures.items()
        if (amount(expected[name]) != value if isinstance(value, Decimal) else expected[name] != str(value))
    }
    assert differences == {}
