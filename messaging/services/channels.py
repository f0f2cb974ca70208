"""How notifications reach people: the page always, others as each person chose for each group of notifications."""

import time
from collections.abc import Sequence
from typing import Protocol

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator

from core.mail import NOWHERE, link, send
from core.models import OutboxMessage
from core.registry import Slot
from messaging.enums import ChannelName
from messaging.kinds import is_mailed_by_default
from messaging.models import ChatAddress, Notification
from messaging.selectors.notifications import ShownNotification, shown
from messaging.services.chat import ChatText, send_chat
from messaging.services.sendings import send_if_waiting, start_sendings

LONGEST_SUBJECT = 120


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

    def is_on_by_default(self, group: str) -> bool:  # noqa: ARG002 - all of them
        return True

    def deliver(self, notifications: Sequence[Notification]) -> None:
        """Nothing more to do."""


class MailChannel:
    name = ChannelName.MAIL
    is_fixed = False

    def is_on_by_default(self, group: str) -> bool:
        return is_mailed_by_default(group)

    def deliver(self, notifications: Sequence[Notification]) -> None:
        start_sendings(self.name, [row for row in notifications if not row.recipient.email.endswith(NOWHERE)])


class WebhookChannel:
    """Into a chat, for those who gave the address of its robot: they gave it to be written to."""

    name = ChannelName.WEBHOOK
    is_fixed = False

    def is_on_by_default(self, group: str) -> bool:  # noqa: ARG002 - likewise
        return True

    def deliver(self, notifications: Sequence[Notification]) -> None:
        people = [row.recipient_id for row in notifications]
        there = set(ChatAddress.objects.filter(person__in=people).values_list("person_id", flat=True))
        start_sendings(self.name, [row for row in notifications if row.recipient_id in there])


CHANNELS: Slot[str, Channel] = Slot("channel")


def register_channel(channel: Channel) -> None:
    """Make a channel known by its name. Called from AppConfig.ready."""
    CHANNELS.add(channel.name, channel)


def send_mail(message: OutboxMessage) -> None:
    """Consumer: send the notification in its recipient's language, as text and HTML."""

    def mail(row: Notification) -> bool:
        with translation.override(row.recipient.language_of_mail):
            line = _line(row)
            address = link(line.address) if line.address else ""
            words = {"line": line, "address": address, "settings": link(reverse("messaging:settings"))}
            send(
                message,
                to=row.recipient.email,
                subject=Truncator(" ".join(line.text.split())).chars(LONGEST_SUBJECT),
                body="\n\n".join(part for part in (line.text, address) if part),
                html=render_to_string("messaging/mail.html", words),
            )
        return True

    send_if_waiting(message, ChannelName.MAIL, mail)


def send_to_chat(message: OutboxMessage) -> None:
    """Consumer: write the notification into the chat of its recipient, unless its address is gone. Raises CallRefused."""

    def write(row: Notification) -> bool:
        address = ChatAddress.objects.filter(person=row.recipient_id).first()
        if address is None:
            return False
        with translation.override(row.recipient.language_of_mail):
            line = _line(row)
            text = ChatText(
                id=f"message-{message.pk}",
                kind=row.kind,
                level=line.level.value,
                text=line.text,
                url=link(line.address) if line.address else "",
            )
        send_chat(kind=address.kind, url=address.url, secret=address.secret, text=text, now=int(time.time()))
        return True

    send_if_waiting(message, ChannelName.WEBHOOK, write)


def _line(row: Notification) -> ShownNotification:
    (line,) = shown([row], actor=row.recipient)
    return line
