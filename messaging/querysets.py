from typing import TYPE_CHECKING, Any, Self

from accounts.permissions import can_administer
from core.actors import Actor
from core.querysets import ScopedQuerySet
from messaging.enums import OPEN_SENDINGS

if TYPE_CHECKING:  # named in the bases' text, where ruff does not look
    from messaging.models import Notification, Sending  # noqa: F401 - as said above


class NotificationQuerySet(ScopedQuerySet["Notification"]):
    def scope(self, actor: Actor) -> Self:
        """One's own."""
        return self.filter(recipient=actor.pk)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)


class PersonalQuerySet(ScopedQuerySet[Any]):
    """What a person sets for oneself."""

    def scope(self, actor: Actor) -> Self:
        return self.filter(person=actor.pk)


class SendingQuerySet(ScopedQuerySet["Sending"]):
    def scope(self, actor: Actor) -> Self:
        """Administrators see everybody's, others their own."""
        return self if can_administer(actor) else self.filter(notification__recipient=actor.pk)

    def open(self) -> Self:
        """What still has to be sent."""
        return self.filter(state__in=OPEN_SENDINGS)

    def closed(self) -> Self:
        """What is over: sent, not needed, failed."""
        return self.exclude(state__in=OPEN_SENDINGS)
