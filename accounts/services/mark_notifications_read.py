"""Notices that their reader has seen."""

from collections.abc import Collection
from datetime import datetime

from accounts.models import Notification, User


def mark_notifications_read(*, actor: User, now: datetime, notification_ids: Collection[int] | None = None) -> int:
    """Mark the actor's own unread notifications (those named, or all) as read; returns how many were unread."""
    unread = Notification.objects.visible_to(actor).unread()
    if notification_ids is not None:
        unread = unread.filter(pk__in=notification_ids)
    return int(unread.update(read_at=now))
