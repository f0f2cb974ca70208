"""Agree a plan, lock it, and open a new version of it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import events
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict
from core.locks import lock_row
from core.permissions import require
from core.state import check_version
from planning.enums import PlanningEvent
from planning.models import SalesPlan
from planning.permissions import PLAN_STATES, can_agree_plan, can_lock_plan, can_reopen_plan
from planning.selectors.differences import differences_to_child_plans
from planning.services.plan_cells import read_cells, write_cells


def agree_plan(*, plan_id: int, actor: Actor, expected_version: int | None) -> SalesPlan:
    """Both sides have confirmed: the figures are fixed. The parts of the plan, where there are any, must add up to it.

    Raises NotVisible, NotAllowed, StaleVersion, Conflict when it is not a draft or its parts do not add up
    (`parts_differ`).
    """
    with explained(), transaction.atomic():
        plan: SalesPlan = lock_row(SalesPlan.objects.visible_to(actor), plan_id)
        require(can_agree_plan(actor, plan))
        check_version(plan, expected_version)
        _require_child_plans_add_up(plan)
        return _advance(plan, "agree", PlanningEvent.PLAN_AGREED, actor)


def lock_plan(*, plan_id: int, actor: Actor, expected_version: int | None) -> SalesPlan:
    """Close an agreed plan for the year.

    Raises NotVisible, NotAllowed, StaleVersion, Conflict when it is not agreed.
    """
    with transaction.atomic():
        plan: SalesPlan = lock_row(SalesPlan.objects.visible_to(actor), plan_id)
        require(can_lock_plan(actor, plan))
        check_version(plan, expected_version)
        return _advance(plan, "lock", PlanningEvent.PLAN_LOCKED, actor)


def reopen_plan(*, plan_id: int, actor: Actor, expected_version: int | None, reason: str) -> SalesPlan:
    """Replace an agreed plan by a new version, a draft with the same figures; the old one stays readable.

    The parts move under the new version. Returns the new one. Raises NotVisible, NotAllowed, StaleVersion, and Conflict
    when the plan is a draft or not the version in force.
    """
    with explained(), transaction.atomic():
        old: SalesPlan = lock_row(SalesPlan.objects.visible_to(actor), plan_id)
        require(can_reopen_plan(actor, old))
        check_version(old, expected_version)
        if not old.is_current:
            raise Conflict(_("This version was already replaced."), code="wrong_state")
        PLAN_STATES.advance(old, "reopen")
        old.is_current = False
        old.save(update_fields=["status", "is_current"])
        new = _next_version(old)
        write_cells({new.pk: read_cells([old.pk])[old.pk]})
        SalesPlan.objects.filter(parent=old, is_current=True).update(parent=new)
        new.refresh_from_db()
        _record(
            new, PlanningEvent.PLAN_REOPENED, actor, {"reason": reason, "replaces": old.pk, "revision": new.revision}
        )
    return new


def _next_version(old: SalesPlan) -> SalesPlan:
    return SalesPlan.objects.create(
        level=old.level,
        year_id=old.year_id,
        territory_id=old.territory_id,
        manager_id=old.manager_id,
        distributor_id=old.distributor_id,
        parent_id=old.parent_id,
        revision=old.revision + 1,
        currency=old.currency,
        amount=old.amount,
    )


def _require_child_plans_add_up(plan: SalesPlan) -> None:
    if any(differences_to_child_plans(plan.pk).values()):
        raise Conflict(_("The parts of this plan do not add up to it yet."), code="parts_differ")


def _advance(plan: SalesPlan, action: str, kind: PlanningEvent, actor: Actor) -> SalesPlan:
    before, after = PLAN_STATES.advance(plan, action)
    SalesPlan.objects.filter(pk=plan.pk).update(status=after)
    plan.refresh_from_db()
    _record(plan, kind, actor, {"before": before, "after": after, "amount": str(plan.amount)})
    return plan


def _record(plan: SalesPlan, kind: PlanningEvent, actor: Actor, data: dict[str, object]) -> None:
    events.record_event(
        kind=kind,
        subject_type="sales_plan",
        subject_id=plan.pk,
        distributor_id=plan.distributor_id,
        actor_id=actor.pk,
        data=data,
    )
