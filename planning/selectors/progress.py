"""Attainment of many distributors, managers or territories: one statement for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from company.models import BusinessYear
from core.models import localised
from planning.enums import PlanLevel
from planning.selectors.landing import ZERO, Outlook, Progress, elapsed_share
from planning.selectors.outlooks import outlooks
from planning.selectors.seasons import matches_of


@dataclass(frozen=True, kw_only=True)
class ProgressRow:
    """One owner of a list with its progress of the year; `plan_id` is the plan in force, or None."""

    pk: int
    code: str
    name: str
    plan_id: int | None
    progress: Progress


# The periods of this year and how much of each is over; those of last year, and how much of each belongs to which.
_OVER = """
spans AS (
    SELECT * FROM unnest(%(periods)s::bigint[], %(is_before)s::boolean[], %(over)s::numeric[], %(weight)s::numeric[])
        AS span (id, is_before, over, weight)
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
    JOIN spans ON spans.id = part.period_id AND NOT spans.is_before
    WHERE plan.{column} = owner.id AND plan.level = %(level)s AND plan.year_id = %(year)s AND plan.is_current
          AND plan.currency = owner.currency
    GROUP BY plan.id
) AS plan ON TRUE
LEFT JOIN sold ON sold.owner_id = owner.id
ORDER BY owner.code
"""

_SOLD = """
sold AS (
    SELECT {key} AS owner_id,
           SUM(actual.net_amount) FILTER (WHERE NOT spans.is_before) AS actual,
           ROUND(SUM(actual.net_amount * spans.weight) FILTER (WHERE spans.is_before), 4) AS last_year,
           SUM(actual.net_amount * spans.weight * spans.over) FILTER (WHERE spans.is_before) AS last_year_to_date
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
    """The year of each owner (of one level, by id) against plan and last year, by code. At most six queries.

    Distributors are counted in their own currency, managers and territories in `currency`; a plan in another is none.
    """
    parameters: dict[str, Any] = {
        "ids": list(ids),
        "level": level.value,
        "year": year.pk,
        "currency": currency,
        **spans_of(year, today),
    }
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENTS[level], parameters)
        rows = cursor.fetchall()
    expected = outlooks(level, ids, year=year, today=today, currency=currency)
    return [_progress_row(row, year, today, expected.get(row[0])) for row in rows]


def spans_of(year: BusinessYear, today: date) -> dict[str, list[Any]]:
    """The periods of this year and of the last, how much of each is over, and how much of it belongs to this year's."""
    periods = list(year.periods.order_by("number"))
    over = {period.pk: elapsed_share(period.starts_on, period.ends_on, today) for period in periods}
    rows = [(period.pk, False, over[period.pk], Decimal(1)) for period in periods]
    rows += [(match.before.pk, True, over[match.period.pk], match.weight) for match in matches_of(year, periods)]
    names = ("periods", "is_before", "over", "weight")
    return {name: [row[index] for row in rows] for index, name in enumerate(names)}


def _progress_row(row: tuple[Any, ...], year: BusinessYear, today: date, outlook: Outlook | None) -> ProgressRow:
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
        outlook=outlook,
    )
    return ProgressRow(pk=pk, code=code, name=localised(name, name_zh), plan_id=plan_id, progress=progress)
