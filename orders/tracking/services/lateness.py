"""Flag orders that are late or about to be, and notify once, in one statement."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from core.events import event_ctes
from orders.ordering.enums import OPEN_STATUSES, OrderEvent

SOON = timedelta(days=2)
"""How long before the promised day an order that has not left counts as about to be late."""

_EVENT = event_ctes(
    "changed WHERE lateness <> 'on_time'",
    at="%(now)s",
    actor_id="NULL",
    on_behalf_of="NULL",
    distributor_id="distributor_id",
    kind="CASE lateness WHEN 'late' THEN %(late)s ELSE %(soon_late)s END",
    subject_type="'order'",
    subject_id="id",
    data="""jsonb_build_object('number', number, 'manager_id', manager_id, 'promised_on', promised_on,
                              'before', status, 'after', status, 'source', source)""",
    publish="data ->> 'source' <> 'import'",
)

_FLAG = f"""
WITH due AS MATERIALIZED (
    SELECT placed.id,
           CASE WHEN placed.promised_on < %(today)s THEN 'late'
                WHEN placed.status <> 'shipped' THEN 'soon_late'
                WHEN EXISTS (SELECT 1 FROM orders_shipment AS part
                             WHERE part.order_id = placed.id AND part.status = 'shipped'
                               AND part.expected_on > placed.promised_on) THEN 'soon_late'
                ELSE 'on_time' END AS lateness
    FROM orders_order AS placed
    WHERE placed.status = ANY(%(open)s) AND placed.promised_on <= %(soon)s
    ORDER BY placed.id
    FOR UPDATE OF placed SKIP LOCKED
), changed AS (
    UPDATE orders_order AS placed SET lateness = due.lateness
    FROM due
    WHERE placed.id = due.id AND placed.lateness <> due.lateness
    RETURNING placed.id, placed.number, placed.distributor_id, placed.manager_id, placed.promised_on, placed.status,
              placed.source, placed.lateness
), {_EVENT}
SELECT lateness, count(*) FROM changed GROUP BY lateness
"""  # noqa: S608 - put together from constants, values are bound


def flag_lateness(*, now: datetime, today: date | None = None) -> dict[str, int]:
    """Flag every open order against its promised day; returns how many changed, by the new flag.

    Each change is one event and, for orders that were not imported, one message to the manager. An order that somebody
    is working on this moment is left for the next run.
    """
    day = today or timezone.localdate(now)
    parameters: dict[str, Any] = {
        "today": day,
        "soon": day + SOON,
        "open": sorted(status.value for status in OPEN_STATUSES),
        "now": now,
        "late": OrderEvent.LATE.value,
        "soon_late": OrderEvent.SOON_LATE.value,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_FLAG, parameters)
        return dict(cursor.fetchall())
