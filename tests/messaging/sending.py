"""What the workers do, one after another: the outbox, mail, chat."""

from datetime import datetime

from core.outbox import relay
from messaging.enums import ChannelName
from messaging.services.chat_sender import send_chats
from messaging.services.mail_sender import send_mails
from messaging.services.sendings import recover_claims


def send_due(*, now: datetime) -> None:
    """As runs of the channels that begin now and meet no other."""
    for channel, send in ((ChannelName.MAIL, send_mails), (ChannelName.WEBHOOK, send_chats)):
        recover_claims(channel)
        send(seconds=60, now=now)


def relay_and_send(*, now: datetime) -> None:
    while relay(now=now):
        pass
    send_due(now=now)
