"""Long work ends: done once, or failed with its reason, whatever dies in between."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection, connections
from django.db.models.functions import Now
from django.utils import translation
from django.utils.translation import gettext

from core import jobs, leases
from core.enums import JobKind, JobStatus
from core.errors import Conflict
from core.jobs import JobPostponed, JobResult, RowError, RunningJob, enqueue_again, enqueue_job, register_job, run_job
from core.models import Job, JobRowError, OutboxMessage
from core.registry import Slot, registry
from tests.factories.accounts import DirectorFactory
from tests.factories.core import JobFactory, OutboxMessageFactory

KIND = "export"
Work = Callable[[RunningJob], JobResult]


@pytest.fixture(autouse=True)
def only_registered_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "job_works", Slot("work of the job"))


def nothing(_running: RunningJob) -> JobResult:
    return JobResult()


def queued(work: Work | None = None, *, exclusive: str = "", **more: Any) -> Job:
    register_job(KIND, work or nothing, **more)
    return enqueue_job(
        kind=KIND, title="A job", created_by=DirectorFactory.create(), params={"a": 1}, total=4, exclusive=exclusive
    )


def after(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def abandoned(job: Job, *, attempts: int = 1) -> None:
    """The process that had the job is gone, and its lease has run out."""
    Job.objects.filter(pk=job.pk).update(
        status=JobStatus.RUNNING,
        lease_owner="gone:1:x",
        lease_until=Now() - timedelta(seconds=1),
        attempts=attempts,
    )


@pytest.mark.django_db
def test_a_job_is_done_once_with_its_result() -> None:
    calls: list[Any] = []

    def work(running: RunningJob) -> JobResult:
        calls.append(running.job.params)
        return JobResult(data={"orders": 3})

    job = queued(work)
    assert run_job()
    assert not run_job(), "nothing is left to do"
    assert not run_job(job_id=job.pk)
    done = after(job)
    assert calls == [{"a": 1}]
    assert (done.status, done.result, done.percent, done.attempts) == (JobStatus.DONE, {"orders": 3}, 100, 1)
    assert (done.lease_owner, done.lease_until) == ("", None)
    assert OutboxMessage.objects.get().payload == {"job_id": job.pk}


@pytest.mark.django_db
def test_rows_that_could_not_be_taken_are_kept_with_the_reason() -> None:
    wrong = RowError(file="a.csv", row=2, column="price", reason="not a number")
    job = queued(lambda _running: JobResult(error="1 wrong row", row_errors=[wrong]))
    run_job()
    assert (after(job).status, after(job).error) == (JobStatus.FAILED, "1 wrong row")
    assert JobRowError.objects.get(job=job).reason == "not a number"
    enqueue_again(job_id=job.pk, params={"a": 2})
    assert not JobRowError.objects.exists()
    assert (after(job).status, after(job).attempts, after(job).params) == (JobStatus.QUEUED, 0, {"a": 2})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "reason"), [(Conflict("No stock."), "No stock."), (ValueError("broken"), "ValueError: broken")]
)
def test_an_error_fails_the_job_and_undoes_its_work(error: Exception, reason: str) -> None:
    """Whoever started it must read why, and half of it must not stay."""
    failures: list[str] = []

    def work(_running: RunningJob) -> JobResult:
        OutboxMessageFactory.create(topic="half of it")
        raise error

    job = queued(work, on_failure=lambda _job, why: failures.append(why))
    run_job()
    assert (after(job).status, after(job).error) == (JobStatus.FAILED, reason)
    assert failures == [reason]
    assert not OutboxMessage.objects.filter(topic="half of it").exists()


@pytest.mark.django_db
def test_a_lost_database_is_tried_again_later() -> None:
    def work(_running: RunningJob) -> JobResult:
        raise OperationalError("the server closed the connection")

    job = queued(work)
    for attempt in (1, 2):
        assert run_job()
        assert (after(job).status, after(job).attempts) == (JobStatus.QUEUED, attempt)
        assert not run_job(), "it rests for a while"
        Job.objects.update(available_at=None)
    assert run_job()
    assert (after(job).status, after(job).attempts) == (JobStatus.FAILED, 3)
    assert "the server closed the connection" in after(job).error


@pytest.mark.django_db
def test_what_cannot_be_done_now_waits_without_counting_an_attempt() -> None:
    def work(_running: RunningJob) -> JobResult:
        raise JobPostponed

    job = queued(work)
    for _number in range(5):
        assert run_job()
        Job.objects.update(available_at=None)
    assert (after(job).status, after(job).attempts) == (JobStatus.QUEUED, 0)


@pytest.mark.django_db
def test_a_job_whose_process_died_is_taken_again() -> None:
    """A power cut in the night must not leave an import running for ever."""
    job = queued()
    abandoned(job)
    assert run_job()
    assert (after(job).status, after(job).attempts) == (JobStatus.DONE, 2)


@pytest.mark.django_db
def test_a_job_that_kills_its_process_ends_after_its_attempts() -> None:
    """A file that exhausts the memory would take the worker down for ever."""
    failures: list[str] = []
    job = queued(on_failure=lambda _job, why: failures.append(why))
    abandoned(job, attempts=3)
    assert not run_job()
    assert after(job).status == JobStatus.FAILED
    assert "stopped before the job was finished, 3 times" in after(job).error
    assert failures == [after(job).error]


@pytest.mark.django_db
def test_a_lease_that_runs_is_left_alone() -> None:
    job = queued()
    Job.objects.update(status=JobStatus.RUNNING, lease_owner="other:1:x", lease_until=Now() + timedelta(seconds=5))
    assert not run_job()
    assert not run_job(job_id=job.pk)


@pytest.mark.django_db
def test_jobs_that_exclude_each_other_run_one_after_another() -> None:
    first, second = queued(exclusive="import"), queued(exclusive="import")
    other = queued()
    Job.objects.filter(pk=first.pk).update(
        status=JobStatus.RUNNING, lease_owner="other:1:x", lease_until=Now() + timedelta(seconds=60)
    )
    assert run_job()
    assert not run_job()
    assert (after(second).status, after(other).status) == (JobStatus.QUEUED, JobStatus.DONE)
    with pytest.raises(IntegrityError, match="job_one_at_a_time"):
        Job.objects.filter(pk=second.pk).update(status=JobStatus.RUNNING, lease_until=Now())


@pytest.mark.django_db
def test_a_kind_that_nobody_does_is_left() -> None:
    job = JobFactory.create(kind=JobKind.IMPORT)
    assert not run_job()
    assert after(job).status == JobStatus.QUEUED


# From here on with real connections: the lease is renewed on one of its own.


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A lease of one second, renewed four times a second."""
    monkeypatch.setattr(leases, "LEASE", timedelta(seconds=1))
    monkeypatch.setattr(jobs, "LEASE", timedelta(seconds=1))
    monkeypatch.setattr(leases, "RENEWED_EVERY", 0.25)
    yield
    connections.close_all()


def sleep_in_the_database(seconds: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s)", [seconds])


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


def in_background(work: Callable[[], object]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("quick")
def test_a_long_statement_keeps_its_lease_and_shows_its_progress() -> None:
    """An import of half an hour must not be started a second time beside itself."""

    def work(running: RunningJob) -> JobResult:
        running.report(2, 4, "orders")
        sleep_in_the_database(2.5)
        return JobResult()

    job = queued(work)
    thread = in_background(run_job)
    wait_for(lambda: after(job).done == 2)
    assert after(job).stage == "orders"
    time.sleep(1.5)
    assert not run_job(), "its lease runs, though a second and more have gone"
    thread.join()
    assert (after(job).status, after(job).attempts) == (JobStatus.DONE, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("quick")
def test_without_renewal_it_would_be_started_beside_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: the same long statement, and nobody renews the lease."""
    monkeypatch.setattr(leases, "RENEWED_EVERY", 60.0)
    started: list[int] = []

    def work(running: RunningJob) -> JobResult:
        started.append(running.job.attempts)
        sleep_in_the_database(2.0 if len(started) == 1 else 0)
        return JobResult(data={"attempt": running.job.attempts})

    job = queued(work)
    thread = in_background(run_job)
    wait_for(lambda: len(started) == 1)
    time.sleep(1.2)
    assert run_job()
    thread.join()
    assert started == [1, 2]
    assert after(job).result == {"attempt": 2}, "what lost its lease keeps nothing"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("quick")
def test_whoever_lost_the_lease_keeps_nothing() -> None:
    """A process that was stopped for a minute must not write over the one that took its job."""

    def work(_running: RunningJob) -> JobResult:
        OutboxMessageFactory.create(topic="of the first")
        taken = threading.Event()

        def take() -> None:
            Job.objects.update(lease_owner="other:1:x", lease_until=Now() + timedelta(seconds=60))
            taken.set()

        in_background(take).join()
        sleep_in_the_database(20)
        return JobResult()

    job = queued(work)
    began = time.monotonic()
    assert run_job()
    assert time.monotonic() - began < 10, "the statement was cancelled"
    assert (after(job).status, after(job).lease_owner) == (JobStatus.RUNNING, "other:1:x")
    assert not OutboxMessage.objects.filter(topic="of the first").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("quick")
def test_a_job_that_takes_too_long_is_stopped_and_says_so(settings: Any) -> None:
    """Without an end it would hold its process for ever."""
    settings.JOB_SECONDS = 1
    job = queued(lambda _running: sleep_in_the_database(20))  # type: ignore[return-value]  # it never returns
    assert run_job()
    assert after(job).status == JobStatus.FAILED
    assert "the maximum running time of a job" in after(job).error


@pytest.mark.django_db(transaction=True)
def test_many_workers_take_each_job_once() -> None:
    calls: list[int] = []

    def work(running: RunningJob) -> JobResult:
        calls.append(running.job.pk)
        return JobResult()

    made = [queued(work, exclusive="import" if number % 2 else "") for number in range(8)]

    def run_all() -> None:
        while Job.objects.filter(status=JobStatus.QUEUED).exists():
            run_job()

    for thread in [in_background(run_all) for _number in range(4)]:
        thread.join()
    assert sorted(calls) == [job.pk for job in made]
    assert set(Job.objects.values_list("status", flat=True)) == {JobStatus.DONE}


def test_the_title_is_in_the_language_of_the_reader() -> None:
    """A Chinese administrator would read what a colleague started in English, and the other way round."""
    named = {"text": "Evaluation %(starts)s – %(ends)s", "starts": "2026-01-01", "ends": "2026-06-30"}
    job = Job(title="Evaluation 2026-01-01 – 2026-06-30", params={"title": named})
    assert str(job) == "Evaluation 2026-01-01 – 2026-06-30"
    with translation.override("zh-hans"):
        assert str(job) == gettext("Evaluation %(starts)s – %(ends)s") % named != job.title
    assert str(Job(title="50% off.csv", params={"dry_run": True})) == "50% off.csv"
