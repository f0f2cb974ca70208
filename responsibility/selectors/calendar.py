"""The absences of a team in a month: who is away on which day, who acts, and where nobody does."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from accounts.expressions import accountable_sql
from accounts.models import Absence, User
from core.actors import Actor
from responsibility.enums import AwayState


@dataclass(frozen=True, kw_only=True)
class AwayDay:
    """One day of one person: not away, or away in one of these states by this absence."""

    day: date
    state: AwayState | None = None
    absence: Absence | None = None
    open_duties: int = 0


@dataclass(frozen=True, kw_only=True)
class AwayRow:
    person: User
    days: Sequence[AwayDay]


@dataclass(frozen=True, kw_only=True)
class AwayEntry:
    """One absence of the list: its days within the month on which its stand-in is away too, or nobody acts."""

    absence: Absence
    state: AwayState
    days: Sequence[date]


@dataclass(frozen=True, kw_only=True)
class AwayMonth:
    first: date
    days: Sequence[date]
    rows: Sequence[AwayRow]
    entries: Sequence[AwayEntry]


def month_days(first: date) -> list[date]:
    """All days of the month that begins then."""
    following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return [first + timedelta(days=number) for number in range((following - first).days)]


def away_month(actor: Actor, *, first: date) -> AwayMonth:
    """The absences that the person sees in a month. Three queries, whatever their number."""
    days = month_days(first)
    seen = Absence.objects.visible_to(actor).from_day(first).filter(starts_on__lte=days[-1])
    absences = list(seen.select_related("person", "stand_in").order_by("starts_on", "pk"))
    also_away = _days_away({one.stand_in_id for one in absences if one.stand_in_id}, days)
    nobody = _without_anybody({one.person_id for one in absences}, days)
    by_person: dict[int, dict[date, AwayDay]] = {}
    entries = []
    for absence in absences:
        mine = {day: _away_day(absence, day, also_away, nobody) for day in days if _is_on(absence, day)}
        by_person.setdefault(absence.person_id, {}).update(mine)
        states = [one.state for one in mine.values() if one.state]
        worst = min(states, key=list(AwayState).index)
        pressing = [one.day for one in mine.values() if one.state == worst and worst != AwayState.COVERED]
        entries.append(AwayEntry(absence=absence, state=worst, days=pressing))
    people = sorted({one.person_id: one.person for one in absences}.values(), key=lambda one: (str(one), one.pk))
    rows = [
        AwayRow(person=person, days=[by_person[person.pk].get(day) or AwayDay(day=day) for day in days])
        for person in people
    ]
    return AwayMonth(first=first, days=days, rows=rows, entries=entries)


def _is_on(absence: Absence, day: date) -> bool:
    return absence.starts_on <= day and (absence.ends_on is None or day <= absence.ends_on)


def _away_day(
    absence: Absence,
    day: date,
    also_away: Collection[tuple[int, date]],
    nobody: Mapping[tuple[int, date], int],
) -> AwayDay:
    number = nobody.get((absence.person_id, day), 0)
    state = AwayState.COVERED
    if number:
        state = AwayState.NOBODY
    elif absence.stand_in_id and (absence.stand_in_id, day) in also_away:
        state = AwayState.STAND_IN_AWAY
    return AwayDay(day=day, state=state, absence=absence, open_duties=number)


def _days_away(ids: Collection[int], days: Sequence[date]) -> set[tuple[int, date]]:
    rows = list(Absence.objects.from_day(days[0]).filter(person__in=ids, starts_on__lte=days[-1]))
    return {(row.person_id, day) for row in rows for day in days if _is_on(row, day)}


_NOBODY = f"""
SELECT acting.responsible_id, given.day::date, count(*)
FROM generate_series(%s::date, %s::date, interval '1 day') AS given (day)
CROSS JOIN LATERAL ({accountable_sql("given.day::date")}) AS acting
WHERE acting.responsible_id = ANY (%s) AND acting.person_id IS NULL
GROUP BY 1, 2
"""  # noqa: S608 - put together from constants, values are bound


def _without_anybody(ids: Collection[int], days: Sequence[date]) -> Mapping[tuple[int, date], int]:
    """For how many duties of each of these people nobody acts on a day."""
    with connection.cursor() as cursor:
        cursor.execute(_NOBODY, [days[0], days[-1], list(ids)])
        return {(person, day): number for person, day, number in cursor.fetchall()}
