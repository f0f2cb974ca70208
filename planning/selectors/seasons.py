"""How last year's sales spread over the periods and the categories: what a plan is spread by."""

from decimal import Decimal

from django.db.models import Sum

from company.models import BusinessYear
from planning.selectors.owners import PlanOwner, actuals_of

Cell = tuple[int, int]
"""Number of the period, id of the category."""


def year_before(year: BusinessYear) -> BusinessYear | None:
    """The business year that ends before this one starts."""
    return BusinessYear.objects.filter(ends_on__lt=year.starts_on).order_by("-ends_on").first()


def sales_by_cell(owner: PlanOwner, *, year: BusinessYear, currency: str) -> dict[Cell, Decimal]:
    """Net sales of an owner in a business year by period number and category, never below zero. One query."""
    rows = (
        actuals_of(owner)
        .filter(period__year=year, currency=currency)
        .values_list("period__number", "category_id")
        .annotate(net=Sum("net_amount"))
        .order_by()
    )
    return {(number, category): max(net, Decimal(0)) for number, category, net in rows}


def sales_of_year_before(owner: PlanOwner, *, year: BusinessYear, currency: str) -> dict[Cell, Decimal]:
    """The same for the year before; empty where there was none."""
    before = year_before(year)
    return sales_by_cell(owner, year=before, currency=currency) if before else {}
