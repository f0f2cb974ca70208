"""The orders' jobs: thin, one run at a time, tried again after a growing pause when the database goes away."""

from typing import Any

from celery import Task, shared_task
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from core.locks import single_run
from orders.fulfilment.services import receiving_by_itself
from orders.ordering.services import holds, sell_in
from orders.tracking.services import escalating, lateness
from orders.tracking.services import polling as tracking


class Job(Task[Any, Any]):
    """How every job here behaves when it fails or hangs."""

    abstract = True
    acks_late = True
    autoretry_for = (OperationalError, InterfaceError)
    max_retries = 3
    retry_backoff = 2
    retry_backoff_max = 60
    retry_jitter = True
    soft_time_limit = 270
    time_limit = 300


@shared_task(base=Job)
def fetch_tracking() -> None:
    """Ask the carriers about what is on its way."""
    with single_run("orders.fetch_tracking") as mine:
        if mine:
            tracking.fetch_tracking(now=timezone.now())


@shared_task(base=Job)
def flag_lateness() -> None:
    """Flag what is late or about to be."""
    with single_run("orders.flag_lateness") as mine:
        if mine:
            lateness.flag_lateness(now=timezone.now())


@shared_task(base=Job)
def escalate_late_orders() -> None:
    """Tell the supervisors of what has been late for days."""
    with single_run("orders.escalate_late_orders") as mine:
        if mine:
            escalating.escalate_late_orders(now=timezone.now())


@shared_task(base=Job)
def release_expired_reservations() -> None:
    """Free stock that was held too long."""
    with single_run("orders.release_expired_reservations") as mine:
        if mine:
            holds.lapse_reservations(now=timezone.now())


@shared_task(base=Job)
def count_sell_in() -> None:
    """Count anew what distributors bought in the last 91 days: a day has fallen out of it, another came in."""
    with single_run("orders.count_sell_in") as mine:
        if mine:
            sell_in.count_sell_in(today=timezone.localdate())


@shared_task(base=Job)
def receive_by_itself() -> None:
    """Receive whole what was delivered long ago, where a company has set after how many days."""
    with single_run("orders.receive_by_itself") as mine:
        if mine:
            receiving_by_itself.receive_by_itself(now=timezone.now())
