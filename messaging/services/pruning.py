"""The log of what was sent is kept for a while, then deleted in batches that hold no lock for long."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import QuerySet

from messaging.models import Sending

BATCH: Final = 5000


def log_begins(now: datetime) -> datetime:
    """What was written before this is no longer kept."""
    return now - timedelta(days=settings.SENDING_LOG_DAYS)


def delete_in_batches(rows: Callable[[], QuerySet[Any]]) -> int:
    """Delete these by their keys, the oldest first, each batch in a transaction of its own; returns how many."""
    deleted = 0
    while ids := list(rows().order_by("pk").values_list("pk", flat=True)[:BATCH]):
        deleted += int(rows().filter(pk__in=ids).delete()[0])
    return deleted


def prune_sendings(*, now: datetime) -> int:
    """Delete what was sent, skipped or has failed before the log begins; returns how many. What waits is kept."""
    return delete_in_batches(lambda: Sending.objects.closed().filter(created_at__lt=log_begins(now)))
