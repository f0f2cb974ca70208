"""The results of a run: ranking, spread of the grades, who moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from django.core.cache import cache
from django.db.models import Avg, Count, F, OuterRef, Q, QuerySet, Subquery

from core.actors import Actor
from evaluation.enums import RunStatus
from evaluation.models import Evaluation, EvaluationRun

MOVERS = 5
LEAST_ALIKE = 0.9  # months have 28 to 31 days


@dataclass(frozen=True, kw_only=True)
class GradeCount:
    """How many have a grade; an empty grade means that too little could be measured. `before` is the run before."""

    grade: str
    count: int
    before: int | None


@dataclass(frozen=True, kw_only=True)
class Mover:
    """A distributor whose score changed most since the run before."""

    evaluation: Evaluation
    before: Decimal
    grade_before: str
    change: Decimal


@dataclass(frozen=True, kw_only=True)
class RunResult:
    """A finished run in sums, with those who rose and fell most (each at most five).

    `ranked` are those with enough of the weight measured; means and moves are theirs.
    """

    previous: EvaluationRun | None
    grades: Sequence[GradeCount]
    evaluated: int
    measured: int
    ranked: int
    mean: Decimal | None
    risen: Sequence[Mover]
    fallen: Sequence[Mover]
    up: int
    down: int


def previous_run(run: EvaluationRun) -> EvaluationRun | None:
    """The final run before this one, by any version of the same scorecard and over as long a time.

    None for a run that is not final: unfinished days are not compared with finished ones.
    """
    if not run.is_final:
        return None
    return (
        alike(EvaluationRun.objects.select_related("scorecard"), run)
        .filter(ends_on__lt=run.ends_on)
        .order_by("-ends_on", "-id")
        .first()
    )


def alike(runs: QuerySet[EvaluationRun], run: EvaluationRun) -> QuerySet[EvaluationRun]:
    """Final runs that may be compared with `run`: months with months, years with years."""
    length = run.ends_on - run.starts_on
    measured: QuerySet[Any] = runs.filter(
        status=RunStatus.DONE, is_provisional=False, scorecard__code=run.scorecard.code
    )
    found: QuerySet[EvaluationRun] = measured.annotate(length=F("ends_on") - F("starts_on")).filter(
        length__range=(length * LEAST_ALIKE, length / LEAST_ALIKE)
    )
    return found


def read_run(run: EvaluationRun) -> RunResult:
    """The result page's sums. Seven queries whatever the number of distributors."""
    previous = previous_run(run)
    found = run.evaluations.aggregate(
        evaluated=Count("pk"),
        measured=Count("score"),
        ranked=Count("rank"),
        mean=Avg("score", filter=Q(rank__isnull=False)),
    )
    compared = _compared(run, previous) if previous else run.evaluations.none()
    up, down = _grade_moves(compared, run) if previous else (0, 0)
    return RunResult(
        previous=previous,
        grades=_grades(run, previous),
        evaluated=found["evaluated"],
        measured=found["measured"],
        ranked=found["ranked"],
        mean=found["mean"],
        risen=_movers(compared) if previous else [],
        fallen=_movers(compared, fallen=True) if previous else [],
        up=up,
        down=down,
    )


def _grades(run: EvaluationRun, previous: EvaluationRun | None) -> list[GradeCount]:
    now, before = _spread(run), _spread(previous) if previous else None
    names = [str(name) for name, _least in run.scorecard.grades]
    names += ["", *(name for name in before or {} if name not in {*names, ""})]
    rows = [
        GradeCount(grade=name, count=now.get(name, 0), before=None if before is None else before.get(name, 0))
        for name in names
    ]
    return [row for row in rows if row.grade or row.count or row.before]


def _spread(run: EvaluationRun) -> dict[str, int]:
    return dict(run.evaluations.values_list("grade").annotate(count=Count("pk")).order_by())


def _compared(run: EvaluationRun, previous: EvaluationRun) -> QuerySet[Any]:
    """Everybody with a rank in both runs, with `before`, `grade_before` and `change`."""
    earlier = previous.evaluations.filter(distributor=OuterRef("distributor"), rank__isnull=False)
    compared: QuerySet[Any] = run.evaluations.filter(rank__isnull=False).annotate(
        before=Subquery(earlier.values("score")[:1]), grade_before=Subquery(earlier.values("grade")[:1])
    )
    both: QuerySet[Any] = compared.filter(before__isnull=False).annotate(change=F("score") - F("before"))
    return both


def _movers(compared: QuerySet[Any], *, fallen: bool = False) -> list[Mover]:
    """The most risen, or the most fallen, first."""
    moved = compared.filter(change__lt=0) if fallen else compared.filter(change__gt=0)
    order = ("change" if fallen else "-change", "distributor__code")
    return [
        Mover(evaluation=one, before=one.before, grade_before=one.grade_before, change=one.change)
        for one in moved.select_related("distributor").order_by(*order)[:MOVERS]
    ]


def _grade_moves(compared: QuerySet[Any], run: EvaluationRun) -> tuple[int, int]:
    """How many have a better, and how many a worse grade than before."""
    order = {str(name): place for place, (name, _least) in enumerate(run.scorecard.grades)}
    up = down = 0
    for grade, before, count in compared.values_list("grade", "grade_before").annotate(Count("pk")).order_by():
        better = order.get(before, len(order)) - order.get(grade, len(order))
        up += count if better > 0 else 0
        down += count if better < 0 else 0
    return up, down


KEPT_SECONDS = 3600


def newest_grades(actor: Actor) -> tuple[EvaluationRun, RunResult] | None:
    """The newest final run that the person sees, and its sums; nothing before the first.

    A run stays as it is, and the one it is compared with is part of the key: that one can be voided. Two queries, and
    eight more once an hour.
    """
    done = EvaluationRun.objects.visible_to(actor).final()
    run = done.select_related("scorecard").order_by("-ends_on", "-pk").first()
    if run is None:
        return None
    previous = previous_run(run)
    key = f"run-result:{run.pk}:{previous.pk if previous else 0}"
    return run, cast("RunResult", cache.get_or_set(key, lambda: read_run(run), KEPT_SECONDS))
