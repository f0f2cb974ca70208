"""Notifications by e-mail, one message of the outbox each."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from core.models import OutboxMessage
from messaging.models import Notification
from messaging.selectors.notifications import shown


def send_mail(message: OutboxMessage) -> None:
    """Consumer: send the notification in its recipient's language. The message's number lets a mail server drop a repeat.

    One that its recipient has read meanwhile is not sent.
    """
    row = Notification.objects.select_related("recipient").filter(pk=message.payload["notification_id"]).first()
    if row is None or row.read_at is not None or not row.recipient.is_active:
        return
    with translation.override(row.recipient.language):
        (line,) = shown([row], actor=row.recipient)
        address = f"{settings.PUBLIC_URL}{line.address}" if settings.PUBLIC_URL and line.address else ""
        EmailMessage(
            subject=str(_("Tributary: %(level)s") % {"level": line.level.label}),
            body="\n\n".join(part for part in (line.text, address) if part),
            to=[row.recipient.email],
            headers={"Message-ID": f"<notification-{row.pk}-{message.pk}@tributary>"},
        ).send()
