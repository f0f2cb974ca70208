"""Sums of the posted sales as the reference files group them."""

from typing import Any

from django.db.models import QuerySet, Sum

Sums = dict[str, Any]
_AMOUNTS = {
    "sum_units": Sum("units"),
    "sum_lines": Sum("lines"),
    "gross": Sum("gross_amount"),
    "discount": Sum("discount_amount"),
    "net": Sum("net_amount"),
    "cost": Sum("cost_amount_company"),
}


def months_of(sales: QuerySet[Any]) -> list[Sums]:
    """By calendar month and currency, the earliest first."""
    return list(sales.values("month", "currency").annotate(**_AMOUNTS).order_by("month", "currency"))


def periods_of(sales: QuerySet[Any]) -> list[Sums]:
    """By business period, manager and currency."""
    groups = sales.filter(period__isnull=False).values("period_id", "manager_id", "currency")
    return list(groups.annotate(**_AMOUNTS).order_by("period_id", "manager_id", "currency"))


def largest_distributors(sales: QuerySet[Any], *, limit: int = 20) -> list[Sums]:
    """Those who bought most, the largest first."""
    groups = sales.values("distributor_id", "currency").annotate(**_AMOUNTS)
    return list(groups.order_by("-net", "distributor_id")[:limit])
