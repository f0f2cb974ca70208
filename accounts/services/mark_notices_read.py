"""Notices that their reader has seen."""

from collections.abc import Collection
from datetime import datetime

from accounts.models import Notice, User


def mark_notices_read(*, actor: User, now: datetime, notice_ids: Collection[int] | None = None) -> int:
    """Mark the actor's own unread notices (those named, or all) as read; returns how many were unread."""
    unread = Notice.objects.visible_to(actor).unread()
    if notice_ids is not None:
        unread = unread.filter(pk__in=notice_ids)
    return int(unread.update(read_at=now))
