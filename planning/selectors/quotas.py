"""Quota attainment: the plan of each manager in each period beside what was sold under their name. One query."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import DecimalField, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from core.actors import Actor
from core.money import STORED_DIGITS
from planning.enums import PlanLevel
from planning.models import SalesActual, SalesPlan, SalesPlanPeriod


@dataclass(frozen=True, kw_only=True)
class Quota:
    """A manager's plan of one period and what was sold in it, net, in the plan's currency."""

    period_id: int
    period: str
    starts_on: date
    ends_on: date
    manager_id: int
    manager: str
    external_code: str
    currency: str
    plan: Decimal
    actual: Decimal

    @property
    def attainment(self) -> Decimal | None:
        return self.actual / self.plan if self.plan else None


def read_quotas(actor: Actor, *, year_id: int | None = None) -> list[Quota]:
    """Every manager's periods that `actor` may see, by period, then manager."""
    sold = (
        SalesActual.objects.ordered_sales()
        .filter(
            manager_id=OuterRef("plan__manager_id"),
            period_id=OuterRef("period_id"),
            currency=OuterRef("plan__currency"),
        )
        .order_by()
        .values("manager_id")
        .annotate(net=Sum("net_amount"))
        .values("net")
    )
    plans = SalesPlan.objects.visible_to(actor).current().filter(level=PlanLevel.MANAGER)
    if year_id is not None:
        plans = plans.filter(year_id=year_id)
    amount = DecimalField(max_digits=19, decimal_places=STORED_DIGITS)
    rows = (
        SalesPlanPeriod.objects.filter(plan__in=plans.values("pk"))
        .select_related("plan__manager", "period__year")
        .annotate(sold=Coalesce(Subquery(sold), Decimal(0), output_field=amount))
        .order_by("period__starts_on", "plan__manager__external_code", "plan__manager_id")
    )
    return [_quota(row) for row in rows]


def _quota(row: SalesPlanPeriod) -> Quota:
    manager = row.plan.manager
    sold: Decimal = getattr(row, "sold")  # noqa: B009 - an annotation, which the type checker does not know
    return Quota(
        period_id=row.period_id,
        period=str(row.period),
        starts_on=row.period.starts_on,
        ends_on=row.period.ends_on,
        manager_id=row.plan.manager_id or 0,
        manager=str(manager or ""),
        external_code=(manager.external_code or "") if manager else "",
        currency=row.plan.currency,
        plan=row.amount,
        actual=sold,
    )
