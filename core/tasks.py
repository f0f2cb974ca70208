"""Background work by Celery: thin, may be delivered twice or not at all."""

from celery import shared_task
from django.conf import settings

from core import jobs
from core.models import OutboxMessage


# Not acknowledged late: the job's lease decides who runs it again, and a lost broker must not end the work.
@shared_task(acks_late=False, soft_time_limit=settings.JOB_SECONDS + 30, time_limit=settings.JOB_SECONDS + 60)
def run_job() -> None:
    """Run one job that is due, then look for the next in a task with time limits of its own."""
    if jobs.run_job():
        run_job.delay()


def run_queued_job(_message: OutboxMessage) -> None:
    """Outbox consumer: a job was queued. The schedule would find it, too, only later."""
    run_job.delay()
