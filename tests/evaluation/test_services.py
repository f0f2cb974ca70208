"""Starting runs, writing scorecards, contesting."""

import threading
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from core.errors import Conflict, DomainError, InvalidInput, NotAllowed, NotVisible
from core.jobs import run_job
from core.models import Event, Job, OutboxMessage
from core.outbox import relay
from evaluation.enums import RunStatus, ScorecardStatus
from evaluation.models import Evaluation, EvaluationRun, Scorecard
from evaluation.services.objections import answer_contest, contest_evaluation
from evaluation.services.runs import StartedRun, fail_run, start_run
from evaluation.services.scorecards import CriterionInput, GradeInput, activate_scorecard, save_scorecard
from messaging.models import Notification
from messaging.services.notifications import notify
from tests.evaluation.world import NOW, YEAR, World
from tests.factories.accounts import (
    BuyerFactory,
    DirectorFactory,
    DistributorFactory,
    ManagerFactory,
    OwnerFactory,
    ResponsibilityFactory,
)
from tests.factories.evaluation import EvaluationFactory, EvaluationRunFactory

CRITERIA = [CriterionInput(metric="growth", weight=Decimal(60), floor=Decimal("-0.1"), target=Decimal("0.3"))]
GRADES = [GradeInput(name="B", least=Decimal(0)), GradeInput(name="A", least=Decimal(80))]


def save(actor: Any, **changed: Any) -> Scorecard:
    fields = {"code": "yearly", "name": "Yearly", "name_zh": "年度", "criteria": CRITERIA, "grades": GRADES, **changed}
    return save_scorecard(actor=actor, **fields)


def start(world: World, **changed: Any) -> StartedRun:
    fields = {
        "scorecard_id": world.scorecard.pk,
        "starts_on": YEAR[0],
        "ends_on": YEAR[1],
        "actor": world.director,
        "now": NOW,
        **changed,
    }
    return start_run(**fields)


def test_the_same_span_is_evaluated_once(world: World) -> None:
    """Two clicks would make two runs with two rankings."""
    first, second = start(world), start(world)
    assert (first.created, second.created) == (True, False)
    assert (second.run, second.job) == (first.run, first.job)
    assert OutboxMessage.objects.filter(topic="evaluation.run_requested").count() == 1


def test_a_failed_run_can_be_started_again(world: World) -> None:
    """A breakdown would block the evaluation of that year for ever."""
    failed = start(world)
    fail_run(run_id=failed.run.pk)
    assert start(world).created


@pytest.mark.parametrize("days", [(date(2025, 1, 2), date(2025, 12, 31)), (date(2031, 1, 1), date(2031, 1, 31))])
def test_a_run_covers_whole_periods(world: World, days: tuple[date, date]) -> None:
    """Half a month would be compared with the plan of a whole one."""
    with pytest.raises(InvalidInput):
        start(world, starts_on=days[0], ends_on=days[1])


def test_only_a_director_starts_a_run_and_only_with_rules_in_force(world: World) -> None:
    """Anybody could publish grades."""
    with pytest.raises(NotAllowed):
        start(world, actor=ManagerFactory.create())
    with pytest.raises(NotAllowed):
        start(world, actor=OwnerFactory.create())
    Scorecard.objects.update(status=ScorecardStatus.RETIRED)
    with pytest.raises(Conflict):
        start(world)
    assert not EvaluationRun.objects.exists()


def test_the_outbox_hands_the_run_to_the_worker_and_the_worker_computes_it(world: World, settings: Any) -> None:
    """A run would stay queued for ever."""
    from distribution.celery import app

    world.sold(world.distributor("A"), date(2025, 1, 1), "100")
    started = start(world)
    app.conf.task_always_eager = True
    try:
        relay()
    finally:
        app.conf.task_always_eager = False
    assert EvaluationRun.objects.get(pk=started.run.pk).status == RunStatus.DONE
    assert Job.objects.get(pk=started.job.pk).status == "done"


def test_a_breakdown_is_shown_on_the_run_and_the_job(world: World) -> None:
    """The page would say queued while nothing happens."""
    started = start(world)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE evaluation_criterionscore ADD CONSTRAINT broken CHECK (weight < 0)")
    world.sold(world.distributor("A"), date(2025, 1, 1), "100")
    assert run_job(job_id=started.job.pk)
    assert EvaluationRun.objects.get(pk=started.run.pk).status == RunStatus.FAILED
    assert "broken" in Job.objects.get(pk=started.job.pk).error
    assert not Evaluation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_run() -> None:
    """Two directors clicking together would get two rankings, or an error page."""
    world = World()
    barrier = threading.Barrier(2)
    results: list[Any] = []

    def click() -> None:
        barrier.wait()
        try:
            results.append(start(world))
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.created for one in results) == [False, True]
    assert EvaluationRun.objects.count() == Job.objects.count() == 1


@pytest.mark.django_db
def test_a_used_version_is_never_changed() -> None:
    """A grade would be explained by rules it was not made with."""
    director = DirectorFactory.create()
    first = activate_scorecard(scorecard_id=save(director).pk, actor=director)
    EvaluationRunFactory.create(scorecard=first)
    second = save(director, name="Yearly, stricter")
    third = save(director, name="Yearly, stricter still")
    assert (first.version, second.version, third.pk) == (1, 2, second.pk)
    activate_scorecard(scorecard_id=second.pk, actor=director)
    assert list(Scorecard.objects.order_by("version").values_list("name", "status")) == [
        ("Yearly", "retired"),
        ("Yearly, stricter still", "active"),
    ]
    with pytest.raises(Conflict):
        activate_scorecard(scorecard_id=first.pk, actor=director)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"criteria": []}, "criteria"),
        ({"criteria": [*CRITERIA, *CRITERIA]}, "criteria.1.metric"),
        (
            {"criteria": [CriterionInput(metric="x", weight=Decimal(1), floor=Decimal(0), target=Decimal(1))]},
            "criteria.0.metric",
        ),
        (
            {"criteria": [CriterionInput(metric="growth", weight=Decimal(0), floor=Decimal(0), target=Decimal(1))]},
            "criteria.0.weight",
        ),
        (
            {"criteria": [CriterionInput(metric="growth", weight=Decimal(1), floor=Decimal(1), target=Decimal(1))]},
            "criteria.0.target",
        ),
        ({"grades": []}, "grades"),
        ({"grades": [GradeInput(name="A", least=Decimal(50))]}, "grades"),
        ({"grades": [GradeInput(name="", least=Decimal(0))]}, "grades.0.name"),
        ({"name": " "}, "name"),
    ],
)
def test_rules_that_make_no_sense_are_refused_beside_their_field(changed: dict[str, Any], field: str) -> None:
    """A scorecard would fail in the middle of a run."""
    with pytest.raises(InvalidInput) as refused:
        save(DirectorFactory.create(), **changed)
    assert field in {problem.field for problem in refused.value.problems}
    assert not Scorecard.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("verb", [save, lambda actor: activate_scorecard(scorecard_id=1, actor=actor)])
def test_a_manager_makes_no_rules(verb: Callable[[Any], Any]) -> None:
    """Whoever is graded by the rules could write them."""
    with pytest.raises(NotAllowed):
        verb(ManagerFactory.create())


def contest(evaluation: Evaluation, actor: Any, text: str = "The carrier was late, not we.") -> Evaluation:
    return contest_evaluation(evaluation_id=evaluation.pk, text=text, actor=actor, now=NOW)


@pytest.mark.django_db
def test_an_owner_contests_and_the_manager_answers() -> None:
    """An objection would reach nobody."""
    evaluation = EvaluationFactory.create()
    owner = OwnerFactory.create(distributor=evaluation.distributor)
    held = ResponsibilityFactory.create(distributor=evaluation.distributor)
    ResponsibilityFactory.create(distributor=evaluation.distributor, user=held.user)
    contest(evaluation, owner)
    notify([Event.objects.get(kind="evaluation.contested")])
    assert list(Notification.objects.values_list("recipient", "kind", "level")) == [
        (held.user_id, "evaluation.contested", "action")
    ]
    answered = answer_contest(evaluation_id=evaluation.pk, text="Checked: you are right.", actor=held.user, now=NOW)
    assert answered.answer == "Checked: you are right."
    notify([Event.objects.get(kind="evaluation.contest_answered")])
    assert Notification.objects.get(recipient=owner).kind == "evaluation.contest_answered"
    assert answered.score == evaluation.score
    with pytest.raises(Conflict):
        contest(evaluation, owner)
    with pytest.raises(Conflict):
        answer_contest(evaluation_id=evaluation.pk, text="Again.", actor=held.user, now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        (lambda evaluation: OwnerFactory.create(distributor=DistributorFactory.create()), NotVisible),
        (lambda evaluation: BuyerFactory.create(distributor=evaluation.distributor), NotAllowed),
        (lambda evaluation: DirectorFactory.create(), NotAllowed),
        (lambda evaluation: ManagerFactory.create(), NotVisible),
    ],
)
def test_nobody_else_contests(who: Callable[[Evaluation], Any], refusal: type[DomainError]) -> None:
    """Somebody could speak in a distributor's name."""
    evaluation = EvaluationFactory.create()
    with pytest.raises(refusal):
        contest(evaluation, who(evaluation))
    assert Evaluation.objects.get().contested_at is None


@pytest.mark.django_db
def test_the_owner_of_a_network_sees_a_sub_distributor_but_does_not_contest_for_it() -> None:
    """A parent could object in its sub-distributor's name."""
    owner = OwnerFactory.create(distributor=DistributorFactory.create())
    evaluation = EvaluationFactory.create(distributor=DistributorFactory.create(parent=owner.distributor))
    with pytest.raises(NotAllowed):
        contest(evaluation, owner)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["  ", "x" * 4001])
def test_an_objection_says_something(text: str) -> None:
    """A manager would get an empty objection."""
    evaluation = EvaluationFactory.create()
    with pytest.raises(InvalidInput):
        contest(evaluation, OwnerFactory.create(distributor=evaluation.distributor), text)
