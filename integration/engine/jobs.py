"""An import from the browser: uploaded, checked by a worker, looked at, then taken."""

import io
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.enums import JobKind, JobStatus
from core.errors import Conflict, DomainError
from core.locks import lock_row
from core.models import Job, JobRowError
from core.outbox import publish
from core.rules import require
from integration.engine.outcome import Outcome, merge_rows, write_wrong_rows
from integration.engine.profile import load_profile, parse_profile
from integration.engine.run import check_profile, import_folder
from integration.engine.uploads import PROFILE, corrections_of, pack, unpacked, wrong_rows_name
from integration.enums import ImportEvent
from integration.permissions import can_import

KEPT_ERRORS = 5_000
_AT_REST = frozenset({JobStatus.DONE, JobStatus.FAILED})


@transaction.atomic
def upload_import(*, profile_text: str, files: Sequence[File[Any]], actor: Any) -> Job:
    """Keep the uploaded files with a new job and have a worker check them; nothing is written to other tables.

    Raises NotAllowed, ProfileError, InvalidInput (`files`: doubles, too much).
    """
    require(can_import(actor))
    profile = parse_profile(profile_text)
    check_profile(profile)
    job = Job(kind=JobKind.IMPORT, title=profile.name or _("Import"), created_by=actor, params={"dry_run": True})
    with pack(profile_text, files) as packed:
        job.file.save("import.zip", File(packed), save=True)
    publish(topic=ImportEvent.REQUESTED, payload={"job_id": job.pk})
    return job


@transaction.atomic
def start_import(*, job_id: int, actor: Any, dry_run: bool, corrected: File[Any] | None = None) -> Job:
    """Have a worker check the job's files again, or take them.

    `corrected` rows replace those of the files from now on, beside the rows that were mended before.

    Raises NotAllowed, NotVisible, Conflict while the job is at work or after its files were taken.
    """
    require(can_import(actor))
    job = lock_row(Job.objects.visible_to(actor).filter(kind=JobKind.IMPORT), job_id)
    if job.status not in _AT_REST:
        raise Conflict(_("This import is at work."), code="wrong_state")
    if job.result.get("written"):
        raise Conflict(_("These files were taken already."), code="wrong_state")
    params = {**job.params, "dry_run": dry_run}
    if corrected is not None:
        stored = default_storage.save(f"jobs/imports/{job.pk}/corrected.csv", corrected)
        params["corrected"] = [*params.get("corrected", []), stored]
    job.row_errors.all().delete()
    Job.objects.filter(pk=job.pk).update(
        params=params, status=JobStatus.QUEUED, done=0, total=0, stage="", error="", result={}, started_at=None
    )
    publish(topic=ImportEvent.REQUESTED, payload={"job_id": job.pk})
    return job


def perform_import(*, job_id: int) -> None:
    """The worker's part: check or take the files of a queued job and note the result. A second delivery does nothing."""
    taken = Job.objects.filter(pk=job_id, status=JobStatus.QUEUED).update(
        status=JobStatus.RUNNING, started_at=timezone.now()
    )
    if not taken:
        return
    job = Job.objects.select_related("created_by").get(pk=job_id)
    language = job.created_by.language if job.created_by else settings.LANGUAGE_CODE
    with translation.override(language):  # reasons are stored, so they are written as their reader reads
        _perform(job)


def _perform(job: Job) -> None:
    try:
        outcome = _work(job)
    except DomainError as error:
        _finish(job, JobStatus.FAILED, error=str(error))
    except Exception as error:
        _finish(job, JobStatus.FAILED, error=f"{type(error).__name__}: {error}")
        raise
    else:
        _note(job, outcome)


def _work(job: Job) -> Outcome:
    with unpacked(job) as folder:
        return import_folder(
            profile=load_profile(folder / PROFILE),
            folder=folder,
            actor_id=job.created_by_id,
            dry_run=bool(job.params.get("dry_run", True)),
            corrected=corrections_of(job),
            job_id=job.pk,
            progress=_progress_of(job.pk),
        )


def _progress_of(job_id: int) -> Callable[[int, int, str], None]:
    """Writes progress over a connection of its own: what happens inside the import's transaction nobody sees."""

    def tell(done: int, total: int, stage: str) -> None:
        apart = connection.copy()
        try:
            with apart.cursor() as cursor:
                cursor.execute("SET lock_timeout = '1s'")
                cursor.execute(
                    "UPDATE core_job SET done = %s, total = %s, stage = %s WHERE id = %s", [done, total, stage, job_id]
                )
        finally:
            apart.close()

    return tell


@transaction.atomic
def _note(job: Job, outcome: Outcome) -> None:
    JobRowError.objects.bulk_create(
        JobRowError(job=job, file=row.file, row=row.row, column=row.column[:200], reason=row.reason)
        for row in merge_rows(outcome.wrong)[:KEPT_ERRORS]
    )
    if outcome.wrong:
        stream = io.StringIO()
        write_wrong_rows(stream, outcome.wrong)
        default_storage.delete(wrong_rows_name(job.pk))
        default_storage.save(wrong_rows_name(job.pk), ContentFile(stream.getvalue().encode()))
    error = "" if outcome.is_clean else _("%(count)s wrong rows. Nothing was written.") % {"count": outcome.wrong_count}
    _finish(job, JobStatus.DONE if outcome.is_clean else JobStatus.FAILED, error=error, outcome=outcome)


def _finish(job: Job, status: JobStatus, *, error: str = "", outcome: Outcome | None = None) -> None:
    result = outcome.as_json() | {"samples": [vars(sample) for sample in outcome.samples]} if outcome else {}
    Job.objects.filter(pk=job.pk).update(
        status=status, finished_at=timezone.now(), error=error, result=result, stage=""
    )
