"""Notifications that still ask something of a person, and how they pass to a successor."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from messaging.enums import NotificationLevel
from messaging.models import Notification

_ABOUT_DUTIES = "responsibility."


def notifications_waiting(person_id: int) -> int:
    """Those about distributors that ask for something and were not acknowledged. One query."""
    return _waiting(person_id).count()


def notifications_waiting_of(person_ids: Collection[int]) -> Mapping[int, int]:
    """The same of many people. One query."""
    rows = _rows().filter(recipient__in=person_ids).order_by().values("recipient")
    return dict(rows.annotate(number=Count("pk")).values_list("recipient", "number"))


def move_notifications(person_id: int, successors: Mapping[int, int]) -> int:
    """Re-address them, unread, to the distributor's successor; returns how many. Two statements for each successor.

    What the successor was notified of already is only acknowledged for the person.
    """
    shares: dict[int, list[int]] = defaultdict(list)
    for distributor, successor in successors.items():
        shares[successor].append(distributor)
    moved, now = 0, timezone.now()
    for successor, ids in sorted(shares.items()):
        rows = _waiting(person_id).filter(event__distributor_id__in=ids)
        known = Notification.objects.filter(recipient=successor).values("event")
        moved += rows.exclude(event__in=known).update(recipient=successor, read_at=None)
        rows.update(read_at=now, acknowledged_at=now)
    return moved


def _waiting(person_id: int) -> "QuerySet[Any]":
    return _rows().filter(recipient=person_id)


def _rows() -> "QuerySet[Any]":
    rows = Notification.objects.filter(
        level=NotificationLevel.ACTION,
        acknowledged_at__isnull=True,
        event__distributor_id__isnull=False,
    )
    return rows.exclude(kind__startswith=_ABOUT_DUTIES)
