"""The jobs of planning: thin, one run at a time."""

from celery import shared_task
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from core.locks import single_run
from planning.services import landings
from planning.services.prune_landings import prune_landings as prune


@shared_task(
    acks_late=True,
    autoretry_for=(OperationalError, InterfaceError),
    max_retries=3,
    retry_backoff=2,
    retry_jitter=True,
    soft_time_limit=270,
    time_limit=300,
)
def keep_landings() -> None:
    """Forecast where the business year lands, as of today."""
    with single_run("planning.keep_landings") as mine:
        if mine:
            landings.keep_landings(today=timezone.localdate())


@shared_task(
    acks_late=True,
    autoretry_for=(OperationalError, InterfaceError),
    max_retries=3,
    retry_backoff=2,
    retry_jitter=True,
    soft_time_limit=270,
    time_limit=300,
)
def prune_landings() -> None:
    """Judge the years that are over, and delete the daily landings that nobody reads any more."""
    with single_run("planning.keep_landings") as mine:  # the name of the one that writes them
        if mine:
            landings.judge_landings(today=timezone.localdate())
            prune(today=timezone.localdate())
