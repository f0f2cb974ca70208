"""Links by which an applicant, who has no account, comes back: only their hash is stored, and they run out."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.services.phones import normal_phone
from accounts.services.security_values import count_value
from core.errors import NotVisible
from core.mail import link, post
from core.models import OutboxMessage
from core.outbox import publish
from messaging.services.sms import post_sms
from onboarding.enums import ApplicationStatus
from onboarding.errors import TooMany
from onboarding.models import Application

DRAFT_DAYS: Final = timedelta(days=30)
READ_DAYS: Final = timedelta(days=180)
"""How long after it was submitted or decided an applicant reads how it stands."""
LINK_ASKED: Final = "application.link_asked"
HOUR, DAY = 3600, 24 * 3600
STARTS_OF_AN_ADDRESS, STARTS_OF_ALL, LETTERS_TO_ONE, SAVES_OF_ONE = 10, 300, 3, 600


def new_secret() -> tuple[str, str]:
    """A secret and its hash."""
    secret = secrets.token_urlsafe(32)
    return secret, hash_of(secret)


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def address_of_link(secret: str) -> str:
    return link(reverse("onboarding:apply-form", args=[secret]))


def open_link(secret: str, *, now: datetime, lock: bool = False) -> Application:
    """The application behind a link. Raises NotVisible where it was never made, has run out or was replaced."""
    rows = Application.objects.filter(secret_hash=hash_of(secret), link_expires_at__gt=now)
    found: Application | None = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise NotVisible
    return found


def limit(key: str, most: int, *, seconds: int) -> None:
    """Count a try of a stranger. Before: outside of the transaction that may be undone. Raises TooMany."""
    if count_value(f"apply-{key}", seconds=seconds) > most:
        raise TooMany


def limit_starts(address: str) -> None:
    """Raises TooMany."""
    limit(f"address:{address}", STARTS_OF_AN_ADDRESS, seconds=HOUR)
    limit("all", STARTS_OF_ALL, seconds=HOUR)


def limit_saves(secret: str) -> None:
    """Raises TooMany."""
    limit(f"save:{hash_of(secret)}", SAVES_OF_ONE, seconds=HOUR)


def send_link(application: Application, secret: str) -> None:
    """By mail, else by text message; strangers cannot choose to whom many are sent."""
    whom = application.email or application.phone
    if count_value(f"apply-letter:{whom}", seconds=DAY) > LETTERS_TO_ONE:
        return
    with translation.override(application.language):
        address = address_of_link(secret)
        if application.email:
            post(
                to=application.email,
                subject=_("[Tributary] Your application"),
                body=_(
                    "With this link you continue your application as a distributor. It is valid for 30 days:\n\n%(link)s\n\n"
                    "If you did not apply, do nothing."
                )
                % {"link": address},
            )
        else:
            post_sms(to=application.phone, text=_("Continue your application: %(link)s") % {"link": address})


def ask_for_link(*, contact: str, address: str) -> None:
    """Send the link of an open application anew, where there is one of this mail address or mobile number.

    The same happens in the same time whether there is one: it is looked up by the consumer. Raises TooMany.
    """
    limit_starts(address)
    publish(topic=LINK_ASKED, payload={"contact": contact.strip()[:254]})


def send_asked_link(message: OutboxMessage) -> None:
    """Consumer: a new link for the latest draft, in place of the one before."""
    contact = str(message.payload["contact"])
    drafts = Application.objects.filter(status=ApplicationStatus.DRAFT, link_expires_at__gt=message.created_at)
    whom = {"email": contact.lower()} if "@" in contact else {"phone": normal_phone(contact) or contact}
    drafts = drafts.filter(**whom)
    application = drafts.select_for_update(of=("self",)).order_by("-pk").first()
    if application is None:
        return
    secret, application.secret_hash = new_secret()
    application.save(update_fields=["secret_hash"])
    send_link(application, secret)
