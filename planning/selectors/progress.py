"""How many distributors, managers or territories stand against plan: one statement for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from company.models import BusinessYear
from core.models import localised
from planning.enums import PlanLevel
from planning.selectors.landing import ZERO, Progress
from planning.selectors.seasons import year_before


@dataclass(frozen=True, kw_only=True)
class ProgressRow:
    """One owner of a list with its progress of the year; `plan_id` is the plan in force, or None."""

    pk: int
    code: str
    name: str
    plan_id: int | None
    progress: Progress


# How much of each period of this year, and of the same period last year, is over.
_OVER = """
spans AS (
    SELECT period.id, period.number, period.year_id,
           LEAST(GREATEST(%(today)s::date - same.starts_on + 1, 0), same.ends_on - same.starts_on + 1)::numeric
               / (same.ends_on - same.starts_on + 1) AS over
    FROM company_businessperiod AS period
    JOIN company_businessperiod AS same ON same.year_id = %(year)s AND same.number = period.number
    WHERE period.year_id IN (%(year)s, %(before)s)
)
"""

_FIGURES = """
SELECT owner.id, owner.code, owner.name, owner.name_zh, owner.currency,
       plan.id, plan.amount, plan.to_date, sold.actual, sold.last_year, sold.last_year_to_date
FROM owner
LEFT JOIN LATERAL (
    SELECT plan.id, plan.amount, SUM(part.amount * spans.over) AS to_date
    FROM planning_salesplan AS plan
    JOIN planning_salesplanperiod AS part ON part.plan_id = plan.id
    JOIN spans ON spans.id = part.period_id
    WHERE plan.{column} = owner.id AND plan.level = %(level)s AND plan.year_id = %(year)s AND plan.is_current
    GROUP BY plan.id
) AS plan ON TRUE
LEFT JOIN sold ON sold.owner_id = owner.id
ORDER BY owner.code
"""

_SOLD = """
sold AS (
    SELECT {key} AS owner_id,
           SUM(actual.net_amount) FILTER (WHERE spans.year_id = %(year)s) AS actual,
           SUM(actual.net_amount) FILTER (WHERE spans.year_id = %(before)s) AS last_year,
           SUM(actual.net_amount * spans.over) FILTER (WHERE spans.year_id = %(before)s) AS last_year_to_date
    FROM planning_salesactual AS actual
    JOIN spans ON spans.id = actual.period_id AND actual.basis = 'ordered'
    {join}
    GROUP BY {key}
)
"""

_BY_OWNER = "JOIN owner ON owner.id = actual.{column} AND owner.currency = actual.currency"

_BY_AREA = """
    JOIN accounts_distributor AS buyer ON buyer.id = actual.distributor_id AND actual.currency = %(currency)s
    JOIN area ON area.id = buyer.territory_id
"""

_DISTRIBUTORS = f"""
WITH {_OVER}, owner AS (
    SELECT id, code, name, name_zh, currency FROM accounts_distributor WHERE id = ANY(%(ids)s)
), {_SOLD.format(key="owner.id", join=_BY_OWNER.format(column="distributor_id"))}
{_FIGURES.format(column="distributor_id")}
"""  # noqa: S608 - put together from constants

_MANAGERS = f"""
WITH {_OVER}, owner AS (
    SELECT id, COALESCE(external_code, email) AS code, full_name AS name, full_name_zh AS name_zh, %(currency)s AS currency
    FROM accounts_user WHERE id = ANY(%(ids)s)
), {_SOLD.format(key="owner.id", join=_BY_OWNER.format(column="manager_id"))}
{_FIGURES.format(column="manager_id")}
"""  # noqa: S608 - put together from constants

_TERRITORIES = f"""
WITH RECURSIVE {_OVER}, owner AS (
    SELECT id, code, name, name_zh, %(currency)s AS currency FROM accounts_territory WHERE id = ANY(%(ids)s)
), area (owner_id, id) AS (
    SELECT id, id FROM owner
    UNION
    SELECT area.owner_id, below.id FROM accounts_territory AS below JOIN area ON below.parent_id = area.id
), {_SOLD.format(key="area.owner_id", join=_BY_AREA)}
{_FIGURES.format(column="territory_id")}
"""  # noqa: S608 - put together from constants

_STATEMENTS = {
    PlanLevel.DISTRIBUTOR: _DISTRIBUTORS,
    PlanLevel.MANAGER: _MANAGERS,
    PlanLevel.TERRITORY: _TERRITORIES,
}


def read_progress_rows(
    level: PlanLevel, ids: Sequence[int], *, year: BusinessYear, today: date, currency: str = ""
) -> list[ProgressRow]:
    """The year of each owner (of one level, by id) against plan and last year, by code. Two queries.

    Distributors are counted in their own currency, managers and territories in `currency`.
    """
    before = year_before(year)
    parameters: dict[str, Any] = {
        "ids": list(ids),
        "level": level.value,
        "year": year.pk,
        "before": before.pk if before else 0,
        "today": today,
        "currency": currency,
    }
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENTS[level], parameters)
        return [_progress_row(row, year, today) for row in cursor.fetchall()]


def _progress_row(row: tuple[Any, ...], year: BusinessYear, today: date) -> ProgressRow:
    pk, code, name, name_zh, currency, plan_id, plan, to_date, actual, last_year, last_to_date = row
    progress = Progress(
        starts_on=year.starts_on,
        ends_on=year.ends_on,
        today=today,
        currency=currency,
        plan=plan,
        plan_to_date=to_date,
        actual=actual or ZERO,
        last_year=last_year or ZERO,
        last_year_to_date=last_to_date or ZERO,
    )
    return ProgressRow(pk=pk, code=code, name=localised(name, name_zh), plan_id=plan_id, progress=progress)
