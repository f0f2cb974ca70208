"""The sending of notifications: thin, one run of a channel at a time, in a queue of its own beside everything else."""

from collections.abc import Callable, Mapping

from celery import shared_task

from core.locks import single_run
from messaging.enums import ChannelName
from messaging.services.chat_sender import send_chats
from messaging.services.mail_sender import send_mails
from messaging.services.sendings import recover_claims

SECONDS = 60
_SEND: Mapping[str, Callable[..., int]] = {ChannelName.MAIL: send_mails, ChannelName.WEBHOOK: send_chats}


@shared_task
def send_notifications(channel: str) -> None:
    """Send what is due by one channel; for a minute, then the schedule begins the next run."""
    with single_run(f"messaging.{channel}") as mine:
        if mine:
            recover_claims(ChannelName(channel))
            _SEND[channel](seconds=SECONDS)
