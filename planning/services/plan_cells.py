"""The cells of a plan (period by category): read, spread, written. Sums are always computed from the cells."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from company.models import BusinessPeriod
from core.money import currency_digits, split_amount
from planning.models import SalesPlan, SalesPlanMix, SalesPlanPeriod

PlanCell = tuple[int, int | None]
"""Id of the period, id of the category (None in a period without a product mix)."""
Cells = dict[PlanCell, Decimal]


def read_cells(plan_ids: Sequence[int]) -> dict[int, Cells]:
    """The cells of several plans. Two queries."""
    periods = SalesPlanPeriod.objects.filter(plan_id__in=plan_ids).order_by("period__number")
    mixes = SalesPlanMix.objects.filter(plan_period__plan_id__in=plan_ids).order_by("category_id")
    shares: dict[int, list[tuple[int, Decimal]]] = {}
    for part_id, category_id, amount in mixes.values_list("plan_period_id", "category_id", "amount"):
        shares.setdefault(part_id, []).append((category_id, amount))
    found: dict[int, Cells] = {plan_id: {} for plan_id in plan_ids}
    for part in periods:
        if part.pk in shares:
            found[part.plan_id].update({(part.period_id, category): amount for category, amount in shares[part.pk]})
        else:
            found[part.plan_id][part.period_id, None] = part.amount
    return found


def write_cells(cells_by_plan: Mapping[int, Cells]) -> None:
    """Replace the periods and the mix of locked plans and set their amounts. A fixed number of statements."""
    SalesPlanPeriod.objects.filter(plan_id__in=cells_by_plan.keys()).delete()
    rows: dict[tuple[int, int], SalesPlanPeriod] = {}
    for plan_id, cells in cells_by_plan.items():
        for (period_id, _category), amount in cells.items():
            row = rows.setdefault(
                (plan_id, period_id), SalesPlanPeriod(plan_id=plan_id, period_id=period_id, amount=Decimal(0))
            )
            row.amount += amount
    SalesPlanPeriod.objects.bulk_create(rows.values())
    SalesPlanMix.objects.bulk_create(
        SalesPlanMix(plan_period=rows[plan_id, period_id], category_id=category_id, amount=amount)
        for plan_id, cells in cells_by_plan.items()
        for (period_id, category_id), amount in cells.items()
        if category_id is not None
    )
    plans = [SalesPlan(pk=plan_id, amount=sum(cells.values(), Decimal(0))) for plan_id, cells in cells_by_plan.items()]
    SalesPlan.objects.bulk_update(plans, ["amount"])


def spread(
    amount: Decimal, *, weights: Mapping[PlanCell, Decimal], keep: Mapping[PlanCell, Decimal], currency: str
) -> Cells:
    """Spread an amount over cells in proportion to their weights, exactly; cells in `keep` stay as they are.

    Before: `keep` adds up to no more than `amount`, and a cell is left that is not kept unless it adds up exactly.
    """
    rest = amount - sum(keep.values(), Decimal(0))
    free = [cell for cell in weights if cell not in keep]
    cells = {cell: keep.get(cell, Decimal(0)) for cell in [*weights, *keep]}
    if free:
        parts = split_amount(rest, [weights[cell] for cell in free], digits=currency_digits(currency))
        cells.update(zip(free, parts, strict=True))
    return cells


def seasonal_weights(
    periods: Sequence[BusinessPeriod], history: Mapping[tuple[int, int], Decimal], *, with_mix: bool
) -> Cells:
    """Weights of the cells of a year from the sales of another one, by period number and category.

    Without history every period weighs the same and there is no mix. With a mix, the categories of a period weigh what
    they sold in it; a period in which nothing was sold has the mix of the year at no weight.
    """
    sold: dict[int, Decimal] = {}
    for (number, _category), amount in history.items():
        sold[number] = sold.get(number, Decimal(0)) + amount
    if not with_mix or not any(sold.values()):
        return {(period.pk, None): sold.get(period.number, Decimal(0)) for period in periods}
    categories = sorted({category for _number, category in history})
    return {
        (period.pk, category): history.get((period.number, category), Decimal(0))
        for period in periods
        for category in categories
    }
