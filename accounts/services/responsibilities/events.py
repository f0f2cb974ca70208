"""The events of responsibilities."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounts.enums import AccountsEvent
from accounts.models import Responsibility
from core.events import EventInput, ExtraSubject


@dataclass(frozen=True, kw_only=True)
class ResponsibilityPeriod:
    """One stretch of answering for one duty, as events report it."""

    responsibility_id: int
    distributor_id: int
    duty_id: int
    user_id: int
    starts_on: date
    ends_on: date | None
    before_id: int | None = None

    @classmethod
    def of(cls, row: Responsibility, *, before_id: int | None = None) -> "ResponsibilityPeriod":
        return cls(
            responsibility_id=row.pk,
            distributor_id=row.distributor_id,
            duty_id=row.duty_id,
            user_id=row.user_id,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            before_id=before_id,
        )


def responsibility_events(kind: AccountsEvent, rows: Sequence[ResponsibilityPeriod]) -> list[EventInput]:
    """One event a row, about the distributor; for each person with several of them one more, about the person.

    `together` says of how many the event is one, so that nobody is notified of each of a hundred.
    """
    together = Counter(row.user_id for row in rows)
    return [
        EventInput(
            kind=kind,
            subject_type="distributor",
            subject_id=row.distributor_id,
            distributor_id=row.distributor_id,
            extra_subjects=_people(row),
            data={
                "responsibility": row.responsibility_id,
                "duty": row.duty_id,
                "person": row.user_id,
                "person_before": row.before_id,
                "since": row.starts_on.isoformat(),
                "until": row.ends_on.isoformat() if row.ends_on else None,
                "together": together[row.user_id],
            },
        )
        for row in rows
    ] + [_received(person, rows) for person, number in together.items() if number > 1]


def _received(person_id: int, rows: Sequence[ResponsibilityPeriod]) -> EventInput:
    mine = [row for row in rows if row.user_id == person_id]
    since = min(row.starts_on for row in mine)
    return EventInput(
        kind=AccountsEvent.RESPONSIBILITIES_RECEIVED,
        subject_type="user",
        subject_id=person_id,
        data={"person": person_id, "count": len(mine), "since": since.isoformat()},
    )


def _people(row: ResponsibilityPeriod) -> list[ExtraSubject]:
    before = [] if row.before_id is None else [ExtraSubject("user", row.before_id, "previous")]
    return [ExtraSubject("user", row.user_id, "responsible"), *before]
