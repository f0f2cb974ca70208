"""Notifications that their reader has read or acknowledged."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Value
from django.db.models.functions import Coalesce

from core.actors import Actor
from messaging.models import Notification


def mark_notifications_read(*, actor: Actor, now: datetime, notification_ids: Collection[int] | None = None) -> int:
    """Mark the actor's unread notifications (those named, or all) as read; returns how many were unread."""
    unread = Notification.objects.visible_to(actor).unread()
    if notification_ids is not None:
        unread = unread.filter(pk__in=notification_ids)
    return int(unread.update(read_at=now))


def acknowledge_notifications(*, actor: Actor, now: datetime, notification_ids: Collection[int]) -> int:
    """Record that the actor has taken note of these, which also reads them; returns how many were not acknowledged yet."""
    rows = Notification.objects.visible_to(actor).filter(pk__in=notification_ids, acknowledged_at__isnull=True)
    return int(rows.update(acknowledged_at=now, read_at=Coalesce("read_at", Value(now))))
