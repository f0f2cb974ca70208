"""The rows behind one step of a score, as they are today: business periods, orders due, order days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Sum
from django.utils import timezone

from company.models import BusinessPeriod
from evaluation.models import Evaluation
from evaluation.scoring.due_lines import LINES_OF_ORDERS
from evaluation.selectors.span import span_of
from orders.models import Order
from orders.ordering.enums import COUNTED_STATUSES
from planning.enums import PlanLevel, PlanStatus
from planning.models import SalesActual, SalesPlanPeriod

PLANS_IN_FORCE = frozenset({PlanStatus.AGREED, PlanStatus.LOCKED})
MOST_ORDERS = 500


def growth_of(net: Decimal | None, before: Decimal | None) -> Decimal | None:
    """The share by which sales grew; None where nothing was sold before."""
    return None if net is None or not before else net / before - 1


@dataclass(frozen=True, kw_only=True)
class PeriodRow:
    """Net sales of one period of the run, of the period compared with, and the plan; None where there is none."""

    period: BusinessPeriod
    net: Decimal | None
    before: Decimal | None
    plan: Decimal | None

    @property
    def growth(self) -> Decimal | None:
        return growth_of(self.net, self.before)


@dataclass(frozen=True, kw_only=True)
class DueOrderRow:
    """One order with lines due: how many of them came complete by the promised day."""

    number: str
    ordered_on: date
    promised_on: date
    arrived_at: Any
    lines: int
    on_time: int

    @property
    def pressing(self) -> bool:
        return self.on_time < self.lines


@dataclass(frozen=True, kw_only=True)
class OrderDayRow:
    """A day with orders and how many days after the one before it."""

    day: date
    orders: int
    gap: int | None


def period_rows(evaluation: Evaluation, *, currency: str) -> list[PeriodRow]:
    """One row per period of the run, in order of time. Three queries."""
    span = span_of(evaluation.run.starts_on, evaluation.run.ends_on)
    everything = [*span.periods, *span.before]
    sold: Mapping[int, Decimal] = dict(
        SalesActual.objects.ordered_sales()
        .filter(distributor_id=evaluation.distributor_id, currency=currency, period__in=everything)
        .values_list("period_id")
        .annotate(net=Sum("net_amount"))
        .order_by()
    )
    planned: Mapping[int, Decimal] = dict(
        SalesPlanPeriod.objects.filter(
            plan__level=PlanLevel.DISTRIBUTOR,
            plan__distributor_id=evaluation.distributor_id,
            plan__is_current=True,
            plan__status__in=PLANS_IN_FORCE,
            plan__currency=currency,
            period__in=span.periods,
        ).values_list("period_id", "amount")
    )
    before = span.before or (None,) * len(span.periods)
    return [
        PeriodRow(
            period=period,
            net=sold.get(period.pk),
            before=sold.get(earlier.pk) if earlier else None,
            plan=planned.get(period.pk),
        )
        for period, earlier in zip(span.periods, before, strict=True)
    ]


_DUE_ORDERS = f"""
WITH {LINES_OF_ORDERS}
SELECT orders.number, orders.ordered_on, orders.promised_on,
    COALESCE(orders.delivered_at, orders.received_at) AS arrived_at, delivered.lines, delivered.on_time
FROM delivered JOIN orders_order AS orders ON orders.id = delivered.id
ORDER BY delivered.on_time < delivered.lines DESC, orders.promised_on DESC, orders.id DESC
LIMIT %(most)s
"""  # noqa: S608 - constants of this app joined; values are bound


def due_order_rows(evaluation: Evaluation) -> list[DueOrderRow]:
    """The orders with lines due in the run, those with a broken promise first. One query."""
    run = evaluation.run
    computed_on = timezone.localdate(run.computed_at) if run.computed_at else run.ends_on
    with connection.cursor() as cursor:
        cursor.execute(
            _DUE_ORDERS,
            {
                "zone": settings.TIME_ZONE,
                "order_statuses": sorted(COUNTED_STATUSES),
                "starts_on": run.starts_on,
                "due_until": min(run.ends_on, computed_on),
                "distributor": evaluation.distributor_id,
                "most": MOST_ORDERS,
            },
        )
        names = [column.name for column in cursor.description]
        return [DueOrderRow(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def order_day_rows(evaluation: Evaluation) -> Sequence[OrderDayRow]:
    """The days with orders that count, in order of time. One query."""
    run = evaluation.run
    days = list(
        Order.objects.filter(
            distributor_id=evaluation.distributor_id,
            status__in=COUNTED_STATUSES,
            ordered_on__range=(run.starts_on, run.ends_on),
        )
        .values_list("ordered_on")
        .annotate(orders=Count("pk"))
        .order_by("ordered_on")
    )
    gaps = [None, *((later[0] - earlier[0]).days for earlier, later in pairwise(days))]
    return [OrderDayRow(day=day, orders=orders, gap=gap) for (day, orders), gap in zip(days, gaps, strict=False)]
