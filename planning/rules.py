"""Who may do what with plans and prices. Whether they see it at all is `visible_to`'s business."""

from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from accounts.enums import BRAND_ROLES, Role
from accounts.rules import is_lead
from core.actors import Actor
from core.state import StateTable, Transition
from planning.enums import PlanLevel, PlanningEvent, PlanStatus

_MANAGED = frozenset({PlanLevel.DISTRIBUTOR, PlanLevel.MANAGER})


class Plan(Protocol):
    """A sales plan, as far as a rule needs to know it."""

    level: Any
    status: Any
    distributor_id: Any


def can_plan(user: Actor, level: str) -> bool:
    """Make and change plans: leads every level, a manager those of his people and distributors."""
    return is_lead(user) or (user.is_active and user.role == Role.MANAGER and level in _MANAGED)


def can_start_plans(user: Actor) -> bool:
    """Make a plan of some level."""
    return can_plan(user, PlanLevel.DISTRIBUTOR)


def can_edit_plan(user: Actor, plan: Plan) -> bool:
    return plan.status == PlanStatus.DRAFT and can_plan(user, plan.level)


def can_agree_plan(user: Actor, plan: Plan) -> bool:
    """Whoever plans, and the owner of the distributor whose plan it is."""
    own = user.is_active and user.role == Role.OWNER and plan.distributor_id == user.distributor_id
    return can_plan(user, plan.level) or (plan.distributor_id is not None and own)


def can_lock_plan(user: Actor, plan: object = None) -> bool:  # noqa: ARG001 - the same for every plan
    return is_lead(user)


def can_reopen_plan(user: Actor, plan: Plan) -> bool:
    return can_plan(user, plan.level) and (plan.status == PlanStatus.AGREED or is_lead(user))


def can_split_plan(user: Actor, plan: Plan) -> bool:
    return is_lead(user) and plan.level in {PlanLevel.COMPANY, PlanLevel.TERRITORY} and plan.status == PlanStatus.DRAFT


def can_see_quotas(user: Actor) -> bool:
    """The brand's people; rows are scoped to whom they supervise."""
    return user.is_active and user.role in BRAND_ROLES


PLAN_STATES = StateTable(
    field="status",
    states=PlanStatus,
    transitions=[
        Transition(
            action="agree",
            event=PlanningEvent.PLAN_AGREED,
            sources=frozenset({PlanStatus.DRAFT}),
            target=PlanStatus.AGREED,
            label=_("Agree the plan"),
            permission=can_agree_plan,
        ),
        Transition(
            action="lock",
            event=PlanningEvent.PLAN_LOCKED,
            sources=frozenset({PlanStatus.AGREED}),
            target=PlanStatus.LOCKED,
            label=_("Lock the plan"),
            permission=can_lock_plan,
        ),
        Transition(
            action="reopen",
            event=PlanningEvent.PLAN_REOPENED,
            sources=frozenset({PlanStatus.AGREED, PlanStatus.LOCKED}),
            target=PlanStatus.REPLACED,
            label=_("Open a new version"),
            permission=can_reopen_plan,
            dangerous=True,
        ),
    ],
)
