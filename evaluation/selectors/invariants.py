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
SELECT evaluation.id AS evaluation_id, evaluation.score, sum(step.points) AS points
FROM evaluation_evaluation AS evaluation
LEFT JOIN evaluation_criterionscore AS step ON step.evaluation_id = evaluation.id AND step.score IS NOT NULL
GROUP BY evaluation.id, evaluation.score
HAVING evaluation.score IS DISTINCT FROM sum(step.points)
"""

_SAME_GRADE = """
SELECT evaluation.id AS evaluation_id, evaluation.score, evaluation.grade, due.name AS recomputed_grade
FROM evaluation_evaluation AS evaluation
JOIN evaluation_evaluationrun AS run ON run.id = evaluation.run_id
JOIN evaluation_scorecard AS card ON card.id = run.scorecard_id
LEFT JOIN LATERAL (
    SELECT entry->>0 AS name FROM jsonb_array_elements(card.grades) AS entry
    WHERE (entry->>1)::numeric <= evaluation.score ORDER BY (entry->>1)::numeric DESC LIMIT 1
) AS due ON true
WHERE evaluation.grade <> COALESCE(due.name, '')
"""

_SAME_RANK = """
SELECT * FROM (
    SELECT evaluation.id AS evaluation_id, evaluation.rank, CASE WHEN evaluation.score IS NOT NULL THEN
        row_number() OVER (PARTITION BY evaluation.run_id ORDER BY evaluation.score DESC NULLS LAST, evaluation.rank)
    END AS recomputed_rank
    FROM evaluation_evaluation AS evaluation
) AS ranked
WHERE rank IS DISTINCT FROM recomputed_rank
"""

_DONE_RUNS_HAVE_RESULTS = """
SELECT run.id AS run_id, run.status FROM evaluation_evaluationrun AS run
WHERE (run.status = 'done') <> (run.computed_at IS NOT NULL)
    OR (run.status <> 'done' AND EXISTS (SELECT 1 FROM evaluation_evaluation AS one WHERE one.run_id = run.id))
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
        name="evaluation.grade_follows_from_the_score",
        statement=_("Every grade follows from the score and the thresholds of the run's scorecard."),
        find=violations_of(_SAME_GRADE),
    ),
    Invariant(
        name="evaluation.rank_follows_from_the_scores",
        statement=_("The ranks of a run are 1, 2, 3 … by score; without a score there is no rank."),
        find=violations_of(_SAME_RANK),
    ),
    Invariant(
        name="evaluation.only_finished_runs_have_results",
        statement=_("A run has results when it is done, and only then."),
        find=violations_of(_DONE_RUNS_HAVE_RESULTS),
    ),
)
