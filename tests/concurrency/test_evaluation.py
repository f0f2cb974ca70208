"""Two directors start one run, two workers compute it: it is there once, and nobody reads an error.

The twins without the lock show that the races are real: then only the unique constraints stand, and somebody is refused.
"""

from datetime import date

import pytest
from django.db import IntegrityError

from evaluation.models import Evaluation, EvaluationRun, Scorecard
from evaluation.services.runs import RunOutcome, StartedRun, compute_run, start_run
from tests.concurrency.together import Unlocked, failed, succeeded, together
from tests.evaluation.world import NOW, YEAR, World

pytestmark = pytest.mark.django_db(transaction=True)


def start(world: World) -> StartedRun:
    return start_run(scorecard_id=world.scorecard.pk, starts_on=YEAR[0], ends_on=YEAR[1], actor=world.director, now=NOW)


def compute(run: EvaluationRun) -> RunOutcome:
    return compute_run(run_id=run.pk, now=NOW, today=NOW.date())


@pytest.fixture
def queued() -> tuple[World, EvaluationRun]:
    world = World()
    world.sold(world.distributor("A"), date(2025, 1, 1), "100")
    return world, start(world).run


def test_two_directors_start_one_run() -> None:
    world = World()
    results = together(lambda: start(world), lambda: start(world))
    assert sorted(result.created for result in succeeded(results)) == [False, True]
    assert EvaluationRun.objects.count() == 1


def test_without_the_lock_one_of_them_is_refused() -> None:
    world = World()
    results = together(lambda: start(world), lambda: start(world), previous_period=Unlocked(Scorecard))
    assert [type(error) for error in failed(results)] == [IntegrityError]


def test_two_workers_compute_a_run_once(queued: tuple[World, EvaluationRun]) -> None:
    _world, run = queued
    results = together(lambda: compute(run), lambda: compute(run))
    assert sorted(result.computed for result in succeeded(results)) == [False, True]
    assert Evaluation.objects.count() == 1


def test_without_the_lock_one_worker_breaks_down(queued: tuple[World, EvaluationRun]) -> None:
    _world, run = queued
    results = together(lambda: compute(run), lambda: compute(run), previous_period=Unlocked(EvaluationRun))
    assert [type(error) for error in failed(results)] == [IntegrityError]
    assert Evaluation.objects.count() == 1
