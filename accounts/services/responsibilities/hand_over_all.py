"""Somebody goes: duties, stand-ins and open work pass to one or several successors in one step."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import AccountsEvent
from accounts.models import Absence, Distributor, Responsibility, User
from accounts.permissions import can_hand_over
from accounts.selectors.responsibility_history import assignable_people
from accounts.services.responsibilities.events import ResponsibilityPeriod, responsibility_events
from accounts.services.responsibilities.hand_over import rename, take_over
from accounts.services.responsibilities.pending import note_for_later, pass_on_work
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput, NotVisible
from core.events import EventInput, ExtraSubject, record_event, record_events
from core.permissions import require

MOST_TRIES = 5


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """What was handed over; the sheet is that of the event."""

    event_id: int
    moved: Sequence[Responsibility]
    work: Mapping[str, int]


class _AssignedMeanwhileError(Exception):
    """Somebody gave the person a duty of a distributor that is not locked."""


def hand_over_everything(
    *, actor: Actor, from_user_id: int, to_user_ids: Sequence[int], on: date, now: datetime | None = None
) -> HandOver:
    """From the day `on`, the successors have every duty that the person has then or later, each distributor one of them.

    The distributors are divided evenly. Where the person stands in for others, a successor does. Reports go to the
    person's supervisor and open work to the successors at once, or on the day where it is still to come. One transaction, a fixed
    number of statements; whoever assigns the person a duty meanwhile is waited for, and that duty goes, too. Records one
    event a duty, one a distributor, whose people are told, and one for the handover.

    Raises NotVisible (not of the actor's team), NotAllowed, InvalidInput (successors, or nothing to hand over), Conflict.
    """
    require(can_hand_over(actor))
    if not User.objects.visible_to(actor).filter(pk=from_user_id).exists():
        raise NotVisible
    successors = list(dict.fromkeys(to_user_ids))
    _require_successors(actor, from_user_id, successors)
    at = now or timezone.now()
    with explained(), transaction.atomic():
        for _try in range(MOST_TRIES):
            try:
                with transaction.atomic():
                    return _hand_over(actor, from_user_id, successors, on, at)
            except _AssignedMeanwhileError:
                continue  # its locks are gone with the savepoint: no order of locks is broken
    raise Conflict(_("Duties of this person are being changed right now. Try again."), code="busy")


def _require_successors(actor: Actor, from_user_id: int, successors: Sequence[int]) -> None:
    if not successors:
        raise InvalidInput(_("Choose at least one person."), code="required", field="to_user")
    if from_user_id in successors:
        raise InvalidInput(_("Choose somebody else."), code="same", field="to_user")
    if assignable_people(cast("User", actor)).filter(pk__in=successors).count() != len(successors):
        raise InvalidInput(_("Choose an active person of the brand owner."), code="cannot_answer", field="to_user")


def _hand_over(actor: Actor, from_user_id: int, successors: Sequence[int], on: date, at: datetime) -> HandOver:
    locked = _lock(from_user_id, on)
    rows = list(_rows(from_user_id, on).order_by("pk"))
    if {row.distributor_id for row in rows} - locked:
        raise _AssignedMeanwhileError
    shares = {pk: successors[number % len(successors)] for number, pk in enumerate(sorted(locked))}
    mine = [row for row in rows if row.user_id == from_user_id]
    stood_in = [row for row in rows if row.user_id != from_user_id]
    absences = list(Absence.objects.select_for_update().filter(_from(on), stand_in=from_user_id).order_by("pk"))
    if not (mine or stood_in or absences):
        raise InvalidInput(_("This person has no duties here on that day."), code="nothing", field="from_user")
    running = [row for row in mine if row.starts_on < on]
    moved = take_over(running, shares, on) + rename([row for row in mine if row.starts_on >= on], shares)
    _replace_stand_ins(stood_in, shares, successors, on)
    _replace_absence_stand_ins(absences, successors, on)
    work: dict[str, int] = {}
    if on <= timezone.localdate(at):
        work = pass_on_work(from_user_id, shares)
    else:
        note_for_later(person_id=from_user_id, on=on, shares=shares, actor_id=actor.pk)
    event_id = _record(actor, from_user_id, moved, on=on, at=at, work=work)
    return HandOver(event_id=event_id, moved=moved, work=work)


def _from(on: date) -> Q:
    return Q(ends_on__isnull=True) | Q(ends_on__gte=on)


def _rows(person_id: int, on: date) -> "QuerySet[Responsibility]":
    rows: QuerySet[Responsibility] = Responsibility.objects.filter(_from(on), Q(user=person_id) | Q(stand_in=person_id))
    return rows


def _lock(person_id: int, on: date) -> set[int]:
    """The distributors first, as everybody who assigns does; then the person, whom nobody is given anything meanwhile."""
    wanted = _rows(person_id, on).order_by().values("distributor")
    locked = Distributor.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk")
    ids = set(locked.values_list("pk", flat=True))
    list(User.objects.select_for_update(of=("self",)).filter(pk=person_id).values_list("pk"))
    return ids


def _other_than(person_id: int, candidates: Sequence[int]) -> int | None:
    return next((one for one in candidates if one != person_id), None)


def _replace_stand_ins(
    rows: Sequence[Responsibility], shares: Mapping[int, int], successors: Sequence[int], on: date
) -> None:
    """The stretch of the responsible person goes on with another stand-in; who stood in before that day stays noted."""
    wanted = {row.pk: _other_than(row.user_id, [shares[row.distributor_id], *successors]) for row in rows}
    running, coming = [row for row in rows if row.starts_on < on], [row for row in rows if row.starts_on >= on]
    Responsibility.objects.filter(pk__in=[row.pk for row in running]).update(ends_on=on - timedelta(days=1))
    Responsibility.objects.bulk_create(
        Responsibility(
            distributor_id=row.distributor_id, duty_id=row.duty_id, user_id=row.user_id, stand_in_id=wanted[row.pk],
            starts_on=on, ends_on=row.ends_on, note=row.note,
        )
        for row in running
    )  # fmt: skip
    for row in coming:
        row.stand_in_id = wanted[row.pk]
    Responsibility.objects.bulk_update(coming, ["stand_in"])


def _replace_absence_stand_ins(rows: Sequence[Absence], successors: Sequence[int], on: date) -> None:
    running, coming = [row for row in rows if row.starts_on < on], [row for row in rows if row.starts_on >= on]
    Absence.objects.filter(pk__in=[row.pk for row in running]).update(ends_on=on - timedelta(days=1))
    Absence.objects.bulk_create(
        Absence(
            person_id=row.person_id, stand_in_id=_other_than(row.person_id, successors), starts_on=on,
            ends_on=row.ends_on, note=row.note,
        )
        for row in running
    )  # fmt: skip
    for row in coming:
        row.stand_in_id = _other_than(row.person_id, successors)
    Absence.objects.bulk_update(coming, ["stand_in"])


def _record(
    actor: Actor,
    from_user_id: int,
    moved: Sequence[Responsibility],
    *,
    on: date,
    at: datetime,
    work: Mapping[str, int],
) -> int:
    periods = [ResponsibilityPeriod.of(row, before_id=from_user_id) for row in moved]
    events = responsibility_events(AccountsEvent.RESPONSIBILITY_HANDED_OVER, periods)
    record_events([*events, *_contacts(moved, on)], actor_id=actor.pk, at=at)
    receivers: Collection[int] = sorted({row.user_id for row in moved})
    return record_event(
        kind=AccountsEvent.HANDED_OVER_ALL,
        subject_type="user",
        subject_id=from_user_id,
        actor_id=actor.pk,
        extra_subjects=[ExtraSubject("user", person, "successor") for person in receivers],
        data={
            "person": from_user_id,
            "successors": list(receivers),
            "since": on.isoformat(),
            "duties": len(moved),
            "distributors": len({row.distributor_id for row in moved}),
            "work": dict(work),
        },
        at=at,
    ).pk


def _contacts(moved: Sequence[Responsibility], on: date) -> list[EventInput]:
    """One a distributor: its people read once who is there for them now, however many duties changed."""
    persons = {row.distributor_id: row.user_id for row in moved}
    return [
        EventInput(
            kind=AccountsEvent.MANAGER_CHANGED,
            subject_type="distributor",
            subject_id=distributor,
            distributor_id=distributor,
            data={"person": person, "since": on.isoformat()},
        )
        for distributor, person in persons.items()
    ]
