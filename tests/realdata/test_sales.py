"""Months, periods, quotas, ranks and promotions, to the last digit."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import ExtractYear, TruncMonth

from accounts.models import User
from company.models import BusinessPeriod, BusinessYear
from orders.models import Order, OrderLine
from planning.selectors.quotas import read_quotas
from planning.selectors.sales import visible_sales
from tests.realdata.conftest import amount, reference, source
from tests.realdata.sums import largest_distributors, months_of, periods_of

EIGHT = Decimal("0.00000001")


def test_months_of_each_distributor(director: User, numbers: dict[int, int]) -> None:
    """A distributor's month on its page must be what its own books say."""
    orders = {
        (row["distributor"], f"{row['month']:%Y-%m}"): row["n"]
        for row in Order.objects.annotate(month=TruncMonth("ordered_on"))
        .values("distributor", "month")
        .annotate(n=Count("pk"))
        .order_by()
    }
    expected: dict[int, list[Any]] = defaultdict(list)
    for row in reference("reseller_month"):
        net, gross, discount, cost, margin = (
            amount(row[name]) for name in ("NetSales", "GrossSales", "Discount", "ProductCost", "GrossMargin")
        )
        expected[int(row["ResellerKey"])].append(
            (row["Month"], net, gross, discount, cost, margin, int(row["Lines"]), int(row["Units"]), int(row["Orders"]))
        )
    assert len(expected) == 635
    differences = []
    for key, number in numbers.items():
        shown = [
            (
                f"{row['month']:%Y-%m}",
                row["net"],
                row["gross"],
                row["discount"],
                row["cost"],
                row["net"] - row["cost"],
                row["sum_lines"],
                row["sum_units"],
                orders[number, f"{row['month']:%Y-%m}"],
            )
            for row in months_of(visible_sales(director, distributor_ids=[number]))
        ]
        if shown != expected.get(key, []):
            differences.append(key)
    assert differences == []


def test_quota_attainment(director: User) -> None:
    """A manager is paid by this figure."""
    national = {row["EmployeeKey"]: row["EmployeeNationalIDAlternateKey"] for row in source("DimEmployee")}
    shown = {
        (row.external_code, row.starts_on.isoformat()): (row.plan, row.actual, _eight(row.attainment))
        for row in read_quotas(director)
    }
    expected = {
        (national[row["EmployeeKey"]], row["StartDate"]): (
            amount(row["Quota"]), amount(row["Sales"]), _eight(Decimal(row["Attainment"])),
        )
        for row in reference("quota_attainment_period")
    }  # fmt: skip
    assert len(expected) == 163
    assert shown == expected


def test_periods(director: User) -> None:
    """The company's periods are not quarters: their bounds and sums must be its own."""
    net: dict[int, Decimal] = defaultdict(Decimal)
    lines: dict[int, int] = defaultdict(int)
    for row in periods_of(visible_sales(director)):
        net[row["period_id"]] += row["net"]
        lines[row["period_id"]] += row["sum_lines"]
    years = {year.pk: number for number, year in enumerate(BusinessYear.objects.order_by("starts_on"), 1)}
    periods = list(BusinessPeriod.objects.order_by("starts_on"))
    shown = [
        (
            number,
            period.starts_on.isoformat(),
            years[period.year_id],
            lines[period.pk],
            net[period.pk],
            *_orders_in(period),
        )
        for number, period in enumerate(periods, 1)
    ]
    expected = [
        (
            int(row["Period"]), row["StartDate"], int(row["BusinessYear"]), int(row["Lines"]), amount(row["NetSales"]),
            int(row["Orders"]), int(row["Resellers"]), int(row["OrderDates"]),
        )
        for row in reference("periods")
    ]  # fmt: skip
    assert shown == expected
    following = [row["StartDate"] for row in reference("periods")][1:]
    assert [(period.ends_on.toordinal() + 1) for period in periods[:-1]] == [
        period.starts_on.toordinal() for period in periods[1:]
    ]
    assert [period.starts_on.isoformat() for period in periods[1:]] == following


def _orders_in(period: BusinessPeriod) -> tuple[int, int, int]:
    found = Order.objects.filter(ordered_on__range=(period.starts_on, period.ends_on)).aggregate(
        orders=Count("pk"), distributors=Count("distributor", distinct=True), days=Count("ordered_on", distinct=True)
    )
    return found["orders"], found["distributors"], found["days"]


def test_top_twenty_of_each_business_year(director: User, numbers: dict[int, int]) -> None:
    """Who is in the first twenty, and with what share, is what the director opens first."""
    shown = []
    for number, year in enumerate(BusinessYear.objects.order_by("starts_on"), 1):
        rows = visible_sales(director).filter(period__year=year)
        total = rows.aggregate(net=Sum("net_amount"))["net"]
        shown += [
            (number, rank, row["distributor_id"], row["net"], _eight(row["net"] / total))
            for rank, row in enumerate(largest_distributors(rows), 1)
        ]
    expected = [
        (
            int(row["BusinessYear"]), int(row["Rank"]), numbers[int(row["ResellerKey"])], amount(row["NetSales"]),
            _eight(Decimal(row["ShareOfYear"])),
        )
        for row in reference("top20_business_year")
    ]  # fmt: skip
    assert shown == expected


def test_promotions_by_year() -> None:
    """What a promotion brought is read from the lines that carry it; 1 is "no promotion" in the files."""
    found = (
        OrderLine.objects.annotate(year=ExtractYear("order__ordered_on"))
        .values("promotion__code", "year")
        .annotate(
            net=Sum("net_amount"), gross=Sum("gross_amount"), discount=Sum("discount_amount"), cost=Sum("cost_amount_company"),
            orders=Count("order", distinct=True), lines=Count("pk"), units=Sum("ordered"),
        )
        .order_by()
    )  # fmt: skip
    shown = {
        (row["promotion__code"] or "1", row["year"]): (
            row["net"], row["gross"], row["discount"], row["cost"], row["net"] - row["cost"], row["orders"],
            row["lines"], row["units"],
        )
        for row in found
    }  # fmt: skip
    expected = {
        (row["PromotionKey"], int(row["Year"])): (
            *(amount(row[name]) for name in ("NetSales", "GrossSales", "Discount", "ProductCost", "GrossMargin")),
            *(int(row[name]) for name in ("Orders", "Lines", "Units")),
        )
        for row in reference("promotion_year")
    }
    assert shown == expected


def _eight(share: Decimal | None) -> Decimal | None:
    return None if share is None else share.quantize(EIGHT)
