"""What a handover that was dated ahead leaves for its day: open work and reports pass on then."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.enums import AccountsEvent
from accounts.models import PendingHandOver, User
from accounts.selectors.open_work import OPEN_WORK
from accounts.selectors.responsibilities import first_accountable
from core.events import ExtraSubject, record_event


def pass_on_work(person_id: int, shares: Mapping[int, int]) -> dict[str, int]:
    """Reports to the person's supervisor, open work to the distributors' successors; returns by key how many moved.

    Reports go to whoever is above, which makes no circle whoever the successors are. Before: the person is locked.
    """
    above = User.objects.filter(pk=person_id).values_list("supervisor_id", flat=True).first()
    User.objects.filter(supervisor=person_id).update(supervisor=above)
    moves = {one.key: one.move(person_id, shares) for one in OPEN_WORK}
    return {key: number for key, number in moves.items() if number}


def note_for_later(*, person_id: int, on: date, shares: Mapping[int, int], actor_id: int) -> None:
    """Remember that open work passes on at that day. An earlier note of the same person and day gives way."""
    PendingHandOver.objects.filter(person=person_id, on=on, done_at=None).delete()
    if shares:
        by_text = {str(distributor): successor for distributor, successor in shares.items()}
        PendingHandOver.objects.create(person_id=person_id, on=on, shares=by_text, decided_by_id=actor_id)


def finish_hand_overs(*, now: datetime) -> int:
    """Pass on the open work of handovers whose day has come; returns how many. Each in a transaction of its own.

    It goes to whoever is accountable at the distributor on that day, else to the successor who was chosen. One that was
    done is not done again; one that somebody else is doing is left to them. Records one event each.
    """
    day, done = timezone.localdate(now), 0
    ids = list(
        PendingHandOver.objects.filter(on__lte=day, done_at=None).order_by("on", "pk").values_list("pk", flat=True)
    )
    for pk in ids:
        with transaction.atomic():
            row = PendingHandOver.objects.select_for_update(skip_locked=True).filter(pk=pk, done_at=None).first()
            if row is not None:
                _finish(row, day, now)
                done += 1
    return done


def _finish(row: PendingHandOver, day: date, now: datetime) -> None:
    list(User.objects.select_for_update(of=("self",)).filter(pk=row.person_id).values_list("pk"))
    chosen = {int(distributor): successor for distributor, successor in row.shares.items()}
    today = first_accountable(list(chosen), on=day)
    shares = {
        distributor: _other(today.get(distributor), successor, row.person_id)
        for distributor, successor in chosen.items()
    }
    work = pass_on_work(row.person_id, shares)
    row.done_at = now
    row.save(update_fields=["done_at"])
    record_event(
        kind=AccountsEvent.WORK_HANDED_OVER,
        subject_type="user",
        subject_id=row.person_id,
        actor_id=row.decided_by_id,
        extra_subjects=[ExtraSubject("user", person, "successor") for person in sorted(set(shares.values()))],
        data={"person": row.person_id, "since": row.on.isoformat(), "work": work},
        at=now,
    )


def _other(accountable: int | None, successor: int, person: int) -> int:
    return accountable if accountable not in (None, person) else successor
