"""Whom an announcement notifies."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from messaging.enums import NotificationLevel
from messaging.kinds import NotificationKind, ToDistributor
from policies.enums import AnnouncementEvent

_NAMED = {"announcement": "announcement"}


def _must_be_acknowledged(data: Mapping[str, Any]) -> bool:
    return bool(data.get("must_acknowledge"))


ANNOUNCEMENT_KINDS = (
    NotificationKind(
        kind=AnnouncementEvent.SENT,
        text=_("New announcement for you: “%(announcement)s”."),
        audiences=(ToDistributor(level=NotificationLevel.ACTION, roles_key="roles"),),
        subjects=_NAMED,
        mailed_by_default=True,
    ),
    NotificationKind(
        kind=AnnouncementEvent.REMINDED,
        text=_("Please read and acknowledge “%(announcement)s” by %(due_on)s."),
        audiences=(ToDistributor(level=NotificationLevel.WARNING, roles_key="roles"),),
        params=("due_on",),
        subjects=_NAMED,
        condition=_must_be_acknowledged,
        mailed_by_default=True,
    ),
)
