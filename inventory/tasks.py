"""The jobs of the stock: thin, one run at a time."""

from celery import shared_task
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from core.locks import single_run
from inventory.services import back_orders


@shared_task(
    acks_late=True,
    autoretry_for=(OperationalError, InterfaceError),
    max_retries=3,
    retry_backoff=2,
    retry_jitter=True,
    soft_time_limit=270,
    time_limit=300,
)
def renew_promises() -> None:
    """Promise anew what waits: a receipt that became overdue brings nothing until it has a new date."""
    with single_run("inventory.renew_promises") as mine:
        if mine:
            back_orders.renew_promises(now=timezone.now())
