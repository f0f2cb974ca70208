"""The jobs of webhooks: thin, one run at a time."""

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from core.locks import single_run
from integration.webhooks.sending import collect_events


@shared_task(soft_time_limit=110, time_limit=120)
def collect_webhook_events() -> None:
    """Hand what is new in the feed to the outbox, for each system that subscribed to it."""
    with single_run("integration.collect_webhook_events") as mine:
        more = mine
        while more:
            with transaction.atomic():
                more = bool(collect_events(now=timezone.now()))
