"""What always holds of evaluations: every run can be computed again from what it froze, with the same figures."""

from django.utils.translation import gettext_lazy as _

from core.invariants import Invariant, violations_of
from evaluation.scoring.formulas import SCORED

# Constants of this app joined together; nothing comes from outside.
RECOMPUTED = f"""
WITH source AS (
    SELECT evaluation.id AS key, step.metric, step.inputs, step.weight, criterion.floor, criterion.target,
        row_number() OVER (PARTITION BY evaluation.id ORDER BY criterion.position, criterion.id) AS position
    FROM evaluation_criterionscore AS step
    JOIN evaluation_evaluation AS evaluation ON evaluation.id = step.evaluation_id
    JOIN evaluation_evaluationrun AS run ON run.id = evaluation.run_id
    JOIN evaluation_criterion AS criterion
        ON criterion.scorecard_id = run.scorecard_id AND criterion.metric = step.metric
),
{SCORED}
"""  # noqa: S608 - constants of this app joined; values are bound

_SAME_STEPS = f"""
{RECOMPUTED}
SELECT stored.evaluation_id, stored.metric, stored.value, steps.value AS recomputed_value, stored.score,
    steps.score AS recomputed_score, stored.points, steps.points AS recomputed_points
FROM evaluation_criterionscore AS stored
LEFT JOIN steps ON steps.key = stored.evaluation_id AND steps.metric = stored.metric
WHERE (stored.value, stored.score, stored.points) IS DISTINCT FROM (steps.value, steps.score, steps.points)
"""  # noqa: S608 - constants of this app joined; values are bound

_STEPS_ADD_UP = """
SELECT evaluation.id AS evaluation_id, evaluation.score, sum(step.points) FILTER (WHERE step.score IS NOT NULL) AS points
FROM evaluation_evaluation AS evaluation
LEFT JOIN evaluation_criterionscore AS step ON step.evaluation_id = evaluation.id
GROUP BY evaluation.id, evaluation.score
HAVING evaluation.score IS DISTINCT FROM sum(step.points) FILTER (WHERE step.score IS NOT NULL)
"""

_SAME_COVERAGE = """
SELECT evaluation.id AS evaluation_id, evaluation.coverage,
    trunc(100 * COALESCE(sum(step.weight) FILTER (WHERE step.score IS NOT NULL), 0) / sum(step.weight), 2) AS recomputed
FROM evaluation_evaluation AS evaluation
JOIN evaluation_criterionscore AS step ON step.evaluation_id = evaluation.id
GROUP BY evaluation.id, evaluation.coverage
HAVING evaluation.coverage
    <> trunc(100 * COALESCE(sum(step.weight) FILTER (WHERE step.score IS NOT NULL), 0) / sum(step.weight), 2)
"""

_SAME_GRADE = """
SELECT evaluation.id AS evaluation_id, evaluation.score, evaluation.grade, due.name AS recomputed_grade
FROM evaluation_evaluation AS evaluation
JOIN evaluation_evaluationrun AS run ON run.id = evaluation.run_id
JOIN evaluation_scorecard AS card ON card.id = run.scorecard_id
LEFT JOIN LATERAL (
    SELECT entry->>0 AS name FROM jsonb_array_elements(card.grades) AS entry
    WHERE (entry->>1)::numeric <= evaluation.score AND evaluation.coverage >= card.minimum_coverage
    ORDER BY (entry->>1)::numeric DESC LIMIT 1
) AS due ON true
WHERE evaluation.grade <> COALESCE(due.name, '')
"""

_SAME_RANK = """
SELECT * FROM (
    SELECT evaluation.id AS evaluation_id, evaluation.rank, CASE WHEN due.ranked THEN
        row_number() OVER (PARTITION BY evaluation.run_id ORDER BY due.ranked DESC, evaluation.score DESC, evaluation.rank)
    END AS recomputed_rank
    FROM evaluation_evaluation AS evaluation
    JOIN evaluation_evaluationrun AS run ON run.id = evaluation.run_id
    JOIN evaluation_scorecard AS card ON card.id = run.scorecard_id
    CROSS JOIN LATERAL (
        SELECT evaluation.score IS NOT NULL AND evaluation.coverage >= card.minimum_coverage AS ranked
    ) AS due
) AS ranked
WHERE rank IS DISTINCT FROM recomputed_rank
"""

_DONE_RUNS_HAVE_RESULTS = """
SELECT run.id AS run_id, run.status FROM evaluation_evaluationrun AS run
WHERE (run.status IN ('done', 'voided') AND run.computed_at IS NULL)
    OR (run.status IN ('queued', 'failed') AND run.computed_at IS NOT NULL)
    OR (run.computed_at IS NULL AND EXISTS (SELECT 1 FROM evaluation_evaluation AS one WHERE one.run_id = run.id))
"""

INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        name="evaluation.same_figures_from_frozen_inputs",
        statement=_("Every step of a score can be computed again from what was frozen."),
        find=violations_of(_SAME_STEPS),
    ),
    Invariant(
        name="evaluation.steps_add_up_to_the_score",
        statement=_("The points of the steps add up to the score, to the last digit."),
        find=violations_of(_STEPS_ADD_UP),
    ),
    Invariant(
        name="evaluation.coverage_is_the_weight_measured",
        statement=_("The coverage of a score is the weight of its measures with data, divided by all weights."),
        find=violations_of(_SAME_COVERAGE),
    ),
    Invariant(
        name="evaluation.grade_follows_from_the_score",
        statement=_("Every grade follows from the score and the thresholds of the run's scorecard."),
        find=violations_of(_SAME_GRADE),
    ),
    Invariant(
        name="evaluation.rank_follows_from_the_scores",
        statement=_("The ranks of a run are 1, 2, 3 … by score; without a score or enough coverage there is no rank."),
        find=violations_of(_SAME_RANK),
    ),
    Invariant(
        name="evaluation.only_finished_runs_have_results",
        statement=_("A run has results when it was computed, and only then."),
        find=violations_of(_DONE_RUNS_HAVE_RESULTS),
    ),
)
