"""Split a plan down to the territories and the distributors below it, exact to the last digit."""

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from accounts.enums import ORDERING_STATUSES
from accounts.models import Distributor, Territory
from core import events
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict
from core.locks import lock_row
from core.money import currency_digits, split_amount
from core.permissions import require
from core.state import check_version
from planning.enums import PlanLevel, PlanningEvent, PlanStatus
from planning.models import SalesActual, SalesPlan
from planning.permissions import can_split_plan
from planning.selectors.owners import PlanOwner
from planning.selectors.seasons import year_before
from planning.services.plan_cells import Cells, read_cells, write_cells

Share = tuple[PlanOwner, Decimal]


def split_plan(*, plan_id: int, actor: Actor, expected_version: int | None, deep: bool = True) -> SalesPlan:
    """Give every part below a plan its share, in proportion to last year's net sales, by largest remainder.

    The company is split among the topmost territories (and the distributors of none), a territory among the territories
    and distributors directly below it; with `deep` down to the distributors. Each cell (period and category) is split
    by itself, so that every level adds up in every period and category. Only distributors that may order and buy in the
    plan's currency take part; where nobody sold anything all parts are equal. Parts that are drafts are written over.

    The plan itself stays as it is, and so does its version.

    Before: it is a draft. Raises NotVisible, NotAllowed, StaleVersion, and Conflict when it is not, when there is
    nobody to split among (`no_child_plans`), or when a part is agreed already (`child_plan_agreed`).
    """
    with explained(), transaction.atomic():
        plan: SalesPlan = lock_row(SalesPlan.objects.visible_to(actor), plan_id)
        if plan.status != PlanStatus.DRAFT:
            raise Conflict(_("The plan is confirmed. Create a new version to allocate it again."), code="wrong_state")
        require(can_split_plan(actor, plan))
        check_version(plan, expected_version)
        tree = _Tree(plan)
        made = _split(plan, tree, deep=deep)
        if not made:
            raise Conflict(_("No one below this plan orders in its currency."), code="no_child_plans")
        events.record_event(
            kind=PlanningEvent.PLAN_SPLIT,
            subject_type="sales_plan",
            subject_id=plan.pk,
            distributor_id=plan.distributor_id,
            actor_id=actor.pk,
            data={"amount": str(plan.amount), "plans": made},
        )
    return plan


def _split(plan: SalesPlan, tree: "_Tree", *, deep: bool) -> int:
    """Split one plan and, when `deep`, its territories; returns how many parts were written."""
    shares = tree.shares_below(plan.territory_id)
    if not shares:
        return 0
    cells = read_cells([plan.pk])[plan.pk]
    child_plans = _child_plans(plan, [owner for owner, _sold in shares])
    write_cells(
        dict(
            zip([child_plan.pk for child_plan in child_plans], _split_cells(cells, shares, plan.currency), strict=True)
        )
    )
    made = len(child_plans)
    if deep:
        made += sum(
            _split(child_plan, tree, deep=True) for child_plan in child_plans if child_plan.level == PlanLevel.TERRITORY
        )
    return made


def _split_cells(cells: Cells, shares: Sequence[Share], currency: str) -> list[Cells]:
    weights = [sold for _owner, sold in shares]
    divided: list[Cells] = [{} for _share in shares]
    for cell, amount in cells.items():
        amounts = split_amount(amount, weights, digits=currency_digits(currency))
        for child_plan, child_amount in zip(divided, amounts, strict=True):
            child_plan[cell] = child_amount
    return divided


def _child_plans(plan: SalesPlan, owners: Sequence[PlanOwner]) -> list[SalesPlan]:
    """The draft plans of the owners for the year, under `plan`; created where missing, in the order of the owners."""
    current = SalesPlan.objects.select_for_update().filter(year_id=plan.year_id, is_current=True).order_by("pk")
    wanted = set(owners)
    found: dict[PlanOwner, SalesPlan] = {}
    for child_plan in current.exclude(pk=plan.pk).filter(level__in={owner.level for owner in owners}):
        owner = PlanOwner.of(child_plan)
        if owner in wanted:
            found[owner] = child_plan
        elif child_plan.parent_id == plan.pk and child_plan.status == PlanStatus.DRAFT:
            SalesPlan.objects.filter(pk=child_plan.pk).update(parent=None)
    agreed = next((child_plan for child_plan in found.values() if child_plan.status != PlanStatus.DRAFT), None)
    if agreed is not None:
        raise Conflict(
            _("The plan of %(owner)s is already confirmed. Create a new version of it first.") % {"owner": agreed},
            code="child_plan_agreed",
        )
    missing = [
        SalesPlan(year_id=plan.year_id, parent=plan, currency=plan.currency, amount=Decimal(0), **owner.fields)
        for owner in owners
        if owner not in found
    ]
    for child_plan in SalesPlan.objects.bulk_create(missing):
        found[PlanOwner.of(child_plan)] = child_plan
    SalesPlan.objects.filter(pk__in=[child_plan.pk for child_plan in found.values()]).update(
        parent=plan, currency=plan.currency
    )
    return [found[owner] for owner in owners]


class _Tree:
    """Territories, the distributors in them, and what each sold the year before. Three queries."""

    def __init__(self, plan: SalesPlan) -> None:
        before = year_before(plan.year)
        sold: dict[int, Decimal] = (
            {}
            if before is None
            else dict(
                SalesActual.objects.ordered_sales()
                .filter(period__year=before, currency=plan.currency)
                .values_list("distributor_id")
                .annotate(net=Sum("net_amount"))
                .order_by()
            )
        )
        self.children: dict[int | None, list[int]] = {}
        for pk, parent in Territory.objects.without_tree_fields().order_by("code").values_list("pk", "parent_id"):
            self.children.setdefault(parent, []).append(pk)
        self.members: dict[int | None, list[tuple[int, Decimal]]] = {}
        distributors = Distributor.objects.without_tree_fields().filter(
            status__in=ORDERING_STATUSES, currency=plan.currency
        )
        for pk, territory in distributors.order_by("code").values_list("pk", "territory_id"):
            self.members.setdefault(territory, []).append((pk, max(sold.get(pk, Decimal(0)), Decimal(0))))

    def shares_below(self, territory_id: int | None) -> list[Share]:
        """Who shares what a territory (None: the company) is to sell, with last year's sales."""
        areas = [
            (PlanOwner(level=PlanLevel.TERRITORY, territory_id=child), sold)
            for child in self.children.get(territory_id, [])
            if (sold := self._sold_in(child)) is not None
        ]
        members = [
            (PlanOwner(level=PlanLevel.DISTRIBUTOR, distributor_id=pk), sold)
            for pk, sold in self.members.get(territory_id, [])
        ]
        return [*areas, *members]

    def _sold_in(self, territory_id: int) -> Decimal | None:
        """Last year's sales of all distributors in a territory and below; None when there is no distributor."""
        own = [sold for _pk, sold in self.members.get(territory_id, [])]
        below = [sold for child in self.children.get(territory_id, []) if (sold := self._sold_in(child)) is not None]
        return sum([*own, *below], Decimal(0)) if own or below else None
