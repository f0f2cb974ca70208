"""The jobs of responsibilities: thin, one run at a time."""

from celery import shared_task
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from accounts.services.responsibilities.pending import finish_hand_overs as finish
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
def finish_hand_overs() -> None:
    """Pass on the open work of handovers whose day has come; every ten minutes, so that a missed day is made up for."""
    with single_run("responsibility.finish_hand_overs") as mine:
        if mine:
            finish(now=timezone.now())
