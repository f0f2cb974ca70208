"""Sales month by month, with the plan beside them: for charts and small multiples."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from core.periods import add_months, month_start

_SERIES = """
WITH months AS (
    SELECT generate_series(%(first)s::date, %(last)s::date, interval '1 month')::date AS month
)
SELECT owner.id, months.month, COALESCE(sold.net, 0), planned.amount
FROM accounts_distributor AS owner
CROSS JOIN months
LEFT JOIN LATERAL (
    SELECT SUM(actual.net_amount) AS net FROM planning_salesactual AS actual
    WHERE actual.distributor_id = owner.id AND actual.month = months.month AND actual.currency = owner.currency
) AS sold ON TRUE
LEFT JOIN LATERAL (
    SELECT part.amount
    FROM core_businessperiod AS period
    JOIN planning_salesplan AS plan
      ON plan.distributor_id = owner.id AND plan.year_id = period.year_id AND plan.is_current
    JOIN planning_salesplanperiod AS part ON part.plan_id = plan.id AND part.period_id = period.id
    WHERE period.starts_on = months.month
      AND period.ends_on = (months.month + interval '1 month - 1 day')::date
) AS planned ON TRUE
WHERE owner.id = ANY(%(ids)s)
ORDER BY owner.id, months.month
"""


@dataclass(frozen=True, kw_only=True)
class MonthPoint:
    """Net sales of a month; `plan` is None where there is none, or where the company does not plan by months."""

    month: date
    actual: Decimal
    plan: Decimal | None


def read_series(distributor_ids: Sequence[int], *, today: date, months: int = 12) -> dict[int, list[MonthPoint]]:
    """The last `months` months of each distributor, this one included, in its own currency. One query for all."""
    last = month_start(today)
    parameters: dict[str, Any] = {
        "ids": list(distributor_ids),
        "first": add_months(last, 1 - months),
        "last": last,
    }
    series: dict[int, list[MonthPoint]] = {pk: [] for pk in distributor_ids}
    with connection.cursor() as cursor:
        cursor.execute(_SERIES, parameters)
        for pk, month, actual, plan in cursor.fetchall():
            series[pk].append(MonthPoint(month=month, actual=actual, plan=plan))
    return series
