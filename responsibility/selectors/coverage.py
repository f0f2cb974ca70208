"""Who is accountable for each duty on every day of a range: stretches of days, swept in SQL. It proves "no gap"."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from accounts.expressions import in_force_sql, who_acts_sql
from core.models.base import localised
from responsibility.enums import CoverageState

CHUNK = 500
LONGEST_DAYS = 3660
"""Of a range that is asked for."""

# Who acts depends on the responsible person, the stand-in and the day alone, so the rule is asked for each such couple and
# not for each distributor, and only on the days of `change`: an absence or the working life of somebody who may act begins
# or has ended. What follows is a join of intervals; the holes between responsibilities are the gaps that are left.
_SPANS = f"""
WITH pair AS MATERIALIZED (
    SELECT distributor.id AS distributor_id, duty.id AS duty_id,
           greatest(%(first)s, COALESCE(distributor.started_on, %(first)s)) AS first_day
    FROM accounts_distributor AS distributor CROSS JOIN accounts_duty AS duty
    WHERE distributor.id = ANY(%(distributors)s) AND duty.id = ANY(%(duties)s) AND duty.is_active
      AND COALESCE(distributor.started_on, %(first)s) <= %(last)s
), given AS MATERIALIZED (
    SELECT pair.distributor_id, pair.duty_id, pair.first_day, row.user_id, COALESCE(row.stand_in_id, 0) AS stand_in_id,
           greatest(row.starts_on, pair.first_day) AS first_on, least(COALESCE(row.ends_on, %(last)s), %(last)s) AS last_on
    FROM accounts_responsibility AS row JOIN pair USING (distributor_id, duty_id)
    WHERE row.starts_on <= %(last)s AND (row.ends_on IS NULL OR row.ends_on >= pair.first_day)
), held AS MATERIALIZED (
    SELECT DISTINCT user_id, NULLIF(stand_in_id, 0) AS stand_in_id FROM given
), candidate AS (
    SELECT held.user_id, held.stand_in_id, held.user_id AS person_id FROM held
    UNION SELECT held.user_id, held.stand_in_id, held.stand_in_id FROM held
    UNION SELECT held.user_id, held.stand_in_id, person.supervisor_id
    FROM held JOIN accounts_user AS person ON person.id = held.user_id
    UNION SELECT held.user_id, held.stand_in_id, away.stand_in_id
    FROM held JOIN accounts_absence AS away ON away.person_id = held.user_id
), change_of_person AS (
    SELECT away.person_id, away.starts_on AS day FROM accounts_absence AS away
    UNION SELECT away.person_id, away.ends_on + 1 FROM accounts_absence AS away
    UNION SELECT person.id, person.leaves_on + 1 FROM accounts_user AS person
), change AS (
    SELECT held.user_id, held.stand_in_id, %(first)s AS day FROM held
    UNION SELECT candidate.user_id, candidate.stand_in_id, change_of_person.day
    FROM candidate JOIN change_of_person USING (person_id)
    WHERE change_of_person.day > %(first)s AND change_of_person.day <= %(last)s
), acting AS MATERIALIZED (
    SELECT held.user_id, COALESCE(held.stand_in_id, 0) AS stand_in_id, held.day AS first_on,
           lead(held.day, 1, %(last)s + 1) OVER couple - 1 AS last_on, {who_acts_sql("held.day")} AS person_id
    FROM change AS held
    JOIN accounts_user AS person ON person.id = held.user_id
    LEFT JOIN accounts_absence AS absence ON absence.person_id = held.user_id AND {in_force_sql("absence", "held.day")}
    WINDOW couple AS (PARTITION BY held.user_id, held.stand_in_id ORDER BY held.day)
), ordered AS (
    SELECT given.*, max(last_on) OVER (
        PARTITION BY distributor_id, duty_id ORDER BY first_on, last_on ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS before FROM given
), found (distributor_id, duty_id, first_on, last_on, responsible_id, person_id, is_overlap) AS (
    SELECT given.distributor_id, given.duty_id, greatest(given.first_on, acting.first_on),
           least(given.last_on, acting.last_on), given.user_id, acting.person_id, FALSE
    FROM given JOIN acting ON acting.user_id = given.user_id AND acting.stand_in_id = given.stand_in_id
     AND acting.first_on <= given.last_on AND acting.last_on >= given.first_on
    WHERE NOT %(only_faults)s OR acting.person_id IS NULL
    UNION ALL
    SELECT distributor_id, duty_id, first_on, least(before, last_on), NULL, NULL, TRUE FROM ordered WHERE before >= first_on
    UNION ALL
    SELECT distributor_id, duty_id, COALESCE(before + 1, first_day), first_on - 1, NULL, NULL, FALSE
    FROM ordered WHERE first_on > COALESCE(before + 1, first_day)
    UNION ALL
    SELECT pair.distributor_id, pair.duty_id, COALESCE(max(given.last_on) + 1, pair.first_day), %(last)s, NULL, NULL, FALSE
    FROM pair LEFT JOIN given USING (distributor_id, duty_id) GROUP BY pair.distributor_id, pair.duty_id, pair.first_day
    HAVING COALESCE(max(given.last_on) + 1, pair.first_day) <= %(last)s
), marked AS (
    SELECT found.*, (
        (first_on - 1, responsible_id, person_id, is_overlap) IS DISTINCT FROM
        (lag(last_on) OVER pair, lag(responsible_id) OVER pair, lag(person_id) OVER pair, lag(is_overlap) OVER pair)
    )::int AS differs
    FROM found WINDOW pair AS (PARTITION BY distributor_id, duty_id ORDER BY is_overlap, first_on)
), numbered AS (
    SELECT marked.*, sum(differs) OVER (PARTITION BY distributor_id, duty_id ORDER BY is_overlap, first_on) AS island
    FROM marked
)
SELECT numbered.distributor_id, distributor.code, distributor.name, distributor.name_zh, duty.id, duty.code, duty.name,
       duty.name_zh, min(numbered.first_on), max(numbered.last_on), responsible.id, responsible.full_name,
       responsible.full_name_zh, person.id, person.full_name, person.full_name_zh, numbered.is_overlap
FROM numbered
JOIN accounts_distributor AS distributor ON distributor.id = numbered.distributor_id
JOIN accounts_duty AS duty ON duty.id = numbered.duty_id
LEFT JOIN accounts_user AS responsible ON responsible.id = numbered.responsible_id
LEFT JOIN accounts_user AS person ON person.id = numbered.person_id
GROUP BY numbered.distributor_id, numbered.duty_id, numbered.island, numbered.is_overlap, distributor.id, duty.id,
         responsible.id, person.id
ORDER BY distributor.code, duty.position, duty.code, min(numbered.first_on), numbered.is_overlap
"""  # noqa: S608 - put together from constants, values are bound


@dataclass(frozen=True, kw_only=True)
class CoveragePerson:
    id: int
    name: str
    name_zh: str

    def __str__(self) -> str:
        return localised(self.name, self.name_zh)


@dataclass(frozen=True, kw_only=True)
class CoverageSpan:
    """Days in a row, both included, on which the same person is accountable for a duty; nobody for a gap.

    An overlap stands beside the spans of those days: there two people were given the duty, which the database refuses.
    """

    distributor_id: int
    distributor_code: str
    distributor_names: tuple[str, str]
    duty_id: int
    duty_code: str
    duty_names: tuple[str, str]
    first_on: date
    last_on: date
    responsible: CoveragePerson | None
    person: CoveragePerson | None
    is_overlap: bool

    @property
    def is_gap(self) -> bool:
        return self.person is None and not self.is_overlap

    @property
    def days(self) -> int:
        return (self.last_on - self.first_on).days + 1

    @property
    def state(self) -> CoverageState:
        if self.is_overlap:
            return CoverageState.OVERLAP
        if self.person is None:
            return CoverageState.GAP
        return CoverageState.COVERED if self.person == self.responsible else CoverageState.REPRESENTED

    @property
    def distributor_name(self) -> str:
        return localised(*self.distributor_names)

    @property
    def duty_name(self) -> str:
        return localised(*self.duty_names)


def coverage_spans(
    distributor_ids: Collection[int], duty_ids: Collection[int], *, first: date, last: date, only_faults: bool = False
) -> Iterator[CoverageSpan]:
    """Every day from `first` to `last` of every pair in exactly one span (overlaps beside), by distributor, duty and day.

    A distributor counts from the day it began. With `only_faults` the gaps and overlaps alone. One query for each 500
    distributors; no days and no pairs give nothing. The caller has checked that the distributors are seen.
    """
    ids = list(distributor_ids)
    for start in range(0, len(ids), CHUNK):
        yield from _spans(ids[start : start + CHUNK], list(duty_ids), first, last, only_faults=only_faults)


def _spans(
    distributors: Sequence[int], duties: Sequence[int], first: date, last: date, *, only_faults: bool
) -> list[CoverageSpan]:
    values: dict[str, Any] = {
        "distributors": list(distributors),
        "duties": list(duties),
        "first": first,
        "last": last,
        "only_faults": only_faults,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SPANS, values)
        return [_span(*row) for row in cursor.fetchall()]


def _span(*row: Any) -> CoverageSpan:
    distributor, code, name, name_zh, duty, duty_code, duty_name, duty_zh, first, last, *people, is_overlap = row
    return CoverageSpan(
        distributor_id=distributor,
        distributor_code=code,
        distributor_names=(name, name_zh),
        duty_id=duty,
        duty_code=duty_code,
        duty_names=(duty_name, duty_zh),
        first_on=first,
        last_on=last,
        responsible=_person(*people[:3]),
        person=_person(*people[3:]),
        is_overlap=is_overlap,
    )


def _person(pk: int | None, name: str, name_zh: str) -> CoveragePerson | None:
    return None if pk is None else CoveragePerson(id=pk, name=name, name_zh=name_zh)
