"""An evaluation as a job."""

from django.utils import timezone

from core.jobs import JobResult, RunningJob
from core.models import Job
from evaluation.services.compute_run import compute_run, fail_run


def work(running: RunningJob) -> JobResult:
    """Compute the run of the job. A run that is done already is left as it is."""
    outcome = compute_run(
        run_id=running.job.params["run_id"], now=timezone.now(), today=timezone.localdate(), report=running.report
    )
    return JobResult(data={"distributors": outcome.distributors, "scored": outcome.scored})


def on_failure(job: Job, _reason: str) -> None:
    """Let the same span be started again."""
    fail_run(run_id=job.params["run_id"])
