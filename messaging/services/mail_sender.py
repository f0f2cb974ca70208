"""Notifications by mail: one connection for a batch, one mail server for all."""

import smtplib
import time
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import structlog
from django.core.mail import get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import Truncator

from core.mail import link, send_as
from messaging.enums import ChannelName
from messaging.models import Sending
from messaging.selectors.notifications import shown_to_recipient
from messaging.services.endpoints import failing, note_answer, note_no_answer
from messaging.services.sendings import claim, is_needed, mark_failed, mark_sent, mark_skipped, release

SERVER: Final = "mail server"
"""No name of a host, those have no spaces."""
BATCH: Final = 50
LONGEST_SUBJECT: Final = 120
_OF_ONE_MAIL: Final = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError)
"""What a mail server says of this mail, while others may pass."""
log = structlog.get_logger(__name__)


def send_mails(*, seconds: float, now: datetime | None = None) -> int:
    """Send what is due, for so long at most; returns how many were tried. Before: no other run does."""
    ends = time.monotonic() + seconds
    tried = 0
    while time.monotonic() < ends:
        rows = claim(ChannelName.MAIL, now=now or timezone.now(), limit=BATCH, each=BATCH)
        if not rows:
            break
        tried += len(rows)
        _send(rows, ends=ends, now=now)
    return tried


def _send(rows: Sequence[Sending], *, ends: float, now: datetime | None) -> None:
    """Over one connection. Once the server does not answer, the rest is given back and it is left alone for a while."""
    connection: Any = get_connection()
    failed_before = bool(failing([SERVER]))
    try:
        for place, row in enumerate(rows):
            if time.monotonic() > ends:
                release(rows[place:])
                return
            moment = now or timezone.now()
            if not is_needed(row):
                mark_skipped(row)
                continue
            try:
                connection.open()
                _send_one(row, connection)
            except _OF_ONE_MAIL as error:
                mark_failed(row, reason=f"{type(error).__name__}: {error}", now=moment)
            except OSError as error:  # all of smtplib's own are of this kind
                mark_failed(row, reason=f"{type(error).__name__}: {error}", now=moment)
                note_no_answer(SERVER, now=moment)
                release(rows[place + 1 :])
                return
            except Exception as error:  # one that cannot be written stops no other
                log.exception("notification_not_written", sending=row.pk)
                mark_failed(row, reason=f"{type(error).__name__}: {error}", now=moment)
            else:
                mark_sent(row, now=moment)
                if failed_before:
                    note_answer(SERVER)
                    failed_before = False
    finally:
        _close(connection)


def _close(connection: Any) -> None:
    try:
        connection.close()
    except OSError as error:  # what was sent is marked already
        log.warning("mail_server_did_not_say_goodbye", error=repr(error))


def _send_one(row: Sending, connection: Any) -> None:
    """In its recipient's language, as text and HTML."""
    person = row.notification.recipient
    with translation.override(person.language_of_mail):
        line = shown_to_recipient(row.notification)
        address = link(line.address) if line.address else ""
        words = {"line": line, "address": address, "settings": link(reverse("messaging:settings"))}
        send_as(
            row.number,
            to=person.email,
            subject=Truncator(" ".join(line.text.split())).chars(LONGEST_SUBJECT),
            body="\n\n".join(part for part in (line.text, address) if part),
            html=render_to_string("messaging/mail.html", words),
            connection=connection,
        )
