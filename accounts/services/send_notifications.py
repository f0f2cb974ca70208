"""Tell people something, once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.enums import NotificationLevel
from accounts.models import Notification


@dataclass(frozen=True, kw_only=True)
class NotificationDraft:
    """`kind` and `params` make the text in the reader's language; `dedupe_key` is told to one person once."""

    recipient_id: int
    kind: str
    dedupe_key: str
    params: Mapping[str, Any] = field(default_factory=dict)
    link: str = ""
    level: str = NotificationLevel.INFO


@transaction.atomic
def send_notifications(drafts: Sequence[NotificationDraft], *, now: datetime) -> None:
    """Write the notifications that their recipients do not have yet, in one statement; the others are left as they are."""
    Notification.objects.bulk_create(
        (
            Notification(
                recipient_id=draft.recipient_id,
                kind=draft.kind,
                level=draft.level,
                params=dict(draft.params),
                link=draft.link,
                dedupe_key=draft.dedupe_key,
                created_at=now,
            )
            for draft in drafts
        ),
        ignore_conflicts=True,
    )
