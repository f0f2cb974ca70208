from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Q

from accounts.permissions import can_administer
from accounts.querysets import distributors
from core.actors import Actor
from core.querysets import ScopedQuerySet
from messaging.conversations import visible_subjects_filter
from messaging.enums import OPEN_SENDINGS
from messaging.permissions import can_converse, can_converse_internally

if TYPE_CHECKING:  # named in the bases' text, where ruff does not look
    from messaging.models import ConversationMessage, MessageFile, Notification, Sending  # noqa: F401 - named in texts, for the type checker


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


class ConversationMessageQuerySet(ScopedQuerySet["ConversationMessage"]):
    def scope(self, actor: Actor) -> Self:
        """About what the actor may see; of distributors that the actor may see; what is internal, the brand's people alone."""
        return self.of_side(actor).filter(visible_subjects_filter(actor))

    def of_side(self, actor: Actor) -> Self:
        """Those of one conversation, whose subject the actor may see, that are for the actor."""
        if not can_converse(actor):
            return self.none()
        seen = distributors().visible_to(actor).order_by().values("pk")
        if can_converse_internally(actor):
            return self.filter(Q(distributor__isnull=True) | Q(distributor__in=seen))
        return self.filter(is_internal=False, distributor__in=seen)

    def about(self, subject_type: str, subject_id: int) -> Self:
        return self.filter(subject_type=subject_type, subject_id=subject_id)


class MessageFileQuerySet(ScopedQuerySet["MessageFile"]):
    def scope(self, actor: Actor) -> Self:
        """Those of messages that the actor may read and that were not withdrawn."""
        messages = apps.get_model("messaging", "ConversationMessage").objects.visible_to(actor)
        return self.filter(message__in=messages.filter(withdrawn_at__isnull=True).order_by().values("pk"))
