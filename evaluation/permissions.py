"""Who may do what. What somebody may see at all is said by the querysets."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.enums import BRAND_ROLES, Role
from core.state import StateTable, Transition
from evaluation.enums import ContestState, EvaluationEvent, RunStatus, ScorecardStatus

_RULE_MAKERS = frozenset({Role.ADMINISTRATOR, Role.DIRECTOR})
_ANSWERING = _RULE_MAKERS | {Role.MANAGER}


def can_edit_scorecards(user: Any) -> bool:
    """The rules of the evaluation are the director's."""
    return user.role in _RULE_MAKERS


def can_change_scorecard(user: Any, scorecard: Any = None) -> bool:  # noqa: ARG001 - likewise for one of them
    return can_edit_scorecards(user)


def can_start_run(user: Any) -> bool:
    """A run evaluates everybody, so the whole channel must be in view."""
    return user.role in _RULE_MAKERS


def can_contest(user: Any, evaluation: Any) -> bool:
    """The owner, and only for the own company: not for a sub-distributor's."""
    return bool(user.role == Role.OWNER and user.distributor_id == evaluation.distributor_id)


def can_answer_objection(user: Any, evaluation: Any = None) -> bool:  # noqa: ARG001 - every predicate is asked the same way
    """Who answers for the distributor, or a director. That it is theirs is a matter of visibility."""
    return user.role in _ANSWERING


def can_see_runs(user: Any) -> bool:
    """Runs and rules are the brand's; a distributor sees what they say of itself."""
    return user.is_active and user.role in BRAND_ROLES


def is_owner(user: Any) -> bool:
    """Who may contest at all; of whom, says `can_contest`."""
    return bool(user.role == Role.OWNER)


SCORECARD_STATES = StateTable(
    field="status",
    states=ScorecardStatus,
    transitions=[
        Transition(
            action="activate",
            sources=frozenset({ScorecardStatus.DRAFT}),
            target=ScorecardStatus.ACTIVE,
            label=_("Put in force"),
            permission=can_change_scorecard,
            event=EvaluationEvent.SCORECARD_ACTIVATED,
        ),
        Transition(
            action="retire",
            sources=frozenset({ScorecardStatus.ACTIVE}),
            target=ScorecardStatus.RETIRED,
            label=ScorecardStatus.RETIRED.label,
        ),
    ],
)
RUN_STATES = StateTable(
    field="status",
    states=RunStatus,
    transitions=[
        Transition(
            action="finish", sources=frozenset({RunStatus.QUEUED}), target=RunStatus.DONE, label=RunStatus.DONE.label
        ),
        Transition(
            action="fail", sources=frozenset({RunStatus.QUEUED}), target=RunStatus.FAILED, label=RunStatus.FAILED.label
        ),
    ],
)
CONTEST_STATES = StateTable(
    field="contest_state",
    states=ContestState,
    transitions=[
        Transition(
            action="contest",
            sources=frozenset({""}),  # without an objection there is no state
            target=ContestState.OPEN,
            label=_("Contest this result"),
            permission=can_contest,
            event=EvaluationEvent.CONTESTED,
        ),
        Transition(
            action="answer",
            sources=frozenset({ContestState.OPEN}),
            target=ContestState.ANSWERED,
            label=_("Answer the objection"),
            permission=can_answer_objection,
            event=EvaluationEvent.CONTEST_ANSWERED,
        ),
    ],
)
