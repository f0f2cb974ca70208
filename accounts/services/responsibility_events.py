"""What is recorded and told when a duty changes hands."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from accounts.enums import AccountsEvent, NotificationLevel
from accounts.models import Distributor, Duty, Responsibility
from accounts.services.send_notifications import NotificationDraft, send_notifications
from core.events import EventInput, ExtraSubject
from core.paths import path_to


@dataclass(frozen=True, kw_only=True)
class ResponsibilityPeriod:
    """One stretch of answering for one duty, as events and notifications tell of it."""

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
    """One event a row, about the distributor."""
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
            },
        )
        for row in rows
    ]


def _people(row: ResponsibilityPeriod) -> list[ExtraSubject]:
    before = [] if row.before_id is None else [ExtraSubject("user", row.before_id, "previous")]
    return [ExtraSubject("user", row.user_id, "responsible"), *before]


def notify_responsible_people(kind: AccountsEvent, rows: Sequence[ResponsibilityPeriod], *, now: datetime) -> None:
    """One notification a duty to its person; of many to one person at once, one notification for all of them."""
    by_person: dict[int, list[ResponsibilityPeriod]] = defaultdict(list)
    for row in rows:
        by_person[row.user_id].append(row)
    singles = [responsibilities[0] for responsibilities in by_person.values() if len(responsibilities) == 1]
    names = Distributor.objects.in_bulk([row.distributor_id for row in singles])
    duties = Duty.objects.in_bulk([row.duty_id for row in singles])
    drafts = [_single(kind, row, names[row.distributor_id], duties[row.duty_id], now) for row in singles]
    drafts += [
        _several(person, responsibilities, now)
        for person, responsibilities in by_person.items()
        if len(responsibilities) > 1
    ]
    send_notifications(drafts, now=now)


def _single(
    kind: AccountsEvent, row: ResponsibilityPeriod, distributor: Distributor, duty: Duty, now: datetime
) -> NotificationDraft:
    return NotificationDraft(
        recipient_id=row.user_id,
        kind=kind,
        level=NotificationLevel.ACTION if kind == AccountsEvent.RESPONSIBILITY_ASSIGNED else NotificationLevel.INFO,
        dedupe_key=f"{kind}:{row.responsibility_id}:{now:%Y%m%d%H%M%S%f}",
        params={
            "duty": duty.name,
            "distributor": distributor.name,
            "since": row.starts_on.isoformat(),
            "until": row.ends_on.isoformat() if row.ends_on else None,
        },
        link=path_to("/distributors/{}/", distributor.code),
    )


def _several(person_id: int, rows: Sequence[ResponsibilityPeriod], now: datetime) -> NotificationDraft:
    first = min(row.responsibility_id for row in rows)
    return NotificationDraft(
        recipient_id=person_id,
        kind=AccountsEvent.RESPONSIBILITY_HANDED_OVER,
        level=NotificationLevel.ACTION,
        dedupe_key=f"{AccountsEvent.RESPONSIBILITY_HANDED_OVER}:{first}:{now:%Y%m%d%H%M%S%f}",
        params={"count": len(rows), "since": min(row.starts_on for row in rows).isoformat()},
        link="/responsibilities/",
    )
