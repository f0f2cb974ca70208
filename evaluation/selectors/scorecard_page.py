"""One distributor's evaluation with everything its page says, in a fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.actors import Actor
from core.errors import NotVisible
from evaluation.enums import Metric
from evaluation.models import Criterion, CriterionScore, Evaluation, EvaluationRun
from evaluation.scoring.arithmetic import Band, next_grade
from evaluation.scoring.metrics import METRICS, MetricRule
from evaluation.scoring.next_grade import Way, most_points, ways_to, ways_together
from evaluation.selectors.change import Change, change_of
from evaluation.selectors.run_page import alike

HISTORY = 24


@dataclass(frozen=True, kw_only=True)
class ScoreStep:
    """One measure of the score. Without data `value`, `score` and `most` are None and its weight does not count."""

    metric: Metric
    rule: MetricRule
    weight: Decimal
    band: Band | None
    value: Decimal | None
    score: Decimal | None
    points: Decimal
    most: Decimal | None
    inputs: Mapping[str, Any]
    change: Decimal | None

    @property
    def lost(self) -> Decimal:
        """Points that the measure could still bring."""
        return Decimal(0) if self.most is None else self.most - self.points


@dataclass(frozen=True, kw_only=True)
class ScorecardPage:
    """An evaluation with its steps, its change since the run before, and the ways up.

    `history` holds the final evaluations by the same scorecard up to this one, oldest first; none where this one is
    provisional, replaced or voided.
    """

    evaluation: Evaluation
    steps: Sequence[ScoreStep]
    previous: Evaluation | None
    change: Change | None
    next_grade: str
    next_least: Decimal | None
    ways: Sequence[Way]
    together: Sequence[str]
    history: Sequence[Evaluation]
    ranked: int

    @property
    def measured(self) -> Sequence[ScoreStep]:
        return [step for step in self.steps if step.score is not None]

    @property
    def best(self) -> ScoreStep | None:
        return max(self.measured, key=lambda step: step.score or 0, default=None)

    @property
    def worst(self) -> ScoreStep | None:
        """Where most points are lost; None where nothing is."""
        lost = [step for step in self.measured if step.lost > 0]
        return max(lost, key=lambda step: step.lost, default=None)


def read_scorecard(*, actor: Actor, evaluation_id: int) -> ScorecardPage:
    """The page of one evaluation. Raises NotVisible. At most seven queries."""
    visible = Evaluation.objects.visible_to(actor)
    evaluation = (
        visible.select_related("run__scorecard", "run__year", "run__replaced_by", "distributor__tier", "contested_by")
        .filter(pk=evaluation_id)
        .first()
    )
    if evaluation is None:
        raise NotVisible
    history = _history(evaluation, visible) if evaluation.run.is_final else []
    previous = next((one for one in reversed(history) if one.run.ends_on < evaluation.run.ends_on), None)
    steps = _steps([evaluation, *([previous] if previous else [])])
    bands = _bands({evaluation.run.scorecard_id, *([previous.run.scorecard_id] if previous else [])})
    change = _change(evaluation, previous, steps, bands)
    return _view(evaluation, previous, change, history, steps[evaluation.pk], bands[evaluation.run.scorecard_id])


def _history(evaluation: Evaluation, visible: Any) -> list[Evaluation]:
    found = visible.filter(
        distributor_id=evaluation.distributor_id,
        run__in=alike(EvaluationRun.objects.all(), evaluation.run).values("pk"),
        run__ends_on__lte=evaluation.run.ends_on,
    )
    newest = found.select_related("run__scorecard").order_by("-run__ends_on", "-run_id")[:HISTORY]
    return list(reversed(newest))


def _steps(evaluations: Sequence[Evaluation]) -> dict[int, dict[str, CriterionScore]]:
    found: dict[int, dict[str, CriterionScore]] = {evaluation.pk: {} for evaluation in evaluations}
    for step in CriterionScore.objects.filter(evaluation__in=evaluations).order_by("id"):
        found[step.evaluation_id][step.metric] = step
    return found


def _bands(scorecards: set[int]) -> dict[int, dict[str, Band]]:
    found: dict[int, dict[str, Band]] = {pk: {} for pk in scorecards}
    for one in Criterion.objects.filter(scorecard__in=scorecards).order_by("position", "id"):
        found[one.scorecard_id][one.metric] = Band(weight=one.weight, floor=one.floor, target=one.target)
    return found


def _values(steps: Mapping[str, CriterionScore]) -> dict[str, Decimal | None]:
    return {metric: step.value for metric, step in steps.items()}


def _change(
    evaluation: Evaluation,
    previous: Evaluation | None,
    steps: Mapping[int, Mapping[str, CriterionScore]],
    bands: Mapping[int, Mapping[str, Band]],
) -> Change | None:
    if previous is None or previous.score is None or evaluation.score is None:
        return None
    if previous.lacks_coverage or evaluation.lacks_coverage:
        return None  # the two scores rest on different measures
    return change_of(
        score=evaluation.score,
        before=previous.score,
        values=_values(steps[evaluation.pk]),
        values_before=_values(steps[previous.pk]),
        bands=bands[evaluation.run.scorecard_id],
        bands_before=bands[previous.run.scorecard_id],
    )


def _view(
    evaluation: Evaluation,
    previous: Evaluation | None,
    change: Change | None,
    history: Sequence[Evaluation],
    steps: Mapping[str, CriterionScore],
    bands: Mapping[str, Band],
) -> ScorecardPage:
    values = _values(steps)
    ranked = None if evaluation.rank is None else evaluation.score
    above = None if ranked is None else next_grade(ranked, evaluation.run.scorecard.grades)
    name, least = above or ("", None)
    inputs = {metric: step.inputs for metric, step in steps.items()}
    ways = ways_to(least, values=values, bands=bands, inputs=inputs) if least is not None else []
    return ScorecardPage(
        evaluation=evaluation,
        steps=[_step(step, bands, values, change) for step in steps.values()],
        previous=previous,
        change=change,
        next_grade=name,
        next_least=least,
        ways=ways,
        together=ways_together(least, values=values, bands=bands) if least is not None and not ways else [],
        history=history,
        ranked=Evaluation.objects.filter(run=evaluation.run, rank__isnull=False).count(),
    )


def _step(
    step: CriterionScore, bands: Mapping[str, Band], values: Mapping[str, Decimal | None], change: Change | None
) -> ScoreStep:
    measured = {metric: value for metric, value in values.items() if value is not None}
    return ScoreStep(
        metric=Metric(step.metric),
        rule=METRICS[step.metric],
        weight=step.weight,
        band=bands.get(step.metric),
        value=step.value,
        score=step.score,
        points=step.points,
        most=most_points(step.metric, measured=measured, bands=bands) if step.score is not None else None,
        inputs=step.inputs,
        change=change.by_metric.get(step.metric) if change else None,
    )
