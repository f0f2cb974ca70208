"""Days on which people are away: recorded, changed, cancelled."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import AccountsEvent
from accounts.errors import AbsenceOverlap
from accounts.models import Absence, User
from accounts.permissions import can_record_absence
from accounts.selectors.people import colleagues_of
from core.actors import Actor
from core.constraints import explained
from core.errors import InvalidInput, NotVisible
from core.events import record_event
from core.locks import lock_row
from core.permissions import require
from core.state import check_version


def record_absence(
    *,
    actor: Actor,
    person_id: int,
    starts_on: date,
    ends_on: date | None = None,
    stand_in_id: int | None = None,
    note: str = "",
) -> Absence:
    """Record that a person is away from `starts_on` to `ends_on` (both included, or open). Records one event.

    While it lasts the stand-ins of the person's duties act, then `stand_in_id`, then the supervisor.
    Raises NotVisible, NotAllowed (somebody else's, and no administrator), InvalidInput (stand-in, dates), AbsenceOverlap.
    """
    with explained(), transaction.atomic():
        _lock(person_id, stand_in_id)
        person = _person(actor, person_id)
        require(can_record_absence(actor, person))
        _check(person, starts_on=starts_on, ends_on=ends_on, stand_in_id=stand_in_id)
        absence = Absence(person=person, starts_on=starts_on, ends_on=ends_on, stand_in_id=stand_in_id, note=note)
        absence.save(force_insert=True)
        _record(AccountsEvent.ABSENCE_RECORDED, absence, actor)
    return absence


def change_absence(
    *,
    actor: Actor,
    absence_id: int,
    starts_on: date,
    ends_on: date | None,
    stand_in_id: int | None,
    note: str,
    expected_version: int | None = None,
) -> Absence:
    """Change the days, the stand-in and the note. Records one event. Raises as `record_absence`, and StaleVersion."""
    with explained(), transaction.atomic():
        _lock(_person_of(actor, absence_id), stand_in_id)
        absence: Absence = lock_row(Absence.objects.visible_to(actor), absence_id)
        person = _person(actor, absence.person_id)
        require(can_record_absence(actor, person))
        check_version(absence, expected_version)
        _check(person, starts_on=starts_on, ends_on=ends_on, stand_in_id=stand_in_id, but=absence.pk)
        absence.starts_on, absence.ends_on, absence.stand_in_id, absence.note = starts_on, ends_on, stand_in_id, note
        absence.save(update_fields=["starts_on", "ends_on", "stand_in", "note"])
        _record(AccountsEvent.ABSENCE_CHANGED, absence, actor)
    return absence


@transaction.atomic
def cancel_absence(*, actor: Actor, absence_id: int) -> None:
    """Delete an absence: the person is not away. Records one event. Raises NotVisible, NotAllowed."""
    _lock(_person_of(actor, absence_id), None)
    absence: Absence = lock_row(Absence.objects.visible_to(actor), absence_id)
    require(can_record_absence(actor, _person(actor, absence.person_id)))
    _record(AccountsEvent.ABSENCE_CANCELLED, absence, actor)
    absence.delete()


def _person_of(actor: Actor, absence_id: int) -> int:
    found = Absence.objects.visible_to(actor).filter(pk=absence_id).values_list("person_id", flat=True).first()
    if found is None:
        raise NotVisible
    return int(found)


def _lock(person_id: int, stand_in_id: int | None) -> None:
    """Both people, in the order of their numbers: two who name each other at once wait, and the second is refused."""
    ids = [pk for pk in (person_id, stand_in_id) if pk is not None]
    list(User.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))


def _person(actor: Actor, person_id: int) -> User:
    seen = User.objects.filter(pk=actor.pk) if person_id == actor.pk else User.objects.visible_to(actor)
    person: User | None = seen.filter(pk=person_id).first()
    if person is None:
        raise NotVisible
    return person


def _check(
    person: User, *, starts_on: date, ends_on: date | None, stand_in_id: int | None, but: int | None = None
) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise InvalidInput(_("The end date must not be before the start date."), field="ends_on")
    if stand_in_id == person.pk:
        raise InvalidInput(_("The stand-in must be somebody else."), code="same", field="stand_in")
    if stand_in_id is not None and not colleagues_of(person).filter(pk=stand_in_id).exists():
        message = _("The stand-in must be an active person of the same company.")
        raise InvalidInput(message, code="cannot_stand_in", field="stand_in")
    if stand_in_id is not None:
        _check_stand_in(person, stand_in_id, starts_on, ends_on)
    others = Absence.objects.filter(person=person).exclude(ends_on__lt=starts_on)
    if but is not None:
        others = others.exclude(pk=but)
    if ends_on is not None:
        others = others.filter(starts_on__lte=ends_on)
    if others.exists():
        raise AbsenceOverlap(field="starts_on")


def _check_stand_in(person: User, stand_in_id: int, starts_on: date, ends_on: date | None) -> None:
    """Nobody who has left by then, is away all the time, or counts on the person meanwhile."""
    stand_in = User.objects.get(pk=stand_in_id)
    if stand_in.leaves_on is not None and stand_in.leaves_on < (ends_on or starts_on):
        message = _("%(person)s leaves on %(day)s.") % {"person": stand_in, "day": stand_in.leaves_on}
        raise InvalidInput(message, code="leaves", field="stand_in")
    away = Absence.objects.from_day(starts_on).filter(person=stand_in_id)
    if ends_on is not None:
        away = away.filter(starts_on__lte=ends_on)
    if away.filter(stand_in=person).exists():
        message = _("%(person)s is away then and has %(other)s as stand-in.") % {"person": stand_in, "other": person}
        raise InvalidInput(message, code="circle", field="stand_in")
    whole = [row for row in away if row.starts_on <= starts_on and _reaches(row.ends_on, ends_on)]
    if whole:
        raise InvalidInput(_("%(person)s is away all that time.") % {"person": stand_in}, code="away", field="stand_in")


def _reaches(its_end: date | None, end: date | None) -> bool:
    return its_end is None or (end is not None and its_end >= end)


def _record(kind: AccountsEvent, absence: Absence, actor: Actor) -> None:
    data = {
        "absence": absence.pk,
        "since": absence.starts_on.isoformat(),
        "until": absence.ends_on.isoformat() if absence.ends_on else None,
        "stand_in": absence.stand_in_id,
    }
    record_event(kind=kind, subject_type="user", subject_id=absence.person_id, actor_id=actor.pk, data=data)
