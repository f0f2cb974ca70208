"""The one way mail leaves: a message of the outbox, sent by the worker. No request waits for a mail server."""

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


def send(message: OutboxMessage, *, to: str, subject: str, body: str, html: str = "") -> None:
    """For consumers alone, as text and where given as HTML too. The message's number lets a mail server drop a repeat."""
    if to.endswith(NOWHERE):
        return
    identity = f"<message-{message.pk}@tributary>"
    mail = EmailMultiAlternatives(subject=subject, body=body, to=[to], headers={"Message-ID": identity})
    if html:
        mail.attach_alternative(html, "text/html")
    mail.send()


def link(path: str) -> str:
    """The address of a page in a mail: under the public address, whatever a request's headers say."""
    return f"{settings.PUBLIC_URL}{path}"
