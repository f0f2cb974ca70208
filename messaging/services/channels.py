"""The ways by which a notification reaches a person, by name. The page is one; further ones are off until wanted."""

from collections.abc import Sequence
from typing import ClassVar, Protocol

from core.outbox import publish
from core.registry import Slot
from messaging.enums import ChannelName, MessagingTopic
from messaging.models import Notification


class Channel(Protocol):
    """`is_fixed`: nobody turns it off. `deliver` is called in the transaction that writes the notifications."""

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
    """Into a chat. Nobody sends its messages yet: that needs an address for each person, which is not asked for."""

    name = ChannelName.WEBHOOK
    topic = MessagingTopic.WEBHOOK


CHANNELS: Slot[str, Channel] = Slot("channel")


def register_channel(channel: Channel) -> None:
    """Make a channel known by its name. Called from AppConfig.ready."""
    CHANNELS.add(channel.name, channel)
