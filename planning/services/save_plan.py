"""Make or change a sales plan while it is a draft."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor, User
from catalogue.models import Category
from company.models import BusinessYear
from core import events
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput, NotVisible, Problem
from core.locks import lock_row
from core.money import round_money
from core.permissions import require
from core.state import check_version
from planning.enums import AGREED_STATUSES, PlanLevel, PlanningEvent, PlanStatus
from planning.models import SalesPlan
from planning.permissions import can_plan
from planning.selectors.owners import PlanOwner
from planning.selectors.seasons import sales_of_year_before
from planning.services.plan_cells import Cells, PlanCell, read_cells, seasonal_weights, spread, write_cells


def start_plan(
    *, owner: PlanOwner, year_id: int, amount: Decimal, currency: str, actor: Actor, with_mix: bool = True
) -> SalesPlan:
    """Make the first version of an owner's plan of a business year, spread over its periods as last year's sales were.

    `amount` is for the year, in `currency` (a distributor's plan is in its own); with `with_mix` the periods are spread
    over the categories that were sold. Where nothing was sold the year before, all periods are equal and have no mix.
    Raises NotVisible, NotAllowed, InvalidInput at `amount`, `currency` or `year`, Conflict where the owner has a plan
    already.
    """
    require(can_plan(actor, owner.level))
    with explained(), transaction.atomic():
        year = BusinessYear.objects.filter(pk=year_id).first()
        if year is None:
            raise InvalidInput(_("Unknown business year."), code="unknown", field="year")
        _check_owner(owner, actor, currency)
        _check_amount(amount, currency, field="amount")
        if SalesPlan.objects.filter(year=year, is_current=True, **owner.fields).exists():
            raise Conflict(_("A plan for this year already exists. Change it or create a new version."))
        plan = SalesPlan.objects.create(year=year, currency=currency, amount=amount, **owner.fields)
        history = sales_of_year_before(owner, year=year, currency=currency)
        weights = seasonal_weights(list(year.periods.order_by("number")), history, with_mix=with_mix)
        write_cells({plan.pk: spread(amount, weights=weights, keep={}, currency=currency)})
        plan.refresh_from_db()
        _record(plan, actor, amount)
    return plan


def spread_plan(
    *,
    plan_id: int,
    amount: Decimal,
    actor: Actor,
    expected_version: int | None,
    keep: Mapping[PlanCell, Decimal] | None = None,
) -> SalesPlan:
    """Give a draft another amount for the year: the cells in `keep` are set to what is given, the others take the rest.

    The others change in proportion to what they are now. Raises as `save_plan_cells`, and InvalidInput at `amount` when
    the kept cells leave less than nothing, or something and no cell to take it.
    """
    with explained(), transaction.atomic():
        plan = _lock_draft(plan_id, actor, expected_version)
        now = read_cells([plan.pk])[plan.pk]
        kept = dict(keep or {})
        _check_amount(amount, plan.currency, field="amount")
        _check_cells(plan, kept)
        rest = amount - sum(kept.values(), Decimal(0))
        if rest < 0 or (rest and not set(now) - set(kept)):
            raise InvalidInput(
                _("The locked cells do not leave %(rest)s for the others.") % {"rest": rest},
                code="no_room",
                field="amount",
            )
        return _write(plan, spread(amount, weights=now, keep=kept, currency=plan.currency), actor)


def save_plan_cells(
    *, plan_id: int, cells: Mapping[PlanCell, Decimal], actor: Actor, expected_version: int | None
) -> SalesPlan:
    """Set some cells of a draft; the periods and the year become the sums of the cells.

    A cell is (period, category), category None in a period without a product mix; amounts are in the plan's currency.
    Raises NotVisible, NotAllowed, StaleVersion, Conflict when the plan is not a draft or the plan above is agreed and
    would not add up, and InvalidInput at `cells.<period>.<category>`.
    """
    with explained(), transaction.atomic():
        plan = _lock_draft(plan_id, actor, expected_version)
        _check_cells(plan, cells)
        now = read_cells([plan.pk])[plan.pk]
        mixed = {period for period, category in cells if category is not None}
        kept = {cell: amount for cell, amount in now.items() if cell[1] is not None or cell[0] not in mixed}
        return _write(plan, {**kept, **cells}, actor)


def _lock_draft(plan_id: int, actor: Actor, expected_version: int | None) -> SalesPlan:
    plan: SalesPlan = lock_row(SalesPlan.objects.visible_to(actor), plan_id)
    require(can_plan(actor, plan.level))
    check_version(plan, expected_version)
    if plan.status != PlanStatus.DRAFT:
        raise Conflict(_("The plan is confirmed. Create a new version to change it."), code="wrong_state")
    return plan


def _write(plan: SalesPlan, cells: Cells, actor: Actor) -> SalesPlan:
    before = plan.amount
    above = SalesPlan.objects.filter(pk=plan.parent_id, status__in=AGREED_STATUSES).first() if plan.parent_id else None
    if above and _sums(cells) != _sums(read_cells([plan.pk])[plan.pk]):
        raise Conflict(
            _(
                "The parent plan is confirmed, and its parts must add up to it. Create a new version of the parent "
                "plan first."
            ),
            code="plan_above_agreed",
        )
    write_cells({plan.pk: cells})
    plan.refresh_from_db()
    _record(plan, actor, before)
    return plan


def _sums(cells: Cells) -> dict[int, Decimal]:
    sums: dict[int, Decimal] = {}
    for (period_id, _category), amount in cells.items():
        sums[period_id] = sums.get(period_id, Decimal(0)) + amount
    return sums


def _check_amount(amount: Decimal, currency: str, *, field: str) -> None:
    if amount < 0:
        raise InvalidInput(_("An amount cannot be below zero."), code="min_value", field=field)
    if amount != round_money(amount, currency=currency):
        raise InvalidInput(_("Too many decimals for this currency."), code="decimals", field=field)


def _check_cells(plan: SalesPlan, cells: Mapping[PlanCell, Decimal]) -> None:
    periods = set(plan.year.periods.values_list("pk", flat=True))
    asked = {category for _period, category in cells if category is not None}
    categories = set(Category.objects.filter(pk__in=asked).values_list("pk", flat=True))
    problems = []
    for (period, category), amount in cells.items():
        field = f"cells.{period}.{category or 0}"
        if period not in periods or (category is not None and category not in categories):
            problems.append(Problem(message=_("This cell is not part of the plan."), code="unknown", field=field))
        elif amount < 0:
            problems.append(Problem(message=_("An amount cannot be below zero."), code="min_value", field=field))
        elif amount != round_money(amount, currency=plan.currency):
            problems.append(Problem(message=_("Too many decimals for this currency."), code="decimals", field=field))
    if problems:
        raise InvalidInput(problems=problems)


def _check_owner(owner: PlanOwner, actor: Actor, currency: str) -> None:
    if owner.level == PlanLevel.DISTRIBUTOR:
        found = Distributor.objects.visible_to(actor).filter(pk=owner.distributor_id).first()
        if found is None:
            raise NotVisible
        if found.currency != currency:
            raise InvalidInput(
                _("This distributor buys in %(currency)s.") % {"currency": found.currency},
                code="currency",
                field="currency",
            )
    if owner.level == PlanLevel.MANAGER and not User.objects.visible_to(actor).filter(pk=owner.manager_id).exists():
        raise NotVisible


def _record(plan: SalesPlan, actor: Actor, before: Decimal) -> None:
    events.record_event(
        kind=PlanningEvent.PLAN_SAVED,
        subject_type="sales_plan",
        subject_id=plan.pk,
        distributor_id=plan.distributor_id,
        actor_id=actor.pk,
        data={"before": str(before), "after": str(plan.amount), "currency": plan.currency},
    )
