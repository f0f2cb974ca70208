from typing import TYPE_CHECKING, Any, Self

from core.querysets import ScopedQuerySet

if TYPE_CHECKING:  # named in the bases' text, where ruff does not look
    from messaging.models import Notification, Preference  # noqa: F401 - as said above


class NotificationQuerySet(ScopedQuerySet["Notification"]):
    def scope(self, user: Any) -> Self:
        """One's own."""
        return self.filter(recipient=user.pk)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)


class PreferenceQuerySet(ScopedQuerySet["Preference"]):
    def scope(self, user: Any) -> Self:
        """One's own."""
        return self.filter(person=user.pk)
