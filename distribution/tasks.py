"""Tasks of the project as a whole."""

import time

from celery import shared_task
from django.core.cache import cache

from core.outbox import deliver_batch

HEARTBEAT = "beat-heartbeat"


@shared_task
def beat_heartbeat() -> None:
    """Note that beat sends and a worker runs: `/readyz` and `/metrics` read the age of this."""
    cache.set(HEARTBEAT, time.time(), timeout=None)


@shared_task
def relay_outbox() -> None:
    """Deliver what waits in the outbox. Several may run at once: each takes rows that no other holds."""
    while deliver_batch():
        pass
