"""Actual sales, posted from above: what orders sold, one order in its own transaction or the history of an import.

`SOLD` is the relation that they are read from, whoever posts:

    distributor_id, manager_id, category_id    whose sales of what
    day                                        the order's date, which decides month and business period
    currency                                   of the amounts
    units, lines, gross_amount, discount_amount, net_amount, cost_amount_company    added up over all rows of the same place
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.db import connection

_PLACE = "distributor_id, manager_id, category_id, month, period_id, currency"
_FIGURES = ("units", "lines", "gross_amount", "discount_amount", "net_amount", "cost_amount_company")
_SAME_PLACE = """
    actual.distributor_id = e.distributor_id AND actual.month = e.month AND actual.category_id = e.category_id
    AND actual.manager_id IS NOT DISTINCT FROM e.manager_id AND actual.period_id IS NOT DISTINCT FROM e.period_id
    AND actual.currency = e.currency
"""


_BY_SPAN = "company_businessperiod AS period ON sold.day BETWEEN period.starts_on AND period.ends_on"
_BY_DAY = """(
        SELECT id, day::date AS day FROM company_businessperiod, generate_series(starts_on, ends_on, interval '1 day') AS day
    ) AS period ON period.day = sold.day"""
"""The same, but for many rows at once they can be hashed."""


def _filed(sold: str, *, many: bool) -> str:
    """What was sold, added up by month and business period. Ordered, so that two that post do not deadlock."""
    figures = ", ".join(f"SUM(sold.{name}) AS {name}" for name in _FIGURES)
    return f"""
    SELECT sold.distributor_id, sold.manager_id, sold.category_id, date_trunc('month', sold.day::timestamp)::date AS month,
           period.id AS period_id, sold.currency, {figures}
    FROM {sold} AS sold
    LEFT JOIN {_BY_DAY if many else _BY_SPAN}
    GROUP BY 1, 2, 3, 4, 5, 6
    ORDER BY 1, 4, 3
    """


def _insert(filed: str) -> str:
    columns = f"{_PLACE}, {', '.join(_FIGURES)}"
    return f"INSERT INTO planning_salesactual AS actual ({columns}) SELECT {columns} FROM ({filed}) AS e"


def post_actual_sales(*, sold: str, parameters: Mapping[str, Any], many: bool = False) -> None:
    """Add what was sold to the actual sales, in one statement; negative figures take it back.

    `sold` is the text of a relation as described above, `parameters` are those that it names; with `many` the statement
    is made for more rows than those of a few orders. Before: inside the transaction that changes the orders.
    """
    added = ", ".join(f"{name} = actual.{name} + excluded.{name}" for name in _FIGURES)
    with connection.cursor() as cursor:
        cursor.execute(f"{_insert(_filed(sold, many=many))} ON CONFLICT ({_PLACE}) DO UPDATE SET {added}", parameters)


def repost_actual_sales(*, sold: str, parameters: Mapping[str, Any], distributors: str | None) -> None:
    """Make the actual sales of the distributors what `sold` says, changing only what differs.

    `sold` is the text of a relation as described above with all that these distributors ever sold; `distributors` the
    text of a query for their ids, None for all. Before: inside a transaction; the table is locked against other posting
    until its end.
    """
    theirs = "true" if distributors is None else f"actual.distributor_id IN ({distributors})"
    figures = ", ".join(f"actual.{name}" for name in _FIGURES)
    expected = ", ".join(f"e.{name}" for name in _FIGURES)
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE planning_salesactual IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("DROP TABLE IF EXISTS expected_actual")
        cursor.execute(
            f"CREATE TEMPORARY TABLE expected_actual ON COMMIT DROP AS {_filed(sold, many=True)}", parameters
        )
        cursor.execute("ANALYZE expected_actual")
        cursor.execute(
            f"DELETE FROM planning_salesactual AS actual WHERE {theirs} AND NOT EXISTS (SELECT FROM expected_actual AS e "
            f"WHERE {_SAME_PLACE} AND ({figures}) IS NOT DISTINCT FROM ({expected}))"
        )
        cursor.execute(
            _insert("TABLE expected_actual")
            + f" WHERE NOT EXISTS (SELECT FROM planning_salesactual AS actual WHERE {_SAME_PLACE})"
        )


@dataclass(frozen=True, kw_only=True)
class CategorySales:
    """What an order (or one of its lines) sold of one category; amounts in the order's currency."""

    category_id: int
    units: int
    gross: Decimal
    discount: Decimal
    net: Decimal
    cost: Decimal
    lines: int = 1


_GIVEN = """(
    SELECT %(distributor)s::bigint AS distributor_id, %(manager)s::bigint AS manager_id, given.category_id,
           %(day)s::date AS day, %(currency)s::text AS currency, given.units * %(sign)s AS units,
           given.lines * %(sign)s AS lines, given.gross * %(sign)s AS gross_amount,
           given.discount * %(sign)s AS discount_amount, given.net * %(sign)s AS net_amount,
           given.cost * %(sign)s AS cost_amount_company
    FROM unnest(%(categories)s::bigint[], %(units)s::bigint[], %(lines)s::bigint[], %(gross)s::numeric[],
                %(discount)s::numeric[], %(net)s::numeric[], %(cost)s::numeric[])
        AS given (category_id, units, lines, gross, discount, net, cost)
)"""


def post_sales(
    *,
    distributor_id: int,
    manager_id: int | None,
    currency: str,
    day: date,
    sold: Sequence[CategorySales],
    sign: Literal[1, -1] = 1,
) -> None:
    """Add what one order sold to the actual sales of its distributor, or with `sign` -1 take it back. One statement.

    Before: inside the transaction that changes the order. `sold` has one entry a category or a line (summed by category
    here); `day` is the order's date and decides month and business period; amounts are in `currency`.
    """
    parameters: dict[str, Any] = {
        "distributor": distributor_id,
        "manager": manager_id,
        "currency": currency,
        "day": day,
        "categories": [row.category_id for row in sold],
        "units": [row.units for row in sold],
        "lines": [row.lines for row in sold],
        "gross": [row.gross for row in sold],
        "discount": [row.discount for row in sold],
        "net": [row.net for row in sold],
        "cost": [row.cost for row in sold],
        "sign": sign,
    }
    post_actual_sales(sold=_GIVEN, parameters=parameters)
