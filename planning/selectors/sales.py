"""What was sold, by category. One query over the actual sales that a person may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet, Sum

from core.actors import Actor
from core.models import localised
from planning.models import SalesActual


@dataclass(frozen=True, kw_only=True)
class SalesRow:
    """Sums of one key, here of a category. Amounts in `currency`."""

    key: Any
    label: str
    currency: str
    units: int
    lines: int
    gross: Decimal
    discount: Decimal
    net: Decimal
    cost: Decimal


_SUMS = {
    "sum_units": Sum("units"),
    "sum_lines": Sum("lines"),
    "sum_gross": Sum("gross_amount"),
    "sum_discount": Sum("discount_amount"),
    "sum_net": Sum("net_amount"),
    "sum_cost": Sum("cost_amount_company"),
}
SalesRows = QuerySet[Any]


def visible_sales(
    actor: Actor,
    *,
    first: date | None = None,
    last: date | None = None,
    distributor_ids: Sequence[int] | None = None,
) -> SalesRows:
    """The posted sales a person may see, between two months (both included)."""
    rows: SalesRows = SalesActual.objects.visible_to(actor).ordered_sales()
    if first:
        rows = rows.filter(month__gte=first.replace(day=1))
    if last:
        rows = rows.filter(month__lte=last)
    return rows if distributor_ids is None else rows.filter(distributor_id__in=distributor_ids)


def sales_by_category(rows: SalesRows) -> list[SalesRow]:
    """By category, the largest first."""
    found = (
        rows.values("category_id", "currency", name=F("category__name"), name_zh=F("category__name_zh"))
        .annotate(**_SUMS)
        .order_by("-sum_net", "category_id")
    )
    return [_row(row, row["category_id"], localised(row["name"], row["name_zh"])) for row in found]


def _row(row: Mapping[str, Any], key: Any, label: str) -> SalesRow:
    return SalesRow(
        key=key,
        label=label,
        currency=row["currency"],
        units=row["sum_units"],
        lines=row["sum_lines"],
        gross=row["sum_gross"],
        discount=row["sum_discount"],
        net=row["sum_net"],
        cost=row["sum_cost"],
    )
