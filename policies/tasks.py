"""The job of announcements: thin, one run at a time."""

from celery import shared_task
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from core.locks import single_run
from policies.services import publishing


@shared_task(
    acks_late=True,
    autoretry_for=(OperationalError, InterfaceError),
    max_retries=3,
    retry_backoff=2,
    retry_jitter=True,
    soft_time_limit=270,
    time_limit=300,
)
def send_announcements() -> None:
    """Send what is in force to distributors that joined by an import or a change of status, and remind of the rest."""
    with single_run("policies.send_announcements") as mine:
        if mine:
            publishing.send_to_joiners(now=timezone.now())
            publishing.remind(today=timezone.localdate())
