"""The one way mail leaves: a message of the outbox, sent by the worker. No request waits for a mail server."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from core.models import OutboxMessage
from core.outbox import publish

MAIL_TOPIC = "mail"
NOWHERE = ".invalid"
"""Addresses of people without one end like this: no mail reaches such a domain (RFC 2606)."""


def post(*, to: str, subject: str, body: str) -> None:
    """Send a mail once the transaction is committed. Before: inside the transaction it belongs to, if there is one."""
    publish(topic=MAIL_TOPIC, payload={"to": to, "subject": subject, "body": body})


def send_posted(message: OutboxMessage) -> None:
    """Consumer: send what was posted."""
    send(message, **message.payload)


def send(message: OutboxMessage, *, to: str, subject: str, body: str) -> None:
    """For consumers alone. The message's number lets a mail server drop a repeat."""
    send_as(f"message-{message.pk}", to=to, subject=subject, body=body)


def send_as(number: str, *, to: str, subject: str, body: str, html: str = "", connection: Any = None) -> None:
    """Likewise under a number, as text and where given as HTML too; over a connection that is open, or one of its own."""
    if to.endswith(NOWHERE):
        return
    identity = f"<{number}@tributary>"
    mail = EmailMultiAlternatives(
        subject=subject, body=body, to=[to], headers={"Message-ID": identity}, connection=connection
    )
    if html:
        mail.attach_alternative(html, "text/html")
    mail.send()


def link(path: str) -> str:
    """The address of a page in a mail: under the public address, whatever a request's headers say."""
    return f"{settings.PUBLIC_URL}{path}"
