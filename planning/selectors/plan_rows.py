"""The cells of plans as rows of a file: what was agreed for each period, and for each category where there is a mix."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalogue.models import Category
from company.models import BusinessPeriod
from planning.models import SalesPlan, SalesPlanMix, SalesPlanPeriod
from planning.selectors.names import owner_name


@dataclass(frozen=True, kw_only=True)
class PlanCellRow:
    """`category` is None in a period without a product mix."""

    plan: SalesPlan
    owner_name: str
    period: BusinessPeriod
    category: Category | None
    amount: Decimal


def read_plan_cells(plan_ids: Sequence[int]) -> list[PlanCellRow]:
    """The cells of those of the plans that are in force, plan by plan in the order of `plan_ids`. Three queries."""
    joined = ("distributor", "territory", "manager", "year")
    plans = SalesPlan.objects.current().select_related(*joined).in_bulk(list(plan_ids))
    periods = SalesPlanPeriod.objects.filter(plan_id__in=plans).select_related("period").order_by("period__number")
    mixes = SalesPlanMix.objects.filter(plan_period__plan_id__in=plans).select_related("category")
    shares: dict[int, list[SalesPlanMix]] = {}
    for mix in mixes.order_by("category__code"):
        shares.setdefault(mix.plan_period_id, []).append(mix)
    rows: dict[int, list[PlanCellRow]] = {}
    for one in periods:
        plan = plans[one.plan_id]
        whole: list[tuple[Category | None, Decimal]] = [(None, one.amount)]
        parts = [(mix.category, mix.amount) for mix in shares.get(one.pk, ())] or whole
        rows.setdefault(plan.pk, []).extend(
            PlanCellRow(plan=plan, owner_name=owner_name(plan), period=one.period, category=category, amount=amount)
            for category, amount in parts
        )
    return [row for pk in plan_ids for row in rows.get(pk, ())]
