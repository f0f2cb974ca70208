"""Security events in the history of a person: signed in, refused, and whatever changes how one signs in."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from accounts.enums import SecurityEvent
from accounts.models import User
from core.events import record_event

_BY_MAIL: Final[Mapping[str, SecurityEvent]] = {
    "account/email/password_changed": SecurityEvent.PASSWORD_CHANGED,
    "account/email/password_set": SecurityEvent.PASSWORD_CHANGED,
    "account/email/password_reset": SecurityEvent.PASSWORD_RESET,
    "mfa/email/totp_activated": SecurityEvent.SECOND_STEP_ADDED,
    "mfa/email/totp_deactivated": SecurityEvent.SECOND_STEP_REMOVED,
    "mfa/email/recovery_codes_generated": SecurityEvent.RECOVERY_CODES_MADE,
}
"""What allauth mails people of. It has no other hook that all of these pass."""


@transaction.atomic
def record_security_event(
    kind: SecurityEvent, person: User, *, by_person: bool = True, actor_id: int | None = None, **data: Any
) -> None:
    """One event about the person, by whom it was unless strangers may have done it; nobody else is notified of it."""
    record_event(
        kind=kind,
        subject_type="user",
        subject_id=person.pk,
        actor_id=actor_id or (person.pk if by_person else None),
        data=data,
        publish=False,
    )


def record_mailed(template_prefix: str, person: User, *, address: str) -> None:
    """The event of a mail that allauth sends about the account; none where the mail says nothing of the kind."""
    kind = _BY_MAIL.get(template_prefix)
    if kind is not None:
        record_security_event(kind, person, address=address)
