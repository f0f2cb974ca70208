"""Two directors start one run, two workers compute it: it is there once, and nobody reads an error.

The twins without the lock show that the races are real: then only the unique constraints stand, and somebody is refused.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, models

from evaluation.models import Evaluation, EvaluationRun
from evaluation.services import compute_run as computing
from evaluation.services import start_run as starting
from tests.concurrency.together import PATIENCE, failed, succeeded, together
from tests.evaluation.world import NOW, YEAR, World

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def without_lock(monkeypatch: pytest.MonkeyPatch, module: Any) -> Iterator[None]:
    """Read without FOR UPDATE, and let nobody go on before both have read."""
    seen = threading.Barrier(2)

    def read(queryset: models.QuerySet[Any], pk: int) -> Any:
        row = queryset.get(pk=pk)
        seen.wait(PATIENCE)
        return row

    with monkeypatch.context() as patch:
        patch.setattr(module, "lock_row", read)
        yield


def start(world: World) -> starting.StartedRun:
    return starting.start_run(
        scorecard_id=world.scorecard.pk, starts_on=YEAR[0], ends_on=YEAR[1], actor=world.director, now=NOW
    )


def compute(run: EvaluationRun) -> computing.RunOutcome:
    return computing.compute_run(run_id=run.pk, now=NOW, today=NOW.date())


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


def test_without_the_lock_one_of_them_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    with without_lock(monkeypatch, starting):
        results = together(lambda: start(world), lambda: start(world))
    assert [type(error) for error in failed(results)] == [IntegrityError]


def test_two_workers_compute_a_run_once(queued: tuple[World, EvaluationRun]) -> None:
    _world, run = queued
    results = together(lambda: compute(run), lambda: compute(run))
    assert sorted(result.computed for result in succeeded(results)) == [False, True]
    assert Evaluation.objects.count() == 1


def test_without_the_lock_one_worker_breaks_down(
    queued: tuple[World, EvaluationRun], monkeypatch: pytest.MonkeyPatch
) -> None:
    _world, run = queued
    with without_lock(monkeypatch, computing):
        results = together(lambda: compute(run), lambda: compute(run))
    assert [type(error) for error in failed(results)] == [IntegrityError]
    assert Evaluation.objects.count() == 1
