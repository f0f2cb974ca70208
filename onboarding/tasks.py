"""The jobs of applications and certificates: thin, one run at a time."""

from celery import shared_task
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from core.locks import single_run
from onboarding.services import applying, certificates


@shared_task(
    acks_late=True,
    autoretry_for=(OperationalError, InterfaceError),
    max_retries=3,
    retry_backoff=2,
    retry_jitter=True,
    soft_time_limit=270,
    time_limit=300,
)
def forget_drafts() -> None:
    """Delete drafts of applicants whose link has run out."""
    with single_run("onboarding.forget_drafts") as mine:
        if mine:
            applying.forget_drafts(now=timezone.now())


@shared_task(
    acks_late=True,
    autoretry_for=(OperationalError, InterfaceError),
    max_retries=3,
    retry_backoff=2,
    retry_jitter=True,
    soft_time_limit=270,
    time_limit=300,
)
def warn_of_certificates() -> None:
    """Warn of certificates that run out; hourly, so that a day that was missed is made up for."""
    with single_run("onboarding.warn_of_certificates") as mine:
        if mine:
            certificates.warn_of_certificates(today=timezone.localdate(), now=timezone.now())
