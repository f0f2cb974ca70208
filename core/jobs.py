"""Long work as a row: queued, taken under a lease, finished in the transaction of its work, or failed with its reason.

The database alone knows what is to be done. Celery and Redis only say that it is time to look: `run_job` takes whatever
is queued or was left behind by a process that died. An app registers who does the work of a kind of job.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone, translation
from django.utils.translation import ngettext

from core.enums import JobStatus
from core.errors import DomainError
from core.leases import LEASE, LeaseKeeper, owner_name
from core.models import Job, JobRowError
from core.outbox import publish, retry_delay
from core.registry import registry

QUEUED_TOPIC = "job.queued"
AT_REST = frozenset({JobStatus.DONE, JobStatus.FAILED})
POSTPONED_FOR = timedelta(seconds=10)
log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class RowError:
    """A rejected row of a file, and why."""

    file: str
    row: int
    column: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class JobResult:
    """How a job ended. With an `error` it has failed; what its work wrote is kept all the same."""

    data: Mapping[str, Any] = field(default_factory=dict)
    row_errors: Sequence[RowError] = ()
    error: str = ""


class JobPostponed(Exception):
    """Raised by work that cannot be done now: the job is queued again and this attempt is not counted."""


class _LeaseLost(Exception):
    """Somebody else has the job: nothing of this attempt may be kept."""


@dataclass(frozen=True)
class RunningJob:
    """A job under a lease, as its work sees it."""

    job: Job
    keeper: LeaseKeeper

    def report(self, done: int, total: int, stage: str = "") -> None:
        """Show the progress. Other writes become visible only at the end."""
        self.keeper.report(done=done, total=total, stage=stage)

    def keep_file(self, name: str, content: bytes) -> None:
        """Give the job the file that it made, to be fetched from its page."""
        self.job.file.save(name, ContentFile(content), save=False)
        self.job.save(update_fields=["file"])


Work = Callable[[RunningJob], JobResult]
OnFailure = Callable[[Job, str], None]


@dataclass(frozen=True)
class JobWork:
    """Who does the work of a kind of job, and who is called where it has failed."""

    work: Work
    on_failure: OnFailure | None


# Jobs with the same value of `exclusive` run one after another; a unique constraint stands behind it.
_TAKE = """
UPDATE core_job SET status = 'running', lease_owner = %(owner)s, lease_until = clock_timestamp() + %(lease)s,
    attempts = attempts + 1, started_at = %(now)s, finished_at = NULL, done = 0, stage = '', error = ''
WHERE id = (
    SELECT job.id FROM core_job AS job
    WHERE (%(job)s IS NULL OR job.id = %(job)s) AND job.kind = ANY(%(kinds)s) AND job.attempts < job.max_attempts
      AND ((job.status = 'queued' AND (job.available_at IS NULL OR job.available_at <= clock_timestamp()))
           OR (job.status = 'running' AND job.lease_until < clock_timestamp()))
      AND NOT EXISTS (
          SELECT 1 FROM core_job AS other
          WHERE job.exclusive <> '' AND other.exclusive = job.exclusive AND other.status = 'running'
            AND other.id <> job.id
      )
    ORDER BY job.created_at, job.id
    LIMIT 1
    FOR UPDATE SKIP LOCKED
)
RETURNING id
"""


def register_job(kind: str, work: Work, *, on_failure: OnFailure | None = None) -> None:
    """Name who does the work of a kind of job, in one transaction with the mark that it is done.

    `on_failure` is called in the transaction that marks a job as failed without a result. Called from AppConfig.ready.
    """
    registry.job_works.add(str(kind), JobWork(work, on_failure))


def enqueue_job(
    *,
    kind: str,
    title: str,
    created_by: Any,
    params: Mapping[str, Any],
    total: int = 0,
    exclusive: str = "",
    file: File[Any] | None = None,
) -> Job:
    """Queue a job. Before: inside the transaction that asks for it. No two jobs of one `exclusive` run at once."""
    job = Job(
        kind=kind, title=title[:200], created_by=created_by, params=dict(params), total=total, exclusive=exclusive
    )
    if file is not None:
        job.file.save(str(file.name), file, save=False)
    job.save()
    publish(topic=QUEUED_TOPIC, payload={"job_id": job.pk})
    return job


def enqueue_again(*, job_id: int, params: Mapping[str, Any]) -> None:
    """Queue a job that is done or failed once more, with other parameters. Before: its row is locked and at rest."""
    JobRowError.objects.filter(job_id=job_id).delete()
    Job.objects.filter(pk=job_id, status__in=AT_REST).update(
        params=dict(params), status=JobStatus.QUEUED, attempts=0, available_at=None, done=0, total=0, stage="", error="",
        result={}, started_at=None, finished_at=None,
    )  # fmt: skip
    publish(topic=QUEUED_TOPIC, payload={"job_id": job_id})


def run_job(*, job_id: int | None = None) -> bool:
    """Take the oldest job that is due (or `job_id` where it is due), do its work, and note how it ended.

    Due is what is queued, and what is running under a lease that has run out. Returns whether there was one. What the
    work wrote and the mark that it is done are one transaction; where the lease was lost, nothing is kept. A lost
    database is tried again after a growing pause; any other error fails the job at once.
    """
    _give_up()
    owner = owner_name()
    pk = _take(owner, job_id)
    if pk is None:
        return False
    job = Job.objects.select_related("created_by").get(pk=pk)
    keeper = LeaseKeeper(job_id=pk, owner=owner, seconds=settings.JOB_SECONDS)
    with translation.override(_language(job)):  # reasons are stored, so they are in the language of their reader
        try:
            with keeper, transaction.atomic():
                _notification_a_dead_client()
                _finish(job, owner, registry.job_works[job.kind].work(RunningJob(job, keeper)))
        except Exception as error:  # noqa: BLE001 - whatever the work raises ends this attempt and no other job
            _settle(job, keeper, error)
    return True


def _take(owner: str, job_id: int | None) -> int | None:
    values: dict[str, Any] = {
        "owner": owner, "lease": LEASE, "job": job_id, "kinds": sorted(registry.job_works.keys()), "now": timezone.now(),
    }  # fmt: skip
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_TAKE, values)
            row = cursor.fetchone()
    except IntegrityError:  # another job of its `exclusive` was taken at this very moment
        return None
    return row[0] if row else None


def _notification_a_dead_client() -> None:
    """Have the database end this transaction soon after this process dies, so that its locks do not outlive it."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL client_connection_check_interval = '2s'")


def _finish(job: Job, owner: str, result: JobResult) -> None:
    kept = Job.objects.filter(pk=job.pk, lease_owner=owner, status=JobStatus.RUNNING).update(
        status=JobStatus.FAILED if result.error else JobStatus.DONE,
        done=F("total"),
        error=result.error,
        result=dict(result.data),
        **_at_rest(),
    )
    if not kept:
        raise _LeaseLost
    JobRowError.objects.bulk_create(
        JobRowError(job=job, file=row.file[:200], row=row.row, column=row.column[:200], reason=row.reason)
        for row in result.row_errors
    )


def _at_rest() -> dict[str, Any]:
    return {"lease_owner": "", "lease_until": None, "stage": "", "finished_at": timezone.now()}


def _settle(job: Job, keeper: LeaseKeeper, error: Exception) -> None:
    """What becomes of the job after its work raised: tried again, postponed, or failed with its reason."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
    if keeper.is_lost or isinstance(error, _LeaseLost):
        log.warning("job_lease_lost", job=job.pk, owner=keeper.owner)
    elif keeper.is_over_time:
        _fail(job.pk, keeper.owner, _over_time())
    elif isinstance(error, JobPostponed):
        _queue_again(job.pk, keeper.owner, POSTPONED_FOR, attempts=F("attempts") - 1)
    elif isinstance(error, OperationalError | InterfaceError) and job.attempts < job.max_attempts:
        log.warning("job_tried_again", job=job.pk, error=str(error))
        _queue_again(job.pk, keeper.owner, retry_delay(job.attempts))
    elif isinstance(error, DomainError):
        _fail(job.pk, keeper.owner, str(error))
    else:
        log.error("job_failed", job=job.pk, exc_info=error)
        _fail(job.pk, keeper.owner, f"{type(error).__name__}: {error}")


def _over_time() -> str:
    minutes = max(1, settings.JOB_SECONDS // 60)
    return ngettext(
        "Stopped after %(minutes)d minute, the maximum running time of a job.",
        "Stopped after %(minutes)d minutes, the maximum running time of a job.",
        minutes,
    ) % {"minutes": minutes}


def _queue_again(job_id: int, owner: str, delay: timedelta, **changes: Any) -> None:
    Job.objects.filter(pk=job_id, lease_owner=owner).update(
        status=JobStatus.QUEUED, lease_owner="", lease_until=None, available_at=Now() + delay, stage="", **changes
    )


def _fail(job_id: int, owner: str, reason: str) -> None:
    """Mark the job failed and let its app undo what waits for it, where `owner` still has it."""
    with transaction.atomic():
        job = Job.objects.select_for_update(of=("self",)).filter(pk=job_id, lease_owner=owner).first()
        if job is None or job.status != JobStatus.RUNNING:
            return
        Job.objects.filter(pk=job_id).update(status=JobStatus.FAILED, error=reason, **_at_rest())
        on_failure = registry.job_works[job.kind].on_failure
        if on_failure is not None:
            on_failure(job, reason)


def _give_up() -> None:
    """Fail the jobs whose lease has run out as often as they may be tried."""
    left = Job.objects.filter(status=JobStatus.RUNNING, lease_until__lt=Now(), attempts__gte=F("max_attempts"))
    for job in left.filter(kind__in=registry.job_works.keys()).select_related("created_by"):
        with translation.override(_language(job)):
            _fail(job.pk, job.lease_owner, _interrupted(job.attempts))


def _interrupted(times: int) -> str:
    return ngettext(
        "The worker stopped before the job was finished, %(times)d time. Start it again.",
        "The worker stopped before the job was finished, %(times)d times. Start it again.",
        times,
    ) % {"times": times}


def _language(job: Job) -> str:
    return str(getattr(job.created_by, "language", "") or settings.LANGUAGE_CODE)
