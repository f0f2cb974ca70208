"""The daily step: agreements are warned of, come into grace and end by their dates, each with its event."""

from datetime import date
from typing import Any

from django.db import connection, transaction

from channel.enums import WARNING_DAYS, AgreementEvent, AgreementStatus
from channel.models import Agreement
from channel.services.steps import grant_agreement_rights
from core.constraints import explained
from core.events import EventInput, record_events

_MOVE = """
WITH due AS (
    SELECT id, CASE WHEN orders_until < %(today)s THEN 'ended' ELSE 'in_grace' END AS target
    FROM channel_agreement
    WHERE (status IN ('in_force', 'in_grace') AND orders_until < %(today)s)
       OR (status = 'in_force' AND last_on IS NULL AND ends_on < %(today)s)
    ORDER BY id
    FOR UPDATE
)
UPDATE channel_agreement AS agreement SET status = due.target FROM due WHERE agreement.id = due.id
RETURNING agreement.id, agreement.distributor_id, agreement.number, agreement.revision, due.target,
          agreement.ends_on, agreement.orders_until
"""

_WARN = """
WITH due AS (
    SELECT agreement.id, min(ahead.days) AS days
    FROM channel_agreement AS agreement
    JOIN unnest(%(ahead)s::int[]) AS ahead (days) ON agreement.ends_on - %(today)s::date <= ahead.days
    WHERE agreement.status = 'in_force' AND agreement.last_on IS NULL AND agreement.ends_on >= %(today)s
    GROUP BY agreement.id
    HAVING agreement.warned_days IS NULL OR agreement.warned_days > min(ahead.days)
)
UPDATE channel_agreement AS agreement SET warned_days = due.days FROM due WHERE agreement.id = due.id
RETURNING agreement.id, agreement.distributor_id, agreement.number, agreement.revision, agreement.ends_on,
          agreement.ends_on - %(today)s::date
"""


def move_agreements(*, today: date) -> int:
    """Bring every agreement to where its dates put it on a day, and warn of those that end; returns how many events.

    An agreement is warned of 90, 60 and 30 days before its end, once each; after a standstill, by the nearest of them
    only. What one in force grants by category is renewed, so that new products are among it. A fixed number of
    statements.
    """
    with explained(), transaction.atomic():
        moved = [
            _event(
                AgreementEvent.ENDED if target == AgreementStatus.ENDED else AgreementEvent.IN_GRACE,
                (pk, distributor, number, revision),
                ends_on=str(ends_on or until),
                orders_until=str(until),
            )
            for pk, distributor, number, revision, target, ends_on, until in _rows(_MOVE, {"today": today})
        ]
        warned = [
            _event(AgreementEvent.EXPIRING, (pk, distributor, number, revision), ends_on=ends_on.isoformat(), days=days)
            for pk, distributor, number, revision, ends_on, days in _rows(
                _WARN, {"today": today, "ahead": list(WARNING_DAYS)}
            )
        ]
        record_events([*moved, *warned], actor_id=None)
        _renew_rights(today)
    return len(moved) + len(warned)


def _renew_rights(today: date) -> None:
    by_category = Agreement.objects.on(today).filter(subjects__category__isnull=False).distinct().order_by("pk")
    grant_agreement_rights(by_category)


def _rows(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return sorted(cursor.fetchall())


def _event(kind: AgreementEvent, row: tuple[int, int, str, int], **data: object) -> EventInput:
    pk, distributor, number, revision = row
    return EventInput(
        kind=kind,
        subject_type="agreement",
        subject_id=pk,
        distributor_id=distributor,
        data={"number": number, "revision": revision, **data},
    )
