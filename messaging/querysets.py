from typing import TYPE_CHECKING, Self

from core.actors import Actor
from core.querysets import ScopedQuerySet

if TYPE_CHECKING:  # named in the bases' text, where ruff does not look
    from messaging.models import Notification, Preference  # noqa: F401 - as said above


class NotificationQuerySet(ScopedQuerySet["Notification"]):
    def scope(self, actor: Actor) -> Self:
        """One's own."""
        return self.filter(recipient=actor.pk)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)


class PreferenceQuerySet(ScopedQuerySet["Preference"]):
    def scope(self, actor: Actor) -> Self:
        """One's own."""
        return self.filter(person=actor.pk)
