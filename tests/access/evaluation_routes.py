"""Who may open what of scorecards, runs, evaluations and complaints."""

from tests.access.table import (
    BRAND,
    IDLE,
    LEADS,
    MANAGER,
    OUTSIDERS,
    OWNER,
    SEERS,
    SIGNED_IN,
    STRANGER,
    Route,
)
from tests.access.world import World
from tests.factories.evaluation import (
    ComplaintFactory,
    CriterionFactory,
    CriterionScoreFactory,
    EvaluationFactory,
    EvaluationRunFactory,
    ScorecardFactory,
)

BRAND_AND_IDLE = BRAND | {IDLE}
NOT_BRAND = SIGNED_IN - BRAND_AND_IDLE


def build(world: World) -> None:
    """A finished run over `mine` and the stranger, a contested and a free evaluation, a draft and a card in force."""
    card = ScorecardFactory.create(code="yearly")
    CriterionFactory.create(scorecard=card)
    run = EvaluationRunFactory.create(scorecard=card, status="done", computed_at=EvaluationRunFactory.created_at)
    world.things.evaluation = EvaluationFactory.create(run=run, distributor=world.mine)
    CriterionScoreFactory.create(evaluation=world.things.evaluation)
    EvaluationFactory.create(run=run, distributor=world.other, rank=2)
    world.things.contested = EvaluationFactory.create(
        run=EvaluationRunFactory.create(scorecard=card, starts_on=run.starts_on.replace(year=2024)),
        distributor=world.mine,
        contest="Wrong.",
        contested_at=run.created_at,
        contested_by=world.people[OWNER],
    )
    world.things.evaluation_run = run
    world.things.card = card
    world.things.draft_card = ScorecardFactory.create(code="draft", status="draft")
    world.things.complaint = ComplaintFactory.create(distributor=world.mine)


def _evaluation(world: World) -> dict[str, object]:
    return {"pk": world.things.evaluation.pk}


def _contested(world: World) -> dict[str, object]:
    return {"pk": world.things.contested.pk}


def _text(_world: World) -> dict[str, object]:
    return {"text": "The figures of March are wrong."}


def _void_reason(_world: World) -> dict[str, object]:
    return {"reason": "Computed before the imports of March."}


def _days(world: World) -> dict[str, object]:
    return {"scorecard": world.things.card.code, "starts_on": "2025-01-01", "ends_on": "2025-12-31"}


def _rules(_world: World) -> dict[str, object]:
    return {
        "code": "quarterly",
        "name": "Quarterly",
        "criteria": [{"metric": "growth", "weight": "1", "floor": "0", "target": "1"}],
        "grades": [{"name": "A", "least": "50"}, {"name": "B", "least": "0"}],
    }


def _typed_rules(_world: World) -> dict[str, object]:
    return {
        "code": "typed",
        "name": "Typed",
        "grades": "A 50\nB 0",
        "minimum_coverage": "60",
        "growth_weight": "1",
        "growth_floor": "0",
        "growth_target": "10",
    }


def _typed_days(world: World) -> dict[str, object]:
    periods = list(world.things.evaluation_run.year.periods.order_by("number"))
    return {"scorecard": world.things.card.pk, "first": periods[0].pk, "last": periods[2].pk}


def _card(world: World) -> dict[str, object]:
    return {"pk": world.things.card.pk}


def _draft(world: World) -> dict[str, object]:
    return {"pk": world.things.draft_card.pk}


def _run(world: World) -> dict[str, object]:
    return {"pk": world.things.evaluation_run.pk}


def _complaint(world: World) -> dict[str, object]:
    return {"code": world.things.complaint.code}


ROUTES = [
    Route(name="api:scorecards-list", allowed=SIGNED_IN),
    Route(name="api:scorecards-detail", allowed=BRAND_AND_IDLE, hidden=NOT_BRAND, args=_card),
    Route(name="api:scorecards-list", method="POST", allowed=LEADS, ok=201, body=_rules),
    Route(
        name="api:scorecards-activate",
        method="POST",
        allowed=LEADS,
        hidden=NOT_BRAND,
        args=_draft,
    ),
    Route(name="api:evaluation-runs-list", allowed=SIGNED_IN),
    Route(name="api:evaluation-runs-detail", allowed=BRAND_AND_IDLE, hidden=NOT_BRAND, args=_run),
    Route(name="api:evaluation-runs-list", method="POST", allowed=LEADS, hidden=NOT_BRAND, ok=200, body=_days),
    Route(name="api:evaluations-list", allowed=SIGNED_IN),
    Route(name="api:evaluations-detail", allowed=SEERS, hidden=OUTSIDERS, args=_evaluation),
    Route(
        name="api:evaluations-contest",
        method="POST",
        allowed={OWNER},
        hidden=OUTSIDERS,
        args=_evaluation,
        body=_text,
    ),
    Route(
        name="api:evaluations-answer",
        method="POST",
        allowed=LEADS | {MANAGER},
        hidden=OUTSIDERS,
        args=_contested,
        body=_text,
    ),
    Route(name="api:complaints-list", allowed=SIGNED_IN),
    Route(name="api:complaints-detail", allowed=SEERS, hidden=OUTSIDERS, args=_complaint),
    Route(name="evaluation:evaluations", allowed=SIGNED_IN),
    Route(name="evaluation:scorecard", allowed=SEERS, hidden=OUTSIDERS, args=_evaluation),
    Route(
        name="evaluation:step",
        allowed=SEERS,
        hidden=OUTSIDERS,
        args=lambda world: {**_evaluation(world), "metric": "growth"},
    ),
    Route(name="evaluation:contest", allowed={OWNER}, hidden={STRANGER}, args=_evaluation),
    Route(
        name="evaluation:contest",
        method="POST",
        allowed={OWNER},
        hidden={STRANGER},
        ok=302,
        args=_evaluation,
        body=_text,
    ),
    Route(name="evaluation:answer", allowed=LEADS | {MANAGER}, hidden={IDLE}, args=_contested),
    Route(
        name="evaluation:answer",
        method="POST",
        allowed=LEADS | {MANAGER},
        hidden={IDLE},
        ok=302,
        args=_contested,
        body=_text,
    ),
    Route(name="evaluation:runs", allowed=BRAND_AND_IDLE),
    Route(name="evaluation:run", allowed=BRAND_AND_IDLE, args=_run),
    Route(name="evaluation:run-start", allowed=LEADS),
    Route(name="evaluation:run-start", method="POST", allowed=LEADS, ok=302, body=_typed_days),
    Route(name="evaluation:run-void", allowed=LEADS, args=_run),
    Route(name="evaluation:run-void", method="POST", allowed=LEADS, ok=302, args=_run, body=_text),
    Route(
        name="api:evaluation-runs-void", method="POST", allowed=LEADS, hidden=NOT_BRAND, args=_run, body=_void_reason
    ),
    Route(name="evaluation:cards", allowed=BRAND_AND_IDLE),
    Route(name="evaluation:card", allowed=BRAND_AND_IDLE, args=_card),
    Route(name="evaluation:card-new", allowed=LEADS),
    Route(name="evaluation:card-new", method="POST", allowed=LEADS, ok=302, body=_typed_rules),
    Route(name="evaluation:card-edit", allowed=LEADS, args=_card),
    Route(name="evaluation:card-edit", method="POST", allowed=LEADS, ok=302, args=_card, body=_typed_rules),
    Route(name="evaluation:card-activate", method="POST", allowed=LEADS, ok=302, args=_draft),
    Route(name="cases:complaints", allowed=SIGNED_IN),
    Route(name="cases:complaint", allowed=SEERS, hidden=OUTSIDERS, args=_complaint),
]
