"""Ask for an evaluation of everybody."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.enums import JobKind
from core.errors import Conflict, InvalidInput
from core.events import record_event
from core.jobs import enqueue_job
from core.locks import lock_row
from core.models import Job
from core.permissions import require
from evaluation.enums import EvaluationEvent, RunStatus, ScorecardStatus
from evaluation.models import EvaluationRun, Scorecard
from evaluation.permissions import can_start_run
from evaluation.selectors.span import span_of
from evaluation.services.compute_run import STATEMENTS


@dataclass(frozen=True, kw_only=True)
class StartedRun:
    """The run and its job (None once cleared away); `created` is False where the same span was asked for before."""

    run: EvaluationRun
    job: Job | None
    created: bool


@transaction.atomic
def start_run(*, scorecard_id: int, starts_on: date, ends_on: date, actor: Actor, now: datetime) -> StartedRun:
    """Queue the evaluation of all distributors from `starts_on` to `ends_on`, both included.

    Before: the scorecard is in force, both days are bounds of business periods. Makes the run, its job and the
    message that starts the work. The same scorecard and span again returns what is there, unless it failed. Raises
    NotAllowed, NotVisible, Conflict (scorecard not in force), InvalidInput (days).
    """
    require(can_start_run(actor))
    scorecard = lock_row(Scorecard.objects.visible_to(actor), scorecard_id)
    if scorecard.status != ScorecardStatus.ACTIVE:
        raise Conflict(_("Only a scorecard in force can be used for a run."), code="wrong_state", field="scorecard")
    known = EvaluationRun.objects.filter(scorecard=scorecard, starts_on=starts_on, ends_on=ends_on).exclude(
        status=RunStatus.FAILED
    )
    if run := known.first():
        return StartedRun(
            run=run, job=Job.objects.filter(kind=JobKind.EVALUATION, params__run_id=run.pk).first(), created=False
        )
    run = _queue(scorecard, starts_on, ends_on, actor, now)
    job = enqueue_job(
        kind=JobKind.EVALUATION,
        title=_("Evaluation %(starts)s – %(ends)s") % {"starts": starts_on, "ends": ends_on},
        created_by=actor,
        params={"run_id": run.pk},
        total=len(STATEMENTS),
        exclusive="evaluation",
    )
    record_event(
        kind=EvaluationEvent.RUN_REQUESTED,
        subject_type="evaluation_run",
        subject_id=run.pk,
        actor_id=actor.pk,
        data={"run_id": run.pk, "job_id": job.pk},
        at=now,
    )
    return StartedRun(run=run, job=job, created=True)


def _queue(scorecard: Scorecard, starts_on: date, ends_on: date, actor: Actor, now: datetime) -> EvaluationRun:
    span = span_of(starts_on, ends_on)
    if not span.fits:
        raise InvalidInput(
            _("A run begins with the first day of a business period and ends with the last day of one."),
            field="starts_on",
        )
    return EvaluationRun.objects.create(
        scorecard=scorecard,
        year=span.periods[-1].year,
        starts_on=starts_on,
        ends_on=ends_on,
        created_by_id=actor.pk,
        created_at=now,
    )
