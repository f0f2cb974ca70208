"""How far a plan is from the level below it and from the level above it."""

from decimal import Decimal

from django.db.models import Sum

from planning.models import SalesPlanPeriod


def differences_to_child_plans(plan_id: int) -> dict[int, Decimal]:
    """Plan less the sum of its parts in force, by period id; empty when it has no parts. Two queries."""
    parts = dict(
        SalesPlanPeriod.objects.filter(plan__parent_id=plan_id, plan__is_current=True)
        .values_list("period_id")
        .annotate(total=Sum("amount"))
        .order_by()
    )
    if not parts:
        return {}
    own = dict(SalesPlanPeriod.objects.filter(plan_id=plan_id).values_list("period_id", "amount"))
    zero = Decimal(0)
    return {period: own.get(period, zero) - parts.get(period, zero) for period in sorted(own.keys() | parts.keys())}
