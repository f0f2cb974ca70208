"""The plan as a sheet: periods across, categories down, last year and forecast under each cell, differences beside."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import pgettext

from catalogue.models import Category
from company.models import BusinessPeriod
from core.money import round_money
from core.periods import month_end, month_start
from planning.models import SalesPlan, SalesPlanMix, SalesPlanPeriod
from planning.selectors.differences import differences_to_child_plans
from planning.selectors.landing import ZERO, elapsed_share
from planning.selectors.owners import PlanOwner
from planning.selectors.seasons import Cell, sales_by_cell, sales_of_year_before

Sums = Mapping[int | None, Decimal]


@dataclass(frozen=True, kw_only=True)
class GridCell:
    """One cell; `last_year` and `forecast` are None where nothing is known. `name` is its field in a form."""

    period_id: int
    category_id: int | None
    amount: Decimal
    last_year: Decimal | None
    forecast: Decimal | None

    @property
    def name(self) -> str:
        return f"cell-{self.period_id}-{self.category_id or 0}"


@dataclass(frozen=True, kw_only=True)
class GridRow:
    """One category of the mix, or the whole; None for a period that has no such cell."""

    label: str
    cells: Sequence[GridCell | None]

    @property
    def total(self) -> Decimal:
        return sum((cell.amount for cell in self.cells if cell), ZERO)

    @property
    def last_year(self) -> Decimal:
        return sum((cell.last_year or ZERO for cell in self.cells if cell), ZERO)


@dataclass(frozen=True, kw_only=True)
class GridHead:
    """One period with its sums: the plan, last year, and what is missing to the level above and to the parts below."""

    period: BusinessPeriod
    label: str
    amount: Decimal
    last_year: Decimal
    above: Decimal | None
    below: Decimal | None


@dataclass(frozen=True, kw_only=True)
class PlanGrid:
    plan: SalesPlan
    heads: Sequence[GridHead]
    rows: Sequence[GridRow]

    @property
    def differs_above(self) -> bool:
        return any(head.above for head in self.heads)

    @property
    def has_above(self) -> bool:
        return any(head.above is not None for head in self.heads)

    @property
    def has_below(self) -> bool:
        return any(head.below is not None for head in self.heads)

    @property
    def last_year(self) -> Decimal:
        return sum((head.last_year for head in self.heads), ZERO)


@dataclass(frozen=True, kw_only=True)
class _History:
    """Sales of this year and of the one before, by cell, and the growth between them to date."""

    this: Mapping[Cell, Decimal]
    last: Mapping[Cell, Decimal]
    growth: Decimal | None
    today: date
    currency: str

    def last_year(self, period: BusinessPeriod, category: int | None) -> Decimal | None:
        return _of(self.last, period.number, category) if self.last else None

    def forecast(self, period: BusinessPeriod, category: int | None) -> Decimal | None:
        """What was sold, once a period is over; before that last year's cell times the growth to date."""
        if period.ends_on <= self.today:
            return _of(self.this, period.number, category)
        if self.growth is None:
            return None
        return round_money(_of(self.last, period.number, category) * self.growth, currency=self.currency)


def read_grid(plan: SalesPlan, *, today: date) -> PlanGrid:
    """The sheet of one plan. At most ten queries, whatever its size."""
    periods = list(plan.year.periods.order_by("number"))
    parts = {part.period_id: part for part in SalesPlanPeriod.objects.filter(plan=plan)}
    mix: dict[int, dict[int | None, Decimal]] = {}
    for share in SalesPlanMix.objects.filter(plan_period__plan=plan).select_related("plan_period"):
        mix.setdefault(share.plan_period.period_id, {})[share.category_id] = share.amount
    cells = {
        period.pk: mix.get(period.pk) or {None: parts[period.pk].amount if period.pk in parts else ZERO}
        for period in periods
    }
    history = _history(
        plan, periods, today, planned={category for row in cells.values() for category in row if category}
    )
    above = differences_to_child_plans(plan.parent_id) if plan.parent_id else {}
    below = differences_to_child_plans(plan.pk)
    heads = [
        GridHead(
            period=period,
            label=period_label(period),
            amount=sum(cells[period.pk].values(), ZERO),
            last_year=history.last_year(period, None) or ZERO,
            above=above.get(period.pk),
            below=below.get(period.pk),
        )
        for period in periods
    ]
    return PlanGrid(plan=plan, heads=heads, rows=_rows(periods, cells, history))


def period_label(period: BusinessPeriod) -> str:
    """The month where the period is one, else its number."""
    if period.starts_on == month_start(period.starts_on) and period.ends_on == month_end(period.starts_on):
        return date_format(period.starts_on, pgettext("format of a month", "M"))
    return str(period)


def _rows(periods: Sequence[BusinessPeriod], cells: Mapping[int, Sums], history: _History) -> list[GridRow]:
    categories: set[int | None] = {category for sums in cells.values() for category in sums}
    named = Category.objects.without_tree_fields().in_bulk([pk for pk in categories if pk])
    ordered = sorted((pk for pk in categories if pk), key=lambda pk: named[pk].code)
    columns: list[int | None] = [*ordered, *([None] if None in categories else [])]
    return [
        GridRow(
            label=named[category].display_name if category else "",
            cells=[
                _cell(period, category, cells[period.pk].get(category, ZERO), history)
                if (category is None) == (None in cells[period.pk])
                else None
                for period in periods
            ],
        )
        for category in columns
    ]


def _cell(period: BusinessPeriod, category: int | None, amount: Decimal, history: _History) -> GridCell:
    return GridCell(
        period_id=period.pk,
        category_id=category,
        amount=amount,
        last_year=history.last_year(period, category),
        forecast=history.forecast(period, category),
    )


def _history(plan: SalesPlan, periods: Sequence[BusinessPeriod], today: date, *, planned: Collection[int]) -> _History:
    owner = PlanOwner.of(plan)
    parents = dict(Category.objects.without_tree_fields().values_list("pk", "parent_id")) if planned else {}
    this = gather(sales_by_cell(owner, year=plan.year, currency=plan.currency), planned, parents)
    last = gather(sales_of_year_before(owner, year=plan.year, currency=plan.currency), planned, parents)
    over = {period.number: elapsed_share(period.starts_on, period.ends_on, today) for period in periods}
    before = sum((amount * over.get(number, ZERO) for (number, _category), amount in last.items()), ZERO)
    growth = sum(this.values(), ZERO) / before if before else None
    return _History(this=this, last=last, growth=growth, today=today, currency=plan.currency)


def gather(
    cells: Mapping[Cell, Decimal], planned: Collection[int], parents: Mapping[int, int | None]
) -> dict[Cell, Decimal]:
    """Count what was sold at the nearest planned category above it, once; what is under none stays where it is."""
    gathered: dict[Cell, Decimal] = {}
    for (number, category), amount in cells.items():
        above: int | None = category
        while above is not None and above not in planned:
            above = parents.get(above)
        cell = (number, category if above is None else above)
        gathered[cell] = gathered.get(cell, ZERO) + amount
    return gathered


def _of(cells: Mapping[Cell, Decimal], number: int, category: int | None) -> Decimal:
    """One cell, or with no category the sum of the period."""
    if category is not None:
        return cells.get((number, category), ZERO)
    return sum((amount for (period, _category), amount in cells.items() if period == number), ZERO)
