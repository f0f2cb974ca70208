"""Evaluation by Celery: thin, may be delivered twice."""

from typing import Any

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone

from core.models import Event
from evaluation.services.compute_run import begin_run, compute_run, fail_run

RETRIES = 3


@shared_task(bind=True, max_retries=RETRIES, time_limit=900, soft_time_limit=840)
def compute(self: Any, run_id: int) -> None:
    """Compute a queued run. A lost connection is tried again; any other error marks the run failed."""
    begin_run(run_id=run_id, now=timezone.now())
    try:
        compute_run(run_id=run_id, now=timezone.now(), today=timezone.localdate())
    except OperationalError as error:
        if self.request.retries < RETRIES:
            raise self.retry(exc=error, countdown=2 ** (self.request.retries + 1)) from error
        fail_run(run_id=run_id, error=str(error), now=timezone.now())
        raise
    except Exception as error:
        fail_run(run_id=run_id, error=f"{type(error).__name__}: {error}", now=timezone.now())
        raise


def send_to_worker(event: Event) -> None:
    """Outbox consumer of `evaluation.run_requested`."""
    compute.delay(event.subject_id)
