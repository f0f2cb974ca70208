"""Who is responsible for a duty of a distributor: assigned, changed, ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import AccountsEvent
from accounts.errors import DutyTaken
from accounts.models import Distributor, Duty, Responsibility, User
from accounts.permissions import can_assign, can_be_responsible, can_end
from accounts.services.responsibilities.events import ResponsibilityPeriod, responsibility_events
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput, NotVisible, Problem
from core.events import record_events
from core.locks import lock_row
from core.permissions import require
from core.state import check_version


@dataclass(frozen=True, kw_only=True)
class DutyOf:
    """One duty of one distributor."""

    distributor_id: int
    duty_id: int


def assign_responsibility(
    *,
    actor: Actor,
    distributor_id: int,
    duty_id: int,
    user_id: int,
    starts_on: date,
    ends_on: date | None = None,
    stand_in_id: int | None = None,
    note: str = "",
    now: datetime | None = None,
) -> Responsibility:
    """Let `user_id` answer for one duty of one distributor from `starts_on` to `ends_on` (both included, or open).

    Before: the actor sees the distributor, nobody answers for the duty then. Records one event, tells the person.
    Raises NotVisible, NotAllowed, InvalidInput (person, stand-in, dates), DutyTaken (409) when somebody was quicker.
    """
    return assign_selection(
        actor=actor,
        selection=[DutyOf(distributor_id=distributor_id, duty_id=duty_id)],
        user_id=user_id,
        starts_on=starts_on,
        ends_on=ends_on,
        stand_in_id=stand_in_id,
        note=note,
        now=now,
    )[0]


def assign_selection(
    *,
    actor: Actor,
    selection: Sequence[DutyOf],
    user_id: int,
    starts_on: date,
    ends_on: date | None = None,
    stand_in_id: int | None = None,
    note: str = "",
    only_gaps: bool = False,
    now: datetime | None = None,
) -> list[Responsibility]:
    """The same for several duties in one step, with as many statements as for one. All or nothing.

    With `only_gaps`, duties that somebody holds in that time are left as they are.
    """
    with explained(), transaction.atomic():
        require(can_assign(actor))
        lock_distributors(actor, {wanted.distributor_id for wanted in selection})
        _require_duties({wanted.duty_id for wanted in selection})
        check_people(user_id=user_id, stand_in_id=stand_in_id)
        if ends_on is not None and ends_on < starts_on:
            raise InvalidInput(_("The end date must not be before the start date."), field="ends_on")
        selection = _free(selection, starts_on, ends_on, only_gaps=only_gaps)
        rows = Responsibility.objects.bulk_create(
            Responsibility(
                distributor_id=wanted.distributor_id,
                duty_id=wanted.duty_id,
                user_id=user_id,
                stand_in_id=stand_in_id,
                starts_on=starts_on,
                ends_on=ends_on,
                note=note,
            )
            for wanted in selection
        )
        told = [ResponsibilityPeriod.of(row) for row in rows]
        record_events(responsibility_events(AccountsEvent.RESPONSIBILITY_ASSIGNED, told), actor_id=actor.pk, at=now)
    return rows


def lock_distributors(actor: Actor, ids: set[int]) -> None:
    """Lock them in the order of their numbers, so that two selections cannot wait for each other."""
    if not ids:
        raise InvalidInput(_("Choose at least one duty of one distributor."), field="selection")
    seen = Distributor.objects.visible_to(actor).filter(pk__in=ids).values("pk")
    locked = Distributor.objects.select_for_update(of=("self",)).filter(pk__in=seen).order_by("pk")
    if len(locked.values_list("pk", flat=True)) != len(ids):
        raise NotVisible


def check_people(*, user_id: int, stand_in_id: int | None) -> None:
    """Both must be active people of the brand owner, and two different ones.

    They are locked, after the distributors: whoever hands over all that one of them has waits, and takes this along.
    """
    wanted = {"user": user_id, "stand_in": stand_in_id}
    locked = User.objects.select_for_update(of=("self",), no_key=True).with_memberships().order_by("pk")
    people = {person.pk: person for person in locked.filter(pk__in=[pk for pk in wanted.values() if pk is not None])}
    problems = [
        Problem(message=_("Choose an active person of the brand owner."), code="cannot_answer", field=field)
        for field, pk in wanted.items()
        if pk is not None and (pk not in people or not can_be_responsible(people[pk]))
    ]
    if stand_in_id == user_id:
        problems.append(Problem(message=_("The stand-in must be somebody else."), code="same", field="stand_in"))
    if problems:
        raise InvalidInput(problems=problems)


def _require_duties(ids: set[int]) -> None:
    if Duty.objects.filter(pk__in=ids, is_active=True).count() != len(ids):
        raise InvalidInput(_("This duty is not in use."), code="unknown_duty", field="duty")


def _free(selection: Sequence[DutyOf], starts_on: date, ends_on: date | None, *, only_gaps: bool) -> Sequence[DutyOf]:
    """Those that nobody holds; refuses in words what the exclusion constraint would, unless only gaps are wanted."""
    wanted = {(one.distributor_id, one.duty_id) for one in selection}
    rows = Responsibility.objects.filter(
        distributor_id__in={one.distributor_id for one in selection}, duty_id__in={one.duty_id for one in selection}
    ).exclude(ends_on__lt=starts_on)
    if ends_on is not None:
        rows = rows.filter(starts_on__lte=ends_on)
    responsibilities = [
        row
        for row in rows.select_related("user", "duty", "distributor").order_by("pk")
        if (row.distributor_id, row.duty_id) in wanted
    ]
    taken = {(row.distributor_id, row.duty_id) for row in responsibilities}
    free = [one for one in selection if (one.distributor_id, one.duty_id) not in taken]
    if responsibilities and not (only_gaps and free):
        raise DutyTaken(problems=[_taken_by(row) for row in responsibilities])
    return free


def _taken_by(row: Responsibility) -> Problem:
    message = _("%(person)s is responsible for “%(duty)s” of %(distributor)s in that period.") % {
        "person": row.user,
        "duty": row.duty.display_name,
        "distributor": row.distributor.display_name,
    }
    return Problem(message=message, code=DutyTaken.code, field="starts_on")


@transaction.atomic
def end_responsibility(
    *,
    actor: Actor,
    responsibility_id: int,
    ends_on: date,
    now: datetime | None = None,
    expected_version: int | None = None,
) -> Responsibility:
    """End it after the day `ends_on`, which leaves a gap until someone is assigned.

    Records one event and tells the person. Raises NotVisible, NotAllowed, StaleVersion, InvalidInput (before the
    beginning), Conflict (it ended earlier).
    """
    seen = Responsibility.objects.visible_to(actor).filter(pk=responsibility_id)
    distributor_id = seen.values_list("distributor_id", flat=True).first()
    if distributor_id is None:
        raise NotVisible
    lock_distributors(actor, {distributor_id})
    responsibility: Responsibility = lock_row(Responsibility.objects.visible_to(actor), responsibility_id)
    require(can_end(actor, responsibility))
    check_version(responsibility, expected_version)
    if ends_on < responsibility.starts_on:
        raise InvalidInput(_("The end date must not be before the start date."), field="ends_on")
    if responsibility.ends_on is not None and responsibility.ends_on < ends_on:
        raise Conflict(
            _("This already ended on %(day)s.") % {"day": responsibility.ends_on}, code="ended", field="ends_on"
        )
    responsibility.ends_on = ends_on
    responsibility.save(update_fields=["ends_on"])
    told = [ResponsibilityPeriod.of(responsibility)]
    record_events(responsibility_events(AccountsEvent.RESPONSIBILITY_ENDED, told), actor_id=actor.pk, at=now)
    return responsibility
