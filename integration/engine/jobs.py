"""An import from the browser: uploaded, checked by a worker, reviewed, then imported."""

import io
from collections.abc import Sequence
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.enums import JobKind
from core.errors import Conflict
from core.jobs import AT_REST, JobPostponed, JobResult, RowError, RunningJob, enqueue_again, enqueue_job
from core.locks import lock_row
from core.models import Job
from core.permissions import require
from integration.engine.outcome import Outcome, merge_rows, write_wrong_rows
from integration.engine.profile import load_profile, parse_profile
from integration.engine.run import check_profile, import_folder
from integration.engine.uploads import PROFILE, corrections_of, pack, unpacked, wrong_rows_name
from integration.errors import ImportRuns
from integration.permissions import can_import

KEPT_ERRORS = 5_000


@transaction.atomic
def upload_import(*, profile_text: str, files: Sequence[File[Any]], actor: Actor) -> Job:
    """Keep the uploaded files with a new job and have a worker check them; nothing is written to other tables.

    Raises NotAllowed, ProfileError, InvalidInput (`files`: doubles, too much).
    """
    require(can_import(actor))
    profile = parse_profile(profile_text)
    check_profile(profile)
    with pack(profile_text, files) as packed:
        return enqueue_job(
            kind=JobKind.IMPORT,
            title=profile.name or _("Import"),
            created_by=actor,
            params={"dry_run": True},
            exclusive="import",
            file=File(packed, name="import.zip"),
        )


@transaction.atomic
def start_import(
    *,
    job_id: int,
    actor: Actor,
    dry_run: bool,
    corrected: File[Any] | None = None,
    left_out: tuple[str, int] | None = None,
) -> Job:
    """Have a worker check the job's files again, or take them.

    `corrected` rows replace those of the files from now on, beside the rows that were corrected before; `left_out` is the
    file and the number of a row that is not to be taken.

    Raises NotAllowed, NotVisible, Conflict while the job is at work or after its files were taken.
    """
    require(can_import(actor))
    job = lock_row(Job.objects.visible_to(actor).filter(kind=JobKind.IMPORT), job_id)
    if job.status not in AT_REST:
        raise Conflict(_("This import is already running."), code="wrong_state")
    if job.result.get("written"):
        raise Conflict(_("These files were already imported."), code="wrong_state")
    params = {**job.params, "dry_run": dry_run}
    if corrected is not None:
        stored = default_storage.save(f"jobs/imports/{job.pk}/corrected.csv", corrected)
        params["corrected"] = [*params.get("corrected", []), stored]
    if left_out is not None:
        params["left_out"] = [*params.get("left_out", []), list(left_out)]
    enqueue_again(job_id=job.pk, params=params)
    return job


def perform_import(running: RunningJob) -> JobResult:
    """The worker's part: check or take the files of a job. Waits its turn while an import from elsewhere is at work."""
    job = running.job
    try:
        outcome = _work(running)
    except ImportRuns as error:
        raise JobPostponed from error
    _keep_wrong_rows(job, outcome)
    reason = (
        ""
        if outcome.is_clean
        else _("%(count)s rows with errors. Nothing was written.") % {"count": outcome.wrong_count}
    )
    return JobResult(
        data=outcome.as_json() | {"samples": [vars(sample) for sample in outcome.samples]},
        row_errors=[
            RowError(file=row.file, row=row.row, column=row.column, reason=row.reason)
            for row in merge_rows(outcome.wrong)[:KEPT_ERRORS]
        ],
        error=reason,
    )


def _work(running: RunningJob) -> Outcome:
    job = running.job
    with unpacked(job) as folder:
        return import_folder(
            profile=load_profile(folder / PROFILE),
            folder=folder,
            actor_id=job.created_by_id,
            dry_run=bool(job.params.get("dry_run", True)),
            corrected=corrections_of(job),
            job_id=job.pk,
            progress=running.report,
        )


def _keep_wrong_rows(job: Job, outcome: Outcome) -> None:
    if outcome.wrong:
        stream = io.StringIO()
        write_wrong_rows(stream, outcome.wrong)
        default_storage.delete(wrong_rows_name(job.pk))
        default_storage.save(wrong_rows_name(job.pk), ContentFile(stream.getvalue().encode()))
