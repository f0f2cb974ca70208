"""What a person may do with a plan now: from the state table and the rules, for buttons and API alike."""

from typing import Any

from accounts.models import User
from core.state import Transition
from planning.enums import PLAN_STATES
from planning.models import SalesPlan
from planning.rules import can_agree_plan, can_lock_plan, can_reopen_plan

_RULES: dict[str, Any] = {"agree": can_agree_plan, "lock": can_lock_plan, "reopen": can_reopen_plan}


def plan_actions(user: User, plan: SalesPlan) -> list[Transition]:
    """The moves that are both possible and allowed, in the order of the table; none for a replaced version."""
    if not plan.is_current:
        return []
    return [move for move in PLAN_STATES.actions_from(plan.status) if _RULES[move.action](user, plan)]
