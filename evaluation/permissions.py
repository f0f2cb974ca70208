"""Who may do what. What they may see at all is up to the querysets."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.enums import BRAND_ROLES, Role
from core.actors import Actor
from core.permissions import declare
from core.state import StateTable, Transition
from evaluation.enums import ContestState, EvaluationEvent, RunStatus, ScorecardStatus

_LEADS = (Role.ADMINISTRATOR, Role.DIRECTOR)

EDIT_SCORECARDS = declare("evaluation.edit_scorecards", _("Change scorecards"), roles=_LEADS)
START_RUNS = declare("evaluation.start_runs", _("Start evaluations"), roles=_LEADS)
SEE_RUNS = declare("evaluation.see_runs", _("See evaluations of the channel and their scorecards"), roles=BRAND_ROLES)
CONTEST = declare("evaluation.contest", _("Object to the evaluation of one's own company"), roles=[Role.OWNER])
ANSWER_OBJECTIONS = declare(
    "evaluation.answer_objections", _("Answer objections of distributors"), roles=[*_LEADS, Role.MANAGER]
)


def can_edit_scorecards(actor: Actor) -> bool:
    """The rules of the evaluation are the director's."""
    return EDIT_SCORECARDS.granted_to(actor)


def can_change_scorecard(actor: Actor, _scorecard: Any = None) -> bool:
    return can_edit_scorecards(actor)


def can_start_run(actor: Actor) -> bool:
    """A run evaluates everybody, so the whole channel must be in view."""
    return START_RUNS.granted_to(actor)


def can_void_run(actor: Actor, _run: Any = None) -> bool:
    """Whoever may start a run may take its results back."""
    return can_start_run(actor)


def can_contest(actor: Actor, evaluation: Any) -> bool:
    """The owner, and only for their own company: not for a sub-distributor's."""
    return CONTEST.granted_to(actor) and bool(actor.distributor_id == evaluation.distributor_id)


def can_answer_objection(actor: Actor, evaluation: Any = None) -> bool:
    """Who acts for the distributor, those above them, or a director. That it is theirs is a matter of visibility."""
    mine = evaluation is None or actor.works_for(evaluation.distributor_id)
    return ANSWER_OBJECTIONS.granted_to(actor) and mine


def can_see_runs(actor: Actor) -> bool:
    """Runs and rules are the brand's; a distributor sees what they say of itself."""
    return SEE_RUNS.granted_to(actor)


def is_owner(actor: Actor) -> bool:
    """Who may contest at all; of whom, says `can_contest`."""
    return CONTEST.granted_to(actor)


def is_evaluated_or_brand(actor: Actor) -> bool:
    """Whose work evaluations are: not of those who move goods, so that their menu has no entry for it."""
    return actor.is_active and bool(actor.role) and actor.role not in {Role.WAREHOUSE, Role.KEEPER}


def is_about_runs(actor: Actor) -> bool:
    return is_evaluated_or_brand(actor) and can_see_runs(actor)


SCORECARD_STATES = StateTable(
    field="status",
    states=ScorecardStatus,
    transitions=[
        Transition(
            action="activate",
            sources=frozenset({ScorecardStatus.DRAFT}),
            target=ScorecardStatus.ACTIVE,
            label=_("Activate"),
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
        Transition(
            action="replace",
            sources=frozenset({RunStatus.QUEUED, RunStatus.DONE}),
            target=RunStatus.REPLACED,
            label=RunStatus.REPLACED.label,
        ),
        Transition(
            action="void",
            sources=frozenset({RunStatus.DONE}),
            target=RunStatus.VOIDED,
            label=_("Void"),
            permission=can_void_run,
            dangerous=True,
            event=EvaluationEvent.RUN_VOIDED,
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
