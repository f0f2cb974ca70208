"""Who acts for the duties of distributors on a day (当日责任人): the one answer for every page, service and notification."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from accounts.enums import Capacity
from accounts.expressions import accountable_sql
from accounts.models import User

__all__ = ["Accountable", "accountable_on", "accountable_people", "accountable_sql", "first_accountable", "manager_on"]


@dataclass(frozen=True, kw_only=True)
class Accountable:
    """One duty of one distributor on the day. `person_id` acts; it is None for a gap."""

    responsibility_id: int
    distributor_id: int
    duty_id: int
    duty_code: str
    responsible_id: int
    person_id: int | None
    capacity: Capacity


_COLUMNS = (
    "responsibility_id, distributor_id, duty_id, duty_code, responsible_id, person_id, stand_in_id, absence_stand_in_id"
)

_BY_DISTRIBUTOR = f"""
SELECT {_COLUMNS} FROM ({accountable_sql("%(on)s")}) AS acting
WHERE acting.distributor_id = ANY(%(distributors)s)
  AND (%(duties)s::text[] IS NULL OR acting.duty_code = ANY(%(duties)s::text[]))
ORDER BY acting.distributor_id, acting.duty_position, acting.duty_code
"""  # noqa: S608 - put together from constants, values are bound


def accountable_on(
    distributor_ids: Collection[int], *, on: date, duty_codes: Sequence[str] | None = None
) -> list[Accountable]:
    """Each duty in use that somebody was given, in the order of distributors and duties. One query.

    A duty that nobody was given has no row: it is a gap, as is a row without `person_id`.
    """
    values: dict[str, Any] = {
        "on": on,
        "distributors": list(distributor_ids),
        "duties": None if duty_codes is None else list(duty_codes),
    }
    with connection.cursor() as cursor:
        cursor.execute(_BY_DISTRIBUTOR, values)
        return [_accountable(*row) for row in cursor.fetchall()]


def accountable_people(
    distributor_ids: Collection[int], *, on: date, duty_codes: Sequence[str] | None = None
) -> Mapping[int, list[int]]:
    """By distributor, everybody who acts for one of its duties, each person once. One query."""
    people: dict[int, list[int]] = defaultdict(list)
    for row in accountable_on(distributor_ids, on=on, duty_codes=duty_codes):
        if row.person_id is not None and row.person_id not in people[row.distributor_id]:
            people[row.distributor_id].append(row.person_id)
    return {distributor: found for distributor, found in people.items() if found}


def first_accountable(distributor_ids: Collection[int], *, on: date) -> Mapping[int, int]:
    """By distributor, who acts for the first duty that is no gap: the manager of its orders. One query."""
    return {distributor: people[0] for distributor, people in accountable_people(distributor_ids, on=on).items()}


_FIRST = f"""
SELECT acting.person_id FROM ({accountable_sql("%s")}) AS acting
WHERE acting.distributor_id = %s AND acting.person_id IS NOT NULL
ORDER BY acting.duty_position, acting.duty_code LIMIT 1
"""  # noqa: S608 - put together from constants, values are bound


def manager_on(distributor_id: int, *, on: date) -> User | None:
    """The person of `first_accountable` for one distributor. One query."""
    values = [on] * accountable_sql("%s").count("%s")
    person: User | None = User.objects.filter(pk=RawSQL(_FIRST, [*values, distributor_id])).first()  # noqa: S611 - constant text, bound parameters
    return person


def _accountable(
    responsibility_id: int,
    distributor_id: int,
    duty_id: int,
    duty_code: str,
    responsible_id: int,
    person_id: int | None,
    stand_in_id: int | None,
    absence_stand_in_id: int | None,
) -> Accountable:
    return Accountable(
        responsibility_id=responsibility_id,
        distributor_id=distributor_id,
        duty_id=duty_id,
        duty_code=duty_code,
        responsible_id=responsible_id,
        person_id=person_id,
        capacity=capacity_of(person_id, responsible_id, (stand_in_id, absence_stand_in_id)),
    )


def capacity_of(person_id: int | None, responsible_id: int, stand_in_ids: Collection[int | None]) -> Capacity:
    """As what a person acts."""
    if person_id is None:
        return Capacity.NOBODY
    if person_id == responsible_id:
        return Capacity.RESPONSIBLE
    return Capacity.STAND_IN if person_id in stand_in_ids else Capacity.SUPERVISOR
