"""Distributors with what their attainment is sorted by, in the database: the same figures as `read_progress_rows` shows.

One statement: the sales of two years are joined once and added up for all, plan and landing are looked up by their keys.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    DecimalField,
    Expression,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, NullIf

from accounts.models import Distributor
from company.models import BusinessYear
from planning.enums import PlanLevel, SalesBasis
from planning.models import Landing, LandingForecast, SalesPlanPeriod
from planning.selectors.progress import spans_of

ATTAINMENT_SORTS = {
    "actual": "sold_net",
    "plan": "plan_amount",
    "attainment_to_date": "attainment_share",
    "difference": "gap_to_date",
    "growth": "growth_share",
    "landing": "landing_amount",
    "required_pace": "still_to_sell",
}
"""Column of the list, and the figure that it is sorted by. Whoever has no figure comes last when rising."""
ZERO = Value(Decimal(0))
_AMOUNT: DecimalField[Any, Any] = DecimalField(max_digits=24, decimal_places=8)


def with_attainment(
    rows: "QuerySet[Distributor]", *, year: BusinessYear, today: date, growth: bool
) -> "QuerySet[Distributor]":
    """Annotate the figures of `ATTAINMENT_SORTS`, each in the distributor's currency. Four queries before its own.

    Last year's sales are read where `growth` is asked for: they are half of all.
    """
    spans = spans_of(year, today)
    names = ("periods", "is_before", "over", "weight")
    periods = [dict(zip(names, row, strict=True)) for row in zip(*(spans[name] for name in names), strict=True)]
    now = {one["periods"]: one["over"] for one in periods if not one["is_before"]}
    before = {one["periods"]: one["weight"] * one["over"] for one in periods if one["is_before"]}
    sold = FilteredRelation(
        "actuals",
        condition=Q(
            actuals__basis=SalesBasis.ORDERED,
            actuals__period__in=[*now, *(before if growth else ())],
            actuals__currency=F("currency"),
        ),
    )
    return (
        rows.annotate(of_two_years=sold)
        .annotate(
            sold_net=_sum("of_two_years__net_amount", "of_two_years__period", dict.fromkeys(now, Decimal(1))),
            last_to_date=_sum("of_two_years__net_amount", "of_two_years__period", before if growth else {}),
            plan_amount=_planned(year, dict.fromkeys(now, Decimal(1))),
            plan_to_date=_planned(year, now),
            expected_total=_expected(year, today),
        )
        .annotate(
            gap_to_date=_amount(F("sold_net") - F("plan_to_date")),
            attainment_share=_amount(F("sold_net") / NullIf(F("plan_to_date"), ZERO)),
            growth_share=_amount(F("sold_net") / NullIf(F("last_to_date"), ZERO)) if growth else Value(None, _AMOUNT),
            landing_amount=F("sold_net")
            if today >= year.ends_on
            else Case(When(expected_total__isnull=False, then=Greatest("sold_net", "expected_total"))),
            still_to_sell=_amount(F("plan_amount") - F("sold_net")),
        )
    )


def _amount(expression: Any) -> Expression:
    return ExpressionWrapper(expression, output_field=_AMOUNT)


def _weighted(amount: str, period: str, weights: "dict[int, Decimal]") -> Expression:
    cases: Iterable[When] = (
        When(**{period: pk, "then": _amount(F(amount) * Value(weight))}) for pk, weight in weights.items() if weight
    )
    return Case(*cases, default=ZERO, output_field=_AMOUNT)


def _sum(amount: str, period: str, weights: "dict[int, Decimal]") -> Expression:
    return Coalesce(Sum(_weighted(amount, period, weights)), ZERO, output_field=_AMOUNT)


def _planned(year: BusinessYear, weights: "dict[int, Decimal]") -> Subquery:
    """Of the plan in force, where it is in the distributor's currency; None without one."""
    parts = SalesPlanPeriod.objects.filter(
        plan__level=PlanLevel.DISTRIBUTOR,
        plan__distributor=OuterRef("pk"),
        plan__year=year,
        plan__is_current=True,
        plan__currency=OuterRef("currency"),
    )
    summed = parts.order_by().values("plan").annotate(amount_of_plan=Sum(_weighted("amount", "period", weights)))
    return Subquery(summed.values("amount_of_plan")[:1], output_field=_AMOUNT)


def _expected(year: BusinessYear, today: date) -> Subquery:
    newest = LandingForecast.objects.newest(year, today).values("pk")
    landings = Landing.objects.filter(
        forecast__in=list(newest.values_list("pk", flat=True)),
        forecast__currency=OuterRef("currency"),
        distributor=OuterRef("pk"),
    )
    total = landings.annotate(total=_amount(F("sold_amount") + F("expected_amount")))
    return Subquery(total.values("total")[:1], output_field=_AMOUNT)
