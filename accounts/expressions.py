"""Who acts for a distributor on a day, in SQL. Every scope of the program builds on it."""

from datetime import date, datetime
from typing import Any

from django.db.models import Func, IntegerField
from django.utils import timezone

SUPERVISED = """
WITH RECURSIVE people(id) AS (
    SELECT %s::bigint
    UNION
    SELECT below.id FROM accounts_user AS below JOIN people ON below.supervisor_id = people.id
)
"""


def in_force_sql(alias: str, day: str) -> str:
    """The rows of `alias` whose days include `day`, a placeholder or `date_literal`."""
    return f"{alias}.starts_on <= {day} AND ({alias}.ends_on IS NULL OR {alias}.ends_on >= {day})"


def date_literal(day: date) -> str:
    """A day as a constant, for statements that name it many times."""
    return f"DATE '{day.isoformat()}'"


def who_acts_sql(day: str) -> str:
    """The rule itself, as an expression: over `held` (user_id, stand_in_id), its `person` and the `absence` of that day."""
    return f"""CASE
        WHEN person.is_active AND (person.leaves_on IS NULL OR person.leaves_on >= {day}) AND absence.id IS NULL
        THEN held.user_id
        ELSE {who_stands_in_sql(day)}
    END"""


def who_stands_in_sql(day: str) -> str:
    """Who acts where the responsible person is not there: the part of the rule that names the others, in their order."""
    return f"""(
            SELECT other.id
            FROM (VALUES (1, held.stand_in_id), (2, absence.stand_in_id), (3, person.supervisor_id))
                 AS candidate (place, id)
            JOIN accounts_user AS other ON other.id = candidate.id
            WHERE other.is_active AND (other.leaves_on IS NULL OR other.leaves_on >= {day})
              AND NOT EXISTS (
                  SELECT FROM accounts_absence AS away
                  WHERE away.person_id = other.id AND {in_force_sql("away", day)}
              )
            ORDER BY candidate.place LIMIT 1
        )"""  # noqa: S608 - put together from constants and a placeholder


def accountable_sql(day: str) -> str:
    """The one definition of who acts for a duty of a distributor on `day`: a SELECT, a row for each duty in force.

    It is the responsible person; while that person is absent, inactive or gone the responsibility's stand-in, else the
    absence's, else the supervisor. `person_id` is NULL where none of them is there. `day` is a placeholder or
    `date_literal`. The outer query narrows it by distributor, responsible person or stand-in.
    """
    return f"""
    SELECT held.id AS responsibility_id, held.distributor_id, held.duty_id, held.user_id AS responsible_id,
           held.stand_in_id, absence.stand_in_id AS absence_stand_in_id, person.supervisor_id,
           duty.code AS duty_code, duty.position AS duty_position,
           {who_acts_sql(day)} AS person_id, {who_stands_in_sql(day)} AS replacement_id
    FROM accounts_responsibility AS held
    JOIN accounts_duty AS duty ON duty.id = held.duty_id AND duty.is_active
    JOIN accounts_user AS person ON person.id = held.user_id
    LEFT JOIN accounts_absence AS absence ON absence.person_id = held.user_id AND {in_force_sql("absence", day)}
    WHERE {in_force_sql("held", day)}
    """  # noqa: S608 - put together from constants and a placeholder


def seen_by_managers(day: str) -> str:
    """Distributors of the responsible people and of their stand-ins: those of the person and of all their reports."""
    return f"""{SUPERVISED}
    SELECT held.distributor_id
    FROM accounts_responsibility AS held JOIN people ON people.id IN (held.user_id, held.stand_in_id)
    WHERE {in_force_sql("held", day)}
    UNION ALL
    SELECT held.distributor_id
    FROM accounts_absence AS absence
    JOIN people ON people.id = absence.stand_in_id
    JOIN accounts_responsibility AS held ON held.user_id = absence.person_id
    WHERE {in_force_sql("absence", day)} AND {in_force_sql("held", day)}
    """  # noqa: S608 - put together from constants, values are bound


def acted_for_by_managers(day: str) -> str:
    """The same, without those for which somebody is a stand-in only while the responsible person is there."""
    acting = accountable_sql(day)
    return f"""{SUPERVISED}
    SELECT held.distributor_id
    FROM accounts_responsibility AS held JOIN people ON people.id = held.user_id
    WHERE {in_force_sql("held", day)}
    UNION ALL
    SELECT acting.distributor_id
    FROM ({acting}) AS acting JOIN people ON people.id = acting.stand_in_id AND people.id = acting.person_id
    UNION ALL
    SELECT acting.distributor_id
    FROM ({acting}) AS acting JOIN people ON people.id = acting.absence_stand_in_id AND people.id = acting.person_id
    """  # noqa: S608 - put together from constants, values are bound


class _OnDay(Func):
    """A number out of `accountable_sql` for the row whose key is given, as part of a query on that table."""

    template_sql = ""

    def __init__(self, key: Any, day: date) -> None:
        super().__init__(key, output_field=IntegerField(null=True))
        self.day = day

    def as_sql(self, compiler: Any, connection: Any, *_forms: Any, **_context: Any) -> Any:  # noqa: ARG002 - given by Django
        key, params = compiler.compile(self.source_expressions[0])
        return self.template_sql.format(acting=accountable_sql(date_literal(self.day)), key=key), params


class AccountableId(_OnDay):
    """Who acts on the day for a responsibility, NULL for nobody."""

    template_sql = "(SELECT acting.person_id FROM ({acting}) AS acting WHERE acting.responsibility_id = {key})"


def represented_sql(person: str, distributor: str, day: str) -> str:
    """For whom the person acts at the distributor on the day, as an expression over these three; see `Represented`."""
    return f"""(
        SELECT acting.responsible_id FROM ({accountable_sql(day)}) AS acting
        WHERE acting.distributor_id = {distributor} AND acting.person_id = {person} AND acting.responsible_id <> {person}
          AND NOT EXISTS (
              SELECT FROM accounts_responsibility AS mine
              WHERE mine.distributor_id = {distributor} AND mine.user_id = {person} AND {in_force_sql("mine", day)}
          )
        ORDER BY acting.duty_position, acting.duty_code LIMIT 1
    )"""  # noqa: S608 - put together from constants and placeholders


class ReplacementId(_OnDay):
    """Who would act on the day for a responsibility without the responsible person, NULL for nobody."""

    template_sql = "(SELECT acting.replacement_id FROM ({acting}) AS acting WHERE acting.responsibility_id = {key})"


class Represented(Func):
    """For whom a person acts at a distributor on the day: NULL for whoever is responsible there, or has it as work anyway.

    Of several absent people that of the first duty. As a value of an INSERT it costs no statement of its own.
    """

    def __init__(self, person_id: int, distributor_id: int, day: date) -> None:
        super().__init__(output_field=IntegerField(null=True))
        self.person_id, self.distributor_id, self.day = person_id, distributor_id, day

    def as_sql(self, compiler: Any, connection: Any, *_forms: Any, **_context: Any) -> Any:  # noqa: ARG002 - given by Django
        return represented_sql(str(int(self.person_id)), str(int(self.distributor_id)), date_literal(self.day)), ()


def represented(person_id: int, distributor_id: int, at: datetime) -> Represented:
    """Whom the person represents at the distributor on the company's day of `at`."""
    return Represented(person_id, distributor_id, timezone.localdate(at))


class CoveredDuties(_OnDay):
    """For how many duties of a distributor somebody acts on the day."""

    template_sql = "(SELECT count(acting.person_id) FROM ({acting}) AS acting WHERE acting.distributor_id = {key})"


def today_sql() -> str:
    return date_literal(timezone.localdate())
