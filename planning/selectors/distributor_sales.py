"""What distributors and managers bought and sold: by month and category of one, kept, lost and new ones of all.

Sales are net, as ordered, in the distributor's currency. Cost is kept in the company's currency, so a margin is known only
where the two are one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    DecimalField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from accounts.models import Distributor, User
from company.selectors import company_currency
from core.actors import Actor
from core.models import localised
from core.periods import add_months, month_start
from planning.enums import Retention, SalesBasis
from planning.models import SalesActual

MONTHS = 12
ZERO = Decimal(0)
_AMOUNT: DecimalField[Any, Any] = DecimalField(max_digits=19, decimal_places=4)


@dataclass(frozen=True, kw_only=True)
class SalesSum:
    """One month or category: its sales, those of the year before, and cost and margin where they are known."""

    label: Any
    net: Decimal
    before: Decimal
    cost: Decimal
    margin: Decimal | None

    @property
    def change(self) -> Decimal | None:
        return self.net / self.before - 1 if self.before else None

    @property
    def margin_share(self) -> Decimal | None:
        return self.margin / self.net if self.margin is not None and self.net else None


@dataclass(frozen=True, kw_only=True)
class DistributorSales:
    """The last twelve months, this one included, newest first, and their categories, the largest first."""

    months: Sequence[SalesSum]
    categories: Sequence[SalesSum]
    total: SalesSum
    currency: str


def read_distributor_sales(actor: Actor, distributor: Distributor, *, today: date) -> DistributorSales:
    """Two queries."""
    first = add_months(month_start(today), 1 - MONTHS)
    rows = (
        SalesActual.objects.visible_to(actor)
        .ordered_sales()
        .filter(distributor=distributor, currency=distributor.currency, month__gte=add_months(first, -MONTHS))
    )
    sums = {"net": Sum("net_amount"), "cost": Sum("cost_amount_company")}
    by_month = {
        month: (net, cost)
        for month, net, cost in rows.order_by()
        .values_list("month")
        .annotate(**sums)
        .values_list("month", "net", "cost")
    }
    recent = Q(month__gte=first)
    by_category = (
        rows.order_by()
        .values("category__name", "category__name_zh")
        .annotate(
            net=Coalesce(Sum("net_amount", filter=recent), ZERO, output_field=_AMOUNT),
            before=Coalesce(Sum("net_amount", filter=~recent), ZERO, output_field=_AMOUNT),
            cost=Coalesce(Sum("cost_amount_company", filter=recent), ZERO, output_field=_AMOUNT),
        )
        .order_by("-net", "category__name")
    )
    known = distributor.currency == company_currency()
    months = []
    for number in range(MONTHS):
        month = add_months(month_start(today), -number)
        net, cost = by_month.get(month, (ZERO, ZERO))
        before, _cost = by_month.get(add_months(month, -MONTHS), (ZERO, ZERO))
        months.append(_sum(month, net, before, cost, known=known))
    return DistributorSales(
        months=months,
        categories=[
            _sum(
                localised(row["category__name"], row["category__name_zh"]),
                row["net"],
                row["before"],
                row["cost"],
                known=known,
            )
            for row in by_category
        ],
        total=_sum(
            "",
            sum((month.net for month in months), ZERO),
            sum((month.before for month in months), ZERO),
            sum((month.cost for month in months), ZERO),
            known=known,
        ),
        currency=distributor.currency,
    )


def _sum(label: Any, net: Decimal, before: Decimal, cost: Decimal, *, known: bool) -> SalesSum:
    return SalesSum(label=label, net=net, before=before, cost=cost, margin=net - cost if known else None)


def with_sales(rows: "QuerySet[Distributor]", *, today: date) -> "QuerySet[Distributor]":
    """Distributors that bought in the last twelve months or in the twelve before, each with what it bought in both.

    With `recent_net`, `earlier_net`, `change_net`, `recent_cost`, `margin` (None where it is not known), `retention`
    (kept, lost or new), and the days of its `first_order` and `last_order`.
    """
    first = add_months(month_start(today), 1 - MONTHS)
    counted = Q(actuals__basis=SalesBasis.ORDERED, actuals__currency=F("currency"))
    recent, earlier = Q(actuals__month__gte=first), Q(actuals__month__lt=first)
    # Neither a draft, which has no number, nor what was cancelled.
    days = Distributor.objects.filter(
        pk=OuterRef("pk"), orders__number__isnull=False, orders__cancelled_at__isnull=True
    )
    return (
        rows.filter(counted, actuals__month__gte=add_months(first, -MONTHS))
        .annotate(
            recent_net=Coalesce(Sum("actuals__net_amount", filter=recent), ZERO, output_field=_AMOUNT),
            earlier_net=Coalesce(Sum("actuals__net_amount", filter=earlier), ZERO, output_field=_AMOUNT),
            recent_cost=Coalesce(Sum("actuals__cost_amount_company", filter=recent), ZERO, output_field=_AMOUNT),
        )
        .annotate(
            change_net=F("recent_net") - F("earlier_net"),
            margin=Case(
                When(currency=company_currency(), then=F("recent_net") - F("recent_cost")), output_field=_AMOUNT
            ),
            retention=Case(
                When(earlier_net__lte=0, then=Value(Retention.NEW.value)),
                When(recent_net__lte=0, then=Value(Retention.LOST.value)),
                default=Value(Retention.KEPT.value),
                output_field=CharField(),
            ),
            first_order=_order_day(days, "orders__ordered_on"),
            last_order=_order_day(days, "-orders__ordered_on"),
        )
    )


def _order_day(rows: "QuerySet[Distributor]", order: str) -> Subquery:
    return Subquery(rows.order_by(order).values("orders__ordered_on")[:1], output_field=DateField())


def with_manager_sales(rows: "QuerySet[User]", actor: Actor, *, today: date) -> "QuerySet[User]":
    """Managers with sales in the last twelve months or the twelve before, in the company's currency, as above."""
    first, currency = add_months(month_start(today), 1 - MONTHS), company_currency()
    sales = (
        SalesActual.objects.visible_to(actor)
        .ordered_sales()
        .filter(currency=currency, month__gte=add_months(first, -MONTHS), manager__isnull=False)
    )
    recent = Q(month__gte=first)
    found = (
        sales.order_by()
        .values_list("manager")
        .annotate(
            recent=Sum("net_amount", filter=recent),
            earlier=Sum("net_amount", filter=~recent),
            cost=Sum("cost_amount_company", filter=recent),
        )
    )
    sums = {pk: (recent or ZERO, earlier or ZERO, cost or ZERO) for pk, recent, earlier, cost in found}

    def amount(place: int) -> Case:
        known = [When(pk=pk, then=Value(figures[place])) for pk, figures in sums.items()]
        return Case(*known, default=Value(ZERO), output_field=_AMOUNT)

    return rows.filter(pk__in=list(sums)).annotate(
        recent_net=amount(0),
        earlier_net=amount(1),
        recent_cost=amount(2),
        change_net=ExpressionWrapper(amount(0) - amount(1), output_field=_AMOUNT),
        margin=ExpressionWrapper(amount(0) - amount(2), output_field=_AMOUNT),
        currency=Value(currency),
    )
