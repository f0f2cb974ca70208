"""The job of agreements: thin, one run at a time."""

from celery import shared_task
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from channel.services import calendar
from core.locks import single_run


@shared_task(
    acks_late=True,
    autoretry_for=(OperationalError, InterfaceError),
    max_retries=3,
    retry_backoff=2,
    retry_jitter=True,
    soft_time_limit=270,
    time_limit=300,
)
def move_agreements() -> None:
    """Bring agreements to where their dates put them today; hourly, so that a day that was missed is made up for."""
    with single_run("channel.move_agreements") as mine:
        if mine:
            calendar.move_agreements(today=timezone.localdate())
