"""The channels by which a notification reaches a person, and who wants which. The page is one; others are off until wanted."""

from collections.abc import Sequence
from typing import ClassVar, Protocol

from django.utils import translation
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import InvalidInput
from core.mail import link, send
from core.models import OutboxMessage
from core.outbox import publish
from core.registry import Slot
from messaging.enums import ChannelName, MessagingTopic
from messaging.kinds import NOTIFICATION_KINDS
from messaging.models import Notification, Preference
from messaging.selectors.notifications import shown


class Channel(Protocol):
    """`is_fixed`: it cannot be turned off. `deliver` is called in the transaction that writes the notifications."""

    name: ChannelName
    is_on_by_default: bool
    is_fixed: bool

    def deliver(self, notifications: Sequence[Notification]) -> None: ...


class PageChannel:
    """The list of notifications: what is written is there."""

    name = ChannelName.PAGE
    is_on_by_default = True
    is_fixed = True

    def deliver(self, notifications: Sequence[Notification]) -> None:
        """Nothing more to do."""


class _OutboxChannel:
    """What leaves the program goes through the outbox: one message for each notification."""

    topic: ClassVar[MessagingTopic]
    is_on_by_default = False
    is_fixed = False

    def deliver(self, notifications: Sequence[Notification]) -> None:
        for notification in notifications:
            publish(topic=self.topic, payload={"notification_id": notification.pk})


class MailChannel(_OutboxChannel):
    name = ChannelName.MAIL
    topic = MessagingTopic.MAIL


class WebhookChannel(_OutboxChannel):
    """Into a chat. Not sent yet: that needs an address for each person."""

    name = ChannelName.WEBHOOK
    topic = MessagingTopic.WEBHOOK


CHANNELS: Slot[str, Channel] = Slot("channel")


def register_channel(channel: Channel) -> None:
    """Make a channel known by its name. Called from AppConfig.ready."""
    CHANNELS.add(channel.name, channel)


def send_mail(message: OutboxMessage) -> None:
    """Consumer: send the notification in its recipient's language. The message's number lets a mail server drop a repeat.

    One that its recipient has read meanwhile is not sent.
    """
    row = Notification.objects.select_related("recipient").filter(pk=message.payload["notification_id"]).first()
    if row is None or row.read_at is not None or not row.recipient.is_active:
        return
    with translation.override(row.recipient.language_of_mail):
        (line,) = shown([row], actor=row.recipient)
        address = link(line.address) if line.address else ""
        send(
            message,
            to=row.recipient.email,
            subject=str(_("Tributary: %(level)s") % {"level": line.level.label}),
            body="\n\n".join(part for part in (line.text, address) if part),
        )


def set_preference(*, actor: Actor, group: str, channel: str, is_on: bool) -> Preference:
    """Turn a channel on or off for a group of the actor's notifications. Raises InvalidInput (group, channel)."""
    if group not in {kind.group for kind in NOTIFICATION_KINDS}:
        raise InvalidInput(_("Unknown group of notifications."), field="group")
    chosen = CHANNELS.get(channel)
    if chosen is None or chosen.is_fixed:
        raise InvalidInput(_("This channel cannot be selected."), field="channel")
    preference, _created = Preference.objects.update_or_create(
        person_id=actor.pk, group=group, channel=channel, defaults={"is_on": is_on}
    )
    return preference
