"""Evaluations of everybody: started, computed by a job, replaced, failed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.enums import DistributorStatus
from core.actors import Actor
from core.enums import JobKind
from core.errors import Conflict, InvalidInput
from core.events import record_event
from core.jobs import JobResult, RunningJob, enqueue_job
from core.locks import lock_row
from core.models import Job
from core.permissions import require
from evaluation.enums import EvaluationEvent, RunStatus, ScorecardStatus
from evaluation.models import EvaluationRun, Scorecard
from evaluation.permissions import RUN_STATES, can_start_run
from evaluation.scoring.formulas import GRADES, SCORED
from evaluation.scoring.freeze import FREEZE
from evaluation.selectors.span import span_of
from orders.ordering.enums import COUNTED_STATUSES
from planning.enums import PlanStatus


def work(running: RunningJob) -> JobResult:
    """Compute the run of the job. A run that is done already is left as it is."""
    outcome = compute_run(
        run_id=running.job.params["run_id"], now=timezone.now(), today=timezone.localdate(), report=running.report
    )
    return JobResult(data={"distributors": outcome.distributors, "scored": outcome.scored})


def on_failure(job: Job, _reason: str) -> None:
    """Mark the run failed, so that the same span can be started again."""
    fail_run(run_id=job.params["run_id"])


@dataclass(frozen=True, kw_only=True)
class StartedRun:
    """The run and its job (None once cleared away); `created` is False where the same span was asked for before."""

    run: EvaluationRun
    job: Job | None
    created: bool


@transaction.atomic
def start_run(
    *,
    scorecard_id: int,
    starts_on: date,
    ends_on: date,
    actor: Actor,
    now: datetime,
    provisional: bool = False,
) -> StartedRun:
    """Queue the evaluation of all distributors from `starts_on` to `ends_on`, both included.

    Before: the scorecard is in force, both days are bounds of business periods, the last of them is over. Days that
    have begun and are not over are evaluated only where `provisional` asks for it; the run is then marked as such and
    replaced by the next one of the same days. Of days that are over the run is final, whatever was asked for. Makes
    the run, its job and the message that starts the work. The same scorecard and span again returns what is there,
    unless it failed, was voided, or is provisional and computed. Raises NotAllowed, NotVisible, Conflict (scorecard not
    in force), InvalidInput (days).
    """
    require(can_start_run(actor))
    scorecard = lock_row(Scorecard.objects.visible_to(actor), scorecard_id)
    if scorecard.status != ScorecardStatus.ACTIVE:
        raise Conflict(_("Only an active scorecard can be used for a run."), code="wrong_state", field="scorecard")
    running = _is_running(starts_on, ends_on, today=timezone.localdate(now), provisional=provisional)
    known = EvaluationRun.objects.filter(scorecard=scorecard, starts_on=starts_on, ends_on=ends_on)
    same = Q(status=RunStatus.QUEUED, is_provisional=running) | Q(status=RunStatus.DONE, is_provisional=False)
    if run := known.filter(same).order_by("is_provisional").first():
        return StartedRun(
            run=run, job=Job.objects.filter(kind=JobKind.EVALUATION, params__run_id=run.pk).first(), created=False
        )
    run = _queue(scorecard, starts_on, ends_on, actor, now, provisional=running)
    named = _title(starts_on, ends_on)
    job = enqueue_job(
        kind=JobKind.EVALUATION,
        title=named["text"] % named,
        created_by=actor,
        params={"run_id": run.pk, "title": named},
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


def _is_running(starts_on: date, ends_on: date, *, today: date, provisional: bool) -> bool:
    """Whether the last day is not over yet: refused unless asked for; days that have not begun always are."""
    if starts_on > today:
        raise InvalidInput(_("This period has not begun yet."), field="starts_on", code="period_not_begun")
    if ends_on < today:
        return False
    if not provisional:
        raise InvalidInput(
            _("This period is not over yet. Evaluate it when it has ended, or ask for a provisional evaluation."),
            field="ends_on",
            code="period_running",
        )
    return True


def _title(starts_on: date, ends_on: date) -> dict[str, str]:
    """What the job is called, in the language of whoever reads it."""
    text = gettext_noop("Evaluation %(starts)s – %(ends)s")
    return {"text": text, "starts": starts_on.isoformat(), "ends": ends_on.isoformat()}


def _queue(
    scorecard: Scorecard, starts_on: date, ends_on: date, actor: Actor, now: datetime, *, provisional: bool
) -> EvaluationRun:
    span = span_of(starts_on, ends_on)
    if not span.fits:
        raise InvalidInput(
            _("A run starts on the first day of a business period and ends on the last day of one."),
            field="starts_on",
        )
    return EvaluationRun.objects.create(
        scorecard=scorecard,
        year=span.periods[-1].year,
        starts_on=starts_on,
        ends_on=ends_on,
        created_by_id=actor.pk,
        created_at=now,
        is_provisional=provisional,
    )


MEASURED_STATUSES = sorted({DistributorStatus.ACTIVE, DistributorStatus.PROBATION, DistributorStatus.SUSPENDED})
PLANS_IN_FORCE = sorted({PlanStatus.AGREED, PlanStatus.LOCKED})
# The parts of these statements are constants of this app; what comes from outside is bound.
_SCORE = f"""
CREATE TEMP TABLE evaluation_scored ON COMMIT DROP AS
WITH source AS (
    SELECT frozen.distributor_id AS key, frozen.metric, frozen.inputs,
        criterion.weight, criterion.floor, criterion.target,
        row_number() OVER (PARTITION BY frozen.distributor_id ORDER BY criterion.position, criterion.id) AS position
    FROM evaluation_frozen AS frozen
    JOIN evaluation_criterion AS criterion
        ON criterion.scorecard_id = %(scorecard)s AND criterion.metric = frozen.metric
),
{SCORED}
SELECT * FROM steps
"""  # noqa: S608 - constants of this app joined; values are bound
_RANK = f"""
WITH {GRADES},
totals AS (
    SELECT key, max(total) AS score, max(coverage) AS coverage,
        max(total) IS NOT NULL AND max(coverage) >= %(minimum)s AS ranked
    FROM evaluation_scored GROUP BY key
)
INSERT INTO evaluation_evaluation (run_id, distributor_id, score, coverage, grade, rank, contest, answer)
SELECT %(run)s, totals.key, totals.score, totals.coverage, COALESCE(grades.name, ''),
    CASE WHEN totals.ranked THEN row_number() OVER (ORDER BY totals.ranked DESC, totals.score DESC, distributor.code) END,
    '', ''
FROM totals
JOIN accounts_distributor AS distributor ON distributor.id = totals.key
LEFT JOIN grades
    ON totals.ranked AND totals.score >= grades.least AND (grades.below IS NULL OR totals.score < grades.below)
ORDER BY distributor.code
"""  # noqa: S608 - constants of this app joined; values are bound
_STEPS = """
INSERT INTO evaluation_criterionscore (evaluation_id, metric, inputs, value, score, weight, points)
SELECT evaluation.id, scored.metric, scored.inputs, scored.value, scored.score, scored.weight, scored.points
FROM evaluation_scored AS scored
JOIN evaluation_evaluation AS evaluation ON evaluation.run_id = %(run)s AND evaluation.distributor_id = scored.key
ORDER BY evaluation.id, scored.position
"""
_TIDY = "DROP TABLE evaluation_frozen, evaluation_scored"  # one transaction may compute more than one run
_MEMORY = "SET LOCAL work_mem = '64MB'"  # its jobs run one at a time: it sorts and sums the orders of a year
STATEMENTS = (_MEMORY, FREEZE, _SCORE, _RANK, _STEPS, _TIDY)
Report = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class RunOutcome:
    """How many were evaluated, and how many of them had a measure at all.

    `computed` is False for a repeated call, and for a provisional run whose days were evaluated finally meanwhile.
    """

    distributors: int
    scored: int
    computed: bool


@transaction.atomic
def compute_run(*, run_id: int, now: datetime, today: date, report: Report = lambda _done, _total: None) -> RunOutcome:
    """Freeze the inputs of every distributor, score and rank them, and mark the run done; `report` gets the progress.

    Before: the run is queued. A run that is done already is left as it is, so a repeated delivery changes nothing.
    A provisional run of the same days is replaced; a provisional run is final where its days are over by now.
    Orders promised after `today` are not judged yet. Raises NotVisible for an unknown run.
    """
    run = lock_row(EvaluationRun.objects.all(), run_id)
    if run.status != RunStatus.QUEUED:
        return _outcome(run, computed=False)
    if _is_late(run, today):
        return _outcome(run, computed=False)
    values = _parameters(run, today)
    with connection.cursor() as cursor:
        for number, statement in enumerate(STATEMENTS):
            report(number, len(STATEMENTS))
            cursor.execute(statement, values)
    _replace_provisional(run)
    RUN_STATES.advance(run, "finish")
    run.computed_at = now
    run.save(update_fields=["status", "computed_at", "is_provisional"])
    outcome = _outcome(run, computed=True)
    result = {"distributors": outcome.distributors, "scored": outcome.scored}
    record_event(
        kind=EvaluationEvent.RUN_DONE,
        subject_type="evaluation_run",
        subject_id=run.pk,
        actor_id=run.created_by_id,
        data=result,
        at=now,
    )
    return outcome


def _same_days(run: EvaluationRun) -> QuerySet[EvaluationRun]:
    """Finished runs of the same days by any version of the same scorecard."""
    return EvaluationRun.objects.filter(
        scorecard__code=run.scorecard.code, starts_on=run.starts_on, ends_on=run.ends_on, status=RunStatus.DONE
    ).exclude(pk=run.pk)


def _is_late(run: EvaluationRun, today: date) -> bool:
    """A provisional run computed after the last day is final, unless there is a final one: that replaces it at once."""
    final = _same_days(run).filter(is_provisional=False).first() if run.is_provisional else None
    if final is not None:
        RUN_STATES.advance(run, "replace")
        run.replaced_by = final
        run.save(update_fields=["status", "replaced_by"])
        return True
    run.is_provisional = run.is_provisional and run.ends_on >= today
    return False


def _replace_provisional(run: EvaluationRun) -> None:
    for old in _same_days(run).filter(is_provisional=True).select_for_update(of=("self",)).order_by("pk"):
        RUN_STATES.advance(old, "replace")
        old.replaced_by = run
        old.save(update_fields=["status", "replaced_by"])


@transaction.atomic
def fail_run(*, run_id: int) -> None:
    """Mark a queued run failed, so that the same span can be started again. Nothing of it was kept."""
    run = lock_row(EvaluationRun.objects.all(), run_id)
    if run.status == RunStatus.QUEUED:
        RUN_STATES.advance(run, "fail")
        run.save(update_fields=["status"])


def _outcome(run: EvaluationRun, *, computed: bool) -> RunOutcome:
    found = run.evaluations.all()
    return RunOutcome(distributors=found.count(), scored=found.filter(score__isnull=False).count(), computed=computed)


def _parameters(run: EvaluationRun, today: date) -> dict[str, Any]:
    span = span_of(run.starts_on, run.ends_on)
    return {
        "run": run.pk,
        "scorecard": run.scorecard_id,
        "minimum": run.scorecard.minimum_coverage,
        "periods": [period.pk for period in span.periods],
        "before": [period.pk for period in span.before],
        "starts_on": run.starts_on,
        "ends_on": run.ends_on,
        "due_until": min(run.ends_on, today),
        "zone": settings.TIME_ZONE,
        "distributor_statuses": MEASURED_STATUSES,
        "plan_statuses": PLANS_IN_FORCE,
        "order_statuses": sorted(COUNTED_STATUSES),
    }
