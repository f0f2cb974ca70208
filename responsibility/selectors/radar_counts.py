"""What the radar counts over many distributors on a day, in one pass over the responsibilities in force.

Who acts follows from the responsible person and the stand-in alone, so the rule is asked once for each such couple, and not
for each of 100,000 duties. Rows without an end are read from an index of their own, past the history of earlier years.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.db import connection

from accounts.enums import ORDERING_STATUSES, CellState
from accounts.expressions import date_literal, in_force_sql, who_acts_sql
from accounts.models import Distributor
from accounts.selectors.channel_cache import kept
from accounts.selectors.radar_cells import state_of
from core.actors import Actor


class _Group(NamedTuple):
    """Duties whose state is the same, and their number."""

    nobody: bool
    away: bool
    active: bool
    leaves_on: date | None
    ends_on: date | None
    stand_in: bool | None
    number: int


@dataclass(frozen=True, kw_only=True)
class DayCounts:
    """How the duties in use of some ordering distributors stand on a day; `gaps` holds those with any, most first."""

    on: date
    distributors: int
    duties: int
    gaps: Mapping[int, int]
    groups: Sequence[_Group]

    @cached_property
    def by_state(self) -> Mapping[CellState, int]:
        found = dict.fromkeys(CellState, 0)
        for group in self.groups:
            state = state_of(
                self.on,
                nobody=group.nobody,
                away=group.away,
                active=group.active,
                leaves_on=group.leaves_on,
                ends_on=group.ends_on,
                stand_in=group.stand_in,
            )
            found[state] += group.number
        found[CellState.GAP] = sum(self.gaps.values())
        return found


def _counts_sql(day: str, among: str) -> str:
    """One row for each distributor with gaps, and one for each `_Group`; the first column is the distributor or NULL."""
    here = among.replace(" id ", " distributor_id ")
    statuses = ", ".join(f"'{status}'" for status in sorted(ORDERING_STATUSES))
    return f"""
    WITH used AS MATERIALIZED (
        SELECT COALESCE(array_agg(id), ARRAY[]::bigint[]) AS ids, count(*) AS number FROM accounts_duty WHERE is_active
    ), chosen AS MATERIALIZED (
        SELECT id, code FROM accounts_distributor WHERE status IN ({statuses}){among}
    ), open_ended AS (
        SELECT distributor_id, user_id, stand_in_id, NULL::date AS ends_on, count(*)::int AS number
        FROM accounts_responsibility
        WHERE ends_on IS NULL AND starts_on <= {day} AND duty_id = ANY ((SELECT ids FROM used)::bigint[]){here}
        GROUP BY distributor_id, user_id, stand_in_id
    ), ending AS (
        SELECT distributor_id, user_id, stand_in_id, ends_on, count(*)::int AS number
        FROM accounts_responsibility
        WHERE ends_on >= {day} AND starts_on <= {day} AND duty_id = ANY ((SELECT ids FROM used)::bigint[]){here}
        GROUP BY distributor_id, user_id, stand_in_id, ends_on
    ), held AS MATERIALIZED (
        SELECT given.* FROM (SELECT * FROM open_ended UNION ALL SELECT * FROM ending) AS given
        JOIN chosen ON chosen.id = given.distributor_id
    ), together AS MATERIALIZED (
        SELECT user_id, stand_in_id, ends_on, sum(number)::int AS number FROM held GROUP BY user_id, stand_in_id, ends_on
    ), couple AS MATERIALIZED (
        SELECT held.user_id, held.stand_in_id, held.ends_on, held.number, person.is_active, person.leaves_on,
               (SELECT other.is_active FROM accounts_user AS other WHERE other.id = held.stand_in_id) AS stand_in_active,
               {who_acts_sql(day)} AS person_id
        FROM together AS held
        JOIN accounts_user AS person ON person.id = held.user_id
        LEFT JOIN accounts_absence AS absence ON absence.person_id = held.user_id AND {in_force_sql("absence", day)}
    ), nobody AS MATERIALIZED (
        SELECT DISTINCT user_id, COALESCE(stand_in_id, 0) AS stand_in_id FROM couple WHERE person_id IS NULL
    ), covered AS (
        SELECT distributor_id, sum(number)::int AS number FROM held
        WHERE (user_id, COALESCE(stand_in_id, 0)) NOT IN (SELECT user_id, stand_in_id FROM nobody)
        GROUP BY distributor_id
    ), gap AS (
        SELECT chosen.id, chosen.code, used.number - COALESCE(covered.number, 0) AS number
        FROM chosen CROSS JOIN used LEFT JOIN covered ON covered.distributor_id = chosen.id
        WHERE used.number > COALESCE(covered.number, 0)
    ), state AS (
        SELECT person_id IS NULL AS nobody, person_id <> user_id AS away, is_active, leaves_on, ends_on, stand_in_active,
               sum(number)::int AS number
        FROM couple GROUP BY 1, 2, 3, 4, 5, 6
    )
    SELECT * FROM (
        SELECT gap.id, gap.code, FALSE AS nobody, FALSE AS away, TRUE AS active, NULL::date AS leaves_on, NULL::date AS ends_on,
               FALSE AS stand_in, gap.number FROM gap
        UNION ALL
        SELECT NULL, NULL, state.* FROM state
        UNION ALL
        SELECT 0, NULL, FALSE, FALSE, TRUE, NULL, NULL, FALSE, count(*) FROM chosen
        UNION ALL
        SELECT -1, NULL, FALSE, FALSE, TRUE, NULL, NULL, FALSE, number FROM used
    ) AS found ORDER BY number DESC, code
    """  # noqa: S608 - put together from constants, values are bound


def day_counts(actor: Actor, *, on: date, only_work: bool = False) -> DayCounts:
    """Over the ordering distributors that the person sees, or those that are the person's work.

    One query, two for whoever does not see the channel; of those who do, kept while nothing of the channel changes.
    """
    rows = Distributor.objects.visible_to(actor).ordering()
    if only_work:
        rows = rows.work_of(actor)

    def count() -> DayCounts:
        return _count(on, None)

    return kept(actor, f"counts:{on}", count, lambda: _count(on, list(rows.order_by().values_list("pk", flat=True))))


def _count(on: date, ids: Collection[int] | None) -> DayCounts:
    statement = _counts_sql(date_literal(on), "" if ids is None else " AND id = ANY (%(ids)s::bigint[])")
    with connection.cursor() as cursor:
        cursor.execute(statement, None if ids is None else {"ids": list(ids)})
        found = cursor.fetchall()
    numbers = {pk: number for pk, *_values, number in found if pk is not None}
    return DayCounts(
        on=on,
        distributors=numbers.pop(0),
        duties=numbers.pop(-1),
        gaps=numbers,
        groups=[_Group(*values) for pk, _code, *values in found if pk is None],
    )
