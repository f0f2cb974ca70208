"""Let somebody's answering for a duty end."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import AccountsEvent
from accounts.models import Responsibility, User
from accounts.rules import can_end
from accounts.services.duty_facts import Held, held_facts, tell_people
from core.errors import Conflict, InvalidInput
from core.events import record_events
from core.locks import lock_row
from core.rules import require
from core.state import check_version


@transaction.atomic
def end_responsibility(
    *,
    actor: User,
    responsibility_id: int,
    ends_on: date,
    now: datetime | None = None,
    expected_version: int | None = None,
) -> Responsibility:
    """Let it end after the day `ends_on`. What follows is a gap until somebody is assigned.

    Records one event and tells the person. Raises NotVisible, NotAllowed, StaleVersion, InvalidInput (before the
    beginning), Conflict (it ended earlier).
    """
    held: Responsibility = lock_row(Responsibility.objects.visible_to(actor), responsibility_id)
    require(can_end(actor, held))
    check_version(held, expected_version)
    if ends_on < held.starts_on:
        raise InvalidInput(_("The end lies before the beginning."), field="ends_on")
    if held.ends_on is not None and held.ends_on < ends_on:
        raise Conflict(_("This ended on %(day)s already.") % {"day": held.ends_on}, code="ended", field="ends_on")
    held.ends_on = ends_on
    held.save(update_fields=["ends_on"])
    told = [Held.of(held)]
    record_events(held_facts(AccountsEvent.RESPONSIBILITY_ENDED, told), actor_id=actor.pk, at=now)
    tell_people(AccountsEvent.RESPONSIBILITY_ENDED, told, now=now or timezone.now())
    return held
