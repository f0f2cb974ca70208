"""The direction of a distributor's business: agreed for some days, and ended."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Distributor
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, NotVisible
from core.events import record_event
from core.locks import lock_row
from core.permissions import require
from core.state import check_version
from outlets.enums import DirectionEvent, DirectionKind
from outlets.models import BusinessDirection
from outlets.permissions import can_agree_directions


def agree_direction(
    *,
    distributor_id: int,
    kind: str,
    actor: Actor,
    category_id: int | None = None,
    channel_kind: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> BusinessDirection:
    """Write down what was agreed, from today where no day is given. Locks the distributor, records one event.

    Raises NotVisible, NotAllowed, InvalidInput (a channel expert has a channel kind, all else a category; dates), Conflict
    where the same, or the other aim for the category, is agreed on some of the days.
    """
    with explained(), transaction.atomic():
        distributor = lock_row(Distributor.objects.visible_to(actor), distributor_id)
        require(can_agree_directions(actor, distributor))
        direction = BusinessDirection(
            distributor=distributor,
            kind=kind,
            category_id=category_id,
            channel_kind=channel_kind,
            starts_on=starts_on or timezone.localdate(),
            ends_on=ends_on,
        )
        _refuse_repeated(direction)
        direction.save(force_insert=True)
        _record(direction, DirectionEvent.AGREED, actor, since=direction.starts_on.isoformat())
    return direction


def end_direction(
    *, direction_id: int, ends_on: date, actor: Actor, expected_version: int | None = None
) -> BusinessDirection:
    """It holds until the day `ends_on`. Raises NotVisible, NotAllowed, StaleVersion, InvalidInput, Conflict."""
    with explained(), transaction.atomic():
        seen = BusinessDirection.objects.visible_to(actor)
        owner = seen.filter(pk=direction_id).values_list("distributor_id", flat=True).first()
        if owner is None:
            raise NotVisible
        distributor = lock_row(Distributor.objects.visible_to(actor), owner)
        direction: BusinessDirection = lock_row(seen, direction_id)
        require(can_agree_directions(actor, distributor))
        check_version(direction, expected_version)
        if direction.ends_on is not None and direction.ends_on < ends_on:
            raise Conflict(
                _("This already ended on %(day)s.") % {"day": direction.ends_on}, code="ended", field="ends_on"
            )
        direction.ends_on = ends_on
        direction.save(update_fields=["ends_on"])
        direction.refresh_from_db()
        _record(direction, DirectionEvent.ENDED, actor, until=ends_on.isoformat())
    return direction


def _refuse_repeated(direction: BusinessDirection) -> None:
    """A channel of which it is an expert already: an exclusion constraint compares numbers only. Its distributor is locked."""
    if direction.kind != DirectionKind.CHANNEL:
        return
    same = BusinessDirection.objects.filter(
        distributor=direction.distributor_id, kind=direction.kind, channel_kind=direction.channel_kind
    ).from_day(direction.starts_on)
    if direction.ends_on is not None:
        same = same.filter(Q(starts_on__lte=direction.ends_on))
    if same.exists():
        raise Conflict(_("This is agreed on some of these days already."), code="agreed_already", field="channel_kind")


def _record(direction: BusinessDirection, kind: DirectionEvent, actor: Actor, **data: Any) -> None:
    record_event(
        kind=kind,
        subject_type="distributor",
        subject_id=direction.distributor_id,
        distributor_id=direction.distributor_id,
        actor_id=actor.pk,
        data={
            "id": direction.pk,
            "direction": direction.kind,
            "category": direction.category_id,
            "channel_kind": direction.channel_kind,
            **data,
        },
    )
