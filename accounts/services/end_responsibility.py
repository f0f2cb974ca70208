"""Let somebody's answering for a duty end."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import AccountsEvent
from accounts.models import Responsibility
from accounts.permissions import can_end
from accounts.services.responsibility_events import (
    ResponsibilityPeriod,
    responsibility_events,
)
from core.actors import Actor
from core.errors import Conflict, InvalidInput
from core.events import record_events
from core.locks import lock_row
from core.permissions import require
from core.state import check_version


@transaction.atomic
def end_responsibility(
    *,
    actor: Actor,
    responsibility_id: int,
    ends_on: date,
    now: datetime | None = None,
    expected_version: int | None = None,
) -> Responsibility:
    """Let it end after the day `ends_on`. What follows is a gap until somebody is assigned.

    Records one event and tells the person. Raises NotVisible, NotAllowed, StaleVersion, InvalidInput (before the
    beginning), Conflict (it ended earlier).
    """
    responsibility: Responsibility = lock_row(Responsibility.objects.visible_to(actor), responsibility_id)
    require(can_end(actor, responsibility))
    check_version(responsibility, expected_version)
    if ends_on < responsibility.starts_on:
        raise InvalidInput(_("The end lies before the beginning."), field="ends_on")
    if responsibility.ends_on is not None and responsibility.ends_on < ends_on:
        raise Conflict(
            _("This ended on %(day)s already.") % {"day": responsibility.ends_on}, code="ended", field="ends_on"
        )
    responsibility.ends_on = ends_on
    responsibility.save(update_fields=["ends_on"])
    told = [ResponsibilityPeriod.of(responsibility)]
    record_events(responsibility_events(AccountsEvent.RESPONSIBILITY_ENDED, told), actor_id=actor.pk, at=now)
    return responsibility
