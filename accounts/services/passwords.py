"""A person's password, where other ways to sign in take its place, and the end of all sessions."""

from django.db import transaction
from django.db.models import F

from accounts.enums import SecurityEvent
from accounts.models import User
from core.events import record_event


@transaction.atomic
def remove_password(*, person_id: int) -> User:
    """Leave the person without a password; every session that began with it ends. Records one event."""
    person: User = User.objects.select_for_update().get(pk=person_id)
    person.set_unusable_password()
    person.save(update_fields=["password"])
    record_event(
        kind=SecurityEvent.PASSWORD_REMOVED,
        subject_type="user",
        subject_id=person.pk,
        actor_id=person.pk,
        data={},
        publish=False,
    )
    return person


def end_all_sessions(*, person_id: int) -> None:
    """Every session of the person that began before is refused from the next request on, wherever it is kept."""
    User.objects.filter(pk=person_id).update(session_epoch=F("session_epoch") + 1)
