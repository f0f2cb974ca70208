"""How notifications reach people: the page always, others as each person chose for each group of notifications."""

from collections.abc import Sequence
from typing import Protocol

from core.mail import NOWHERE
from core.registry import Slot
from messaging.enums import ChannelName
from messaging.kinds import is_mailed_by_default
from messaging.models import ChatAddress, Notification
from messaging.services.mail_sender import SERVER
from messaging.services.outgoing import server_of
from messaging.services.sendings import start_sendings


class Channel(Protocol):
    """`is_fixed`: it cannot be turned off. `deliver` is called in the transaction that writes the notifications."""

    name: ChannelName
    is_fixed: bool

    def is_on_by_default(self, group: str) -> bool: ...

    def deliver(self, notifications: Sequence[Notification]) -> None: ...


class PageChannel:
    """The list of notifications: what is written is there."""

    name = ChannelName.PAGE
    is_fixed = True

    def is_on_by_default(self, _group: str) -> bool:
        return True

    def deliver(self, notifications: Sequence[Notification]) -> None:
        """Nothing more to do."""


class MailChannel:
    name = ChannelName.MAIL
    is_fixed = False

    def is_on_by_default(self, group: str) -> bool:
        return is_mailed_by_default(group)

    def deliver(self, notifications: Sequence[Notification]) -> None:
        reached = [row for row in notifications if not row.recipient.email.endswith(NOWHERE)]
        start_sendings(self.name, [(row, SERVER) for row in reached])


class WebhookChannel:
    """Into a chat, for those who gave the address of its robot: they gave it to be written to."""

    name = ChannelName.WEBHOOK
    is_fixed = False

    def is_on_by_default(self, _group: str) -> bool:
        return True

    def deliver(self, notifications: Sequence[Notification]) -> None:
        people = [row.recipient_id for row in notifications]
        urls = dict(ChatAddress.objects.filter(person__in=people).values_list("person_id", "url"))
        there = [(row, server_of(urls[row.recipient_id])) for row in notifications if row.recipient_id in urls]
        start_sendings(self.name, there)


CHANNELS: Slot[str, Channel] = Slot("channel")


def register_channel(channel: Channel) -> None:
    """Make a channel known by its name. Called from AppConfig.ready."""
    CHANNELS.add(channel.name, channel)
