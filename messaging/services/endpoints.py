"""Servers that do not answer are left alone for a while, longer each time; what is to be sent there stays due."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from messaging.models import Endpoint

BEFORE_PAUSE: Final = 2
"""So many calls in a row may stay without an answer."""
FIRST_PAUSE: Final = timedelta(seconds=10)
LONGEST_PAUSE: Final = timedelta(minutes=15)


def paused_until(name: str, *, now: datetime) -> datetime | None:
    """Until when nothing is sent there, or None. One query."""
    row = Endpoint.objects.filter(name=name, paused_until__gt=now).first()
    return row.paused_until if row else None


def failing(names: Collection[str]) -> set[str]:
    """Those of the servers that did not answer the last time. One query."""
    return set(Endpoint.objects.filter(name__in=names).values_list("name", flat=True))


def note_answer(name: str) -> None:
    """It answers, whatever it says: what waits for it is sent."""
    Endpoint.objects.filter(name=name).delete()


def note_no_answer(name: str, *, now: datetime) -> datetime | None:
    """Count a call without an answer; returns until when the server is left alone, None while it is not yet."""
    with transaction.atomic():
        _row, created = Endpoint.objects.get_or_create(name=name, defaults={"failures": 1})
        if not created:
            Endpoint.objects.filter(name=name).update(failures=F("failures") + 1)
        failures = Endpoint.objects.filter(name=name).values_list("failures", flat=True).first() or 1
        if failures < BEFORE_PAUSE:
            return None
        until: datetime = now + min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(failures - BEFORE_PAUSE, 10))
        Endpoint.objects.filter(name=name).update(paused_until=Greatest(until, F("paused_until")))
    return until
