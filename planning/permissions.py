"""Who may do what with plans. Whether they see it at all is `visible_to`'s business."""

from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from accounts.enums import BRAND_ROLES, Role
from accounts.permissions import is_brand
from core.actors import Actor
from core.permissions import declare
from core.state import StateTable, Transition
from planning.enums import PlanLevel, PlanningEvent, PlanStatus

PLAN_CHANNEL = declare(
    "planning.plan_channel", _("Plan every level, lock and allocate plans"), roles=[Role.ADMINISTRATOR, Role.DIRECTOR]
)
PLAN_DISTRIBUTORS = declare(
    "planning.plan_distributors", _("Plan one's distributors and reports"), roles=[Role.MANAGER]
)
AGREE_OWN_PLAN = declare("planning.agree_own_plan", _("Confirm one's own company's plan"), roles=[Role.OWNER])
SEE_QUOTAS = declare("planning.see_quotas", _("View people's quotas"), roles=BRAND_ROLES)
_SELLERS = [Role.ADMINISTRATOR, Role.DIRECTOR, Role.MANAGER, Role.FINANCE]
SEE_SALES = declare("planning.see_sales", _("See sales by distributor and manager"), roles=_SELLERS)
SEE_MARGIN = declare("planning.see_margin", _("See cost and margin"), roles=_SELLERS)

_MANAGED = frozenset({PlanLevel.DISTRIBUTOR, PlanLevel.MANAGER})


class Plan(Protocol):
    """A sales plan, as far as a permission needs to know it."""

    level: Any
    status: Any
    distributor_id: Any


def can_plan(actor: Actor, level: str) -> bool:
    """Make and change plans: leads every level, a manager those of their people and distributors."""
    return PLAN_CHANNEL.granted_to(actor) or (level in _MANAGED and PLAN_DISTRIBUTORS.granted_to(actor))


def can_start_plans(actor: Actor) -> bool:
    """Make a plan of some level."""
    return can_plan(actor, PlanLevel.DISTRIBUTOR)


def can_edit_plan(actor: Actor, plan: Plan) -> bool:
    return plan.status == PlanStatus.DRAFT and can_plan(actor, plan.level)


def can_agree_plan(actor: Actor, plan: Plan) -> bool:
    """Whoever plans, and the owner of the distributor whose plan it is."""
    own = plan.distributor_id is not None and plan.distributor_id == actor.distributor_id
    return can_plan(actor, plan.level) or (own and AGREE_OWN_PLAN.granted_to(actor))


def can_lock_plan(actor: Actor, _plan: object = None) -> bool:
    return PLAN_CHANNEL.granted_to(actor)


def can_reopen_plan(actor: Actor, plan: Plan) -> bool:
    return can_plan(actor, plan.level) and (plan.status == PlanStatus.AGREED or PLAN_CHANNEL.granted_to(actor))


def can_split_plan(actor: Actor, plan: Plan) -> bool:
    splits = plan.level in {PlanLevel.COMPANY, PlanLevel.TERRITORY} and plan.status == PlanStatus.DRAFT
    return splits and PLAN_CHANNEL.granted_to(actor)


def can_see_quotas(actor: Actor) -> bool:
    """The brand's people; rows are scoped to whom they supervise."""
    return SEE_QUOTAS.granted_to(actor)


PLAN_STATES = StateTable(
    field="status",
    states=PlanStatus,
    transitions=[
        Transition(
            action="agree",
            event=PlanningEvent.PLAN_AGREED,
            sources=frozenset({PlanStatus.DRAFT}),
            target=PlanStatus.AGREED,
            label=_("Confirm plan"),
            permission=can_agree_plan,
        ),
        Transition(
            action="lock",
            event=PlanningEvent.PLAN_LOCKED,
            sources=frozenset({PlanStatus.AGREED}),
            target=PlanStatus.LOCKED,
            label=_("Lock plan"),
            permission=can_lock_plan,
        ),
        Transition(
            action="reopen",
            event=PlanningEvent.PLAN_REOPENED,
            sources=frozenset({PlanStatus.AGREED, PlanStatus.LOCKED}),
            target=PlanStatus.REPLACED,
            label=_("Create new version"),
            permission=can_reopen_plan,
            dangerous=True,
        ),
    ],
)


def is_about_plans(actor: Actor) -> bool:
    """Whose work plans are: not of those who move goods, so that their menu has no entry for it."""
    return actor.is_active and bool(actor.role) and actor.role not in {Role.WAREHOUSE, Role.KEEPER}


def can_see_sales(actor: Actor) -> bool:
    return SEE_SALES.granted_to(actor)


def can_see_margin(actor: Actor) -> bool:
    """Never a distributor: it would see what its supplier earns."""
    return SEE_MARGIN.granted_to(actor) and is_brand(actor)
