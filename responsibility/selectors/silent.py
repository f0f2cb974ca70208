"""Silent owners: nothing that counts as doing the duty has happened within its cadence, by the person accountable."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models.expressions import RawSQL

from accounts.enums import CadenceUnit
from accounts.expressions import date_literal, in_force_sql
from accounts.models import Distributor, Responsibility
from accounts.selectors.channel_cache import kept
from core.actors import Actor

_SPAN = f"""make_interval(
    months => CASE duty.cadence_unit WHEN '{CadenceUnit.MONTH}' THEN duty.cadence ELSE 0 END,
    weeks => CASE duty.cadence_unit WHEN '{CadenceUnit.WEEK}' THEN duty.cadence ELSE 0 END,
    days => CASE duty.cadence_unit WHEN '{CadenceUnit.DAY}' THEN duty.cadence ELSE 0 END
)"""


def _silent_sql(day: str) -> str:
    """Responsibilities in force that lasted a whole cadence, without an event of their person, or in its name, within it."""
    return f"""
    WITH regular AS MATERIALIZED (
        SELECT duty.id, duty.done_by, ({day} - {_SPAN})::date AS since
        FROM accounts_duty AS duty
        WHERE duty.is_active AND duty.cadence IS NOT NULL AND cardinality(duty.done_by) > 0
    ), seen AS MATERIALIZED (
        SELECT event.distributor_id, event.kind, COALESCE(event.on_behalf_of_id, event.actor_id) AS person_id,
               (max(event.at) AT TIME ZONE %s)::date AS last_on
        FROM core_event AS event
        WHERE event.kind IN (SELECT unnest(done_by) FROM regular) AND event.distributor_id IS NOT NULL
          AND event.at >= (SELECT min(since) FROM regular)::timestamp AT TIME ZONE %s
        GROUP BY 1, 2, 3
    )
    SELECT held.id
    FROM accounts_responsibility AS held JOIN regular ON regular.id = held.duty_id
    WHERE {in_force_sql("held", day)} AND held.starts_on <= regular.since AND NOT EXISTS (
        SELECT FROM seen
        WHERE seen.distributor_id = held.distributor_id AND seen.person_id = held.user_id
          AND seen.kind = ANY (regular.done_by) AND seen.last_on >= regular.since
    )
    """  # noqa: S608 - put together from constants, values are bound


def silent_responsibilities(actor: Actor, *, on: date) -> Any:
    """Those of ordering distributors that the person sees, as a query set. Read in one statement, whatever their number."""
    zone = settings.TIME_ZONE
    ids = RawSQL(_silent_sql(date_literal(on)), [zone, zone])  # noqa: S611 - constant text
    distributors = Distributor.objects.visible_to(actor).ordering().values("pk")
    return Responsibility.objects.filter(pk__in=ids, distributor__in=distributors)


_LAST_SEEN = """
SELECT held.id, (
    SELECT (max(event.at) AT TIME ZONE %s)::date FROM core_event AS event
    WHERE event.distributor_id = held.distributor_id AND event.kind = ANY (duty.done_by)
      AND COALESCE(event.on_behalf_of_id, event.actor_id) = held.user_id
)
FROM accounts_responsibility AS held JOIN accounts_duty AS duty ON duty.id = held.duty_id
WHERE held.id = ANY (%s)
"""


def last_seen(responsibility_ids: Collection[int]) -> Mapping[int, date | None]:
    """On which day each last did what counts, None for never. One query for a page of them."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST_SEEN, [settings.TIME_ZONE, list(responsibility_ids)])
        return dict(cursor.fetchall())


def count_silent(actor: Actor, *, on: date) -> int:
    """How many there are; of the whole channel it is kept for a minute at most, see `kept`."""

    def count() -> int:
        found: int = silent_responsibilities(actor, on=on).count()
        return found

    return kept(actor, f"silent:{on}", count, count)
