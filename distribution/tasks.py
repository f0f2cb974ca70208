"""Tasks of the project as a whole."""

import time

from celery import shared_task
from django.contrib.sessions.backends.cached_db import SessionStore
from django.core.cache import cache
from django.utils import timezone

from accounts.services.known_addresses import forget_old_addresses
from accounts.services.security_values import forget_expired_values
from accounts.services.tokens import forget_expired_tokens
from core.idempotency import forget_replies
from core.locks import single_run
from core.outbox import deliver_batch, deliver_elsewhere, fan_out, forget_delivered, waiting_elsewhere
from integration.webhooks.pruning import prune_webhook_deliveries
from messaging.selectors.sendings import channels_to_run
from messaging.services.pruning import prune_sendings
from messaging.services.sendings import give_up
from messaging.tasks import send_notifications

HEARTBEAT = "beat-heartbeat"
ELSEWHERE_SECONDS = 60


@shared_task
def beat_heartbeat() -> None:
    """Note that beat sends and a worker runs: `/readyz` and `/metrics` read the age of this."""
    cache.set(HEARTBEAT, time.time(), timeout=None)


@shared_task
def relay_outbox() -> None:
    """Fan out and deliver the messages of the outbox. Several may run at once: each takes rows that no other has.

    What goes elsewhere has a task a consumer or channel, in a queue of their own, so that a server that hangs keeps the
    others' messages from nobody.
    """
    while fan_out() + deliver_batch(now=timezone.now()):
        pass
    for consumer in waiting_elsewhere(now=timezone.now()):
        relay_elsewhere.apply_async((consumer,), expires=ELSEWHERE_SECONDS)
    for channel in channels_to_run(now=timezone.now()):
        send_notifications.apply_async((channel,), expires=ELSEWHERE_SECONDS)


@shared_task(soft_time_limit=270, time_limit=300)
def relay_elsewhere(consumer: str) -> None:
    """Deliver what waits for one consumer with an effect elsewhere: one run at a time, and not for ever."""
    until = time.monotonic() + ELSEWHERE_SECONDS
    with single_run(f"outbox.{consumer}") as mine:
        while mine and time.monotonic() < until and deliver_elsewhere(consumer, now=timezone.now(), limit=1):
            pass


@shared_task
def forget_what_is_over() -> None:
    """Delete what only grows: replies and delivered messages with their logs, tokens and sessions that expired."""
    now = timezone.now()
    with single_run("distribution.forget_what_is_over") as mine:
        if mine:
            forget_replies(now=now)
            forget_delivered(now=now)
            forget_expired_tokens(now=now)
            forget_expired_values(now=now)
            forget_old_addresses(now=now)
            give_up(now=now)
            prune_sendings(now=now)
            prune_webhook_deliveries(now=now)
            SessionStore.clear_expired()
