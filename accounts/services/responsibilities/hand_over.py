"""Everything that a person is responsible for goes to somebody else."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.enums import AccountsEvent
from accounts.models import Distributor, Duty, Responsibility
from accounts.permissions import can_hand_over
from accounts.services.responsibilities.assignments import DutyOf, check_people, lock_distributors
from accounts.services.responsibilities.events import ResponsibilityPeriod, responsibility_events
from core.actors import Actor
from core.constraints import explained
from core.errors import InvalidInput, Problem
from core.events import record_events
from core.permissions import require


def hand_over(
    *,
    actor: Actor,
    selection: Sequence[DutyOf],
    from_user_id: int,
    to_user_id: int,
    on: date,
    now: datetime | None = None,
) -> list[Responsibility]:
    """From the day `on`, `to_user_id` answers for each duty of the selection that `from_user_id` holds then or later.

    Before: the actor sees every distributor; the former person holds every duty of the selection then or later.
    A running stretch ends the day before and goes on under the new person with its end and its stand-in (unless that is
    the new person); one that begins later changes its person. No day is left without anybody. All or nothing, in a
    fixed number of statements. Records one event a duty, tells the new person once.
    Raises NotVisible, NotAllowed, InvalidInput (people, or a duty the former person does not hold).
    """
    with explained(), transaction.atomic():
        require(can_hand_over(actor))
        lock_distributors(actor, {wanted.distributor_id for wanted in selection})
        if from_user_id == to_user_id:
            raise InvalidInput(_("Choose somebody else."), code="same", field="to_user")
        check_people(user_id=to_user_id, stand_in_id=None)
        responsibilities = _responsibilities(selection, from_user_id, on)
        running = [row for row in responsibilities if row.starts_on < on]
        coming = [row for row in responsibilities if row.starts_on >= on]
        successors = dict.fromkeys({row.distributor_id for row in responsibilities}, to_user_id)
        moved = take_over(running, successors, on) + rename(coming, successors)
        told = [ResponsibilityPeriod.of(row, before_id=from_user_id) for row in moved]
        record_events(responsibility_events(AccountsEvent.RESPONSIBILITY_HANDED_OVER, told), actor_id=actor.pk, at=now)
    return moved


def _responsibilities(selection: Sequence[DutyOf], from_user_id: int, on: date) -> list[Responsibility]:
    wanted = {(one.distributor_id, one.duty_id) for one in selection}
    rows = [
        row
        for row in Responsibility.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), user_id=from_user_id)
        .filter(distributor_id__in={one.distributor_id for one in selection})
        .order_by("pk")
        if (row.distributor_id, row.duty_id) in wanted
    ]
    missing = wanted - {(row.distributor_id, row.duty_id) for row in rows}
    if missing:
        raise InvalidInput(problems=_not_responsible(sorted(missing)))
    return rows


def _not_responsible(missing: Sequence[tuple[int, int]]) -> list[Problem]:
    distributors = Distributor.objects.in_bulk([distributor for distributor, _duty in missing])
    duties = Duty.objects.in_bulk([duty for _distributor, duty in missing])
    return [
        Problem(
            message=_("This person is not responsible for “%(duty)s” of %(distributor)s.")
            % {
                "duty": duties[duty].display_name if duty in duties else duty,
                "distributor": distributors[distributor].display_name,
            },
            code="not_held",
            field="selection",
        )
        for distributor, duty in missing
    ]


def take_over(running: Sequence[Responsibility], successors: Mapping[int, int], on: date) -> list[Responsibility]:
    """End these the day before and let them go on under the distributor's successor. Before: they are locked."""
    if not running:
        return []
    Responsibility.objects.filter(pk__in=[row.pk for row in running]).update(ends_on=on - timedelta(days=1))
    return Responsibility.objects.bulk_create(
        Responsibility(
            distributor_id=row.distributor_id,
            duty_id=row.duty_id,
            user_id=successors[row.distributor_id],
            stand_in_id=None if row.stand_in_id == successors[row.distributor_id] else row.stand_in_id,
            starts_on=on,
            ends_on=row.ends_on,
        )
        for row in running
    )


def rename(coming: Sequence[Responsibility], successors: Mapping[int, int]) -> list[Responsibility]:
    """Let these, which have not begun, be the distributor's successor's. Before: they are locked."""
    for row in coming:
        row.user_id = successors[row.distributor_id]
        row.stand_in_id = None if row.stand_in_id == row.user_id else row.stand_in_id
    Responsibility.objects.bulk_update(coming, ["user", "stand_in"])
    return list(coming)
