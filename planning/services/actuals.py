"""Actual sales, posted from above: what orders sold, one order in its own transaction or the history of an import.

`SOLD` is the relation that they are read from, whoever posts:

    distributor_id, manager_id, category_id    whose sales of what
    basis                                      by which document it counts, of `SalesBasis`
    day, period_id                             the document's date, which decides the month; the business period it is
                                               posted under, kept by the document, so that it is undone under the same
    currency                                   of the amounts
    units, lines, gross_amount, discount_amount, net_amount, cost_amount_company    added up over all rows of the same place
"""

from collections.abc import Mapping
from typing import Any

from django.db import connection

from core.importing import MANY

_PLACE = "distributor_id, manager_id, category_id, month, period_id, currency, basis"
_FIGURES = ("units", "lines", "gross_amount", "discount_amount", "net_amount", "cost_amount_company")
_SAME_PLACE = """
    actual.distributor_id = e.distributor_id AND actual.month = e.month AND actual.category_id = e.category_id
    AND actual.manager_id IS NOT DISTINCT FROM e.manager_id AND actual.period_id IS NOT DISTINCT FROM e.period_id
    AND actual.currency = e.currency AND actual.basis = e.basis
"""


def _filed(sold: str) -> str:
    """What was sold, added up by month and business period. Ordered, so that two that post do not deadlock."""
    figures = ", ".join(f"SUM(sold.{name}) AS {name}" for name in _FIGURES)
    return f"""
    SELECT sold.distributor_id, sold.manager_id, sold.category_id, date_trunc('month', sold.day::timestamp)::date AS month,
           sold.period_id, sold.currency, sold.basis, {figures}
    FROM {sold} AS sold
    GROUP BY 1, 2, 3, 4, 5, 6, 7
    ORDER BY 1, 4, 3
    """


def _insert(filed: str) -> str:
    columns = f"{_PLACE}, {', '.join(_FIGURES)}"
    return f"INSERT INTO planning_salesactual AS actual ({columns}) SELECT {columns} FROM ({filed}) AS e"


def post_actual_sales(*, sold: str, parameters: Mapping[str, Any]) -> None:
    """Add what was sold to the actual sales, in one statement; negative figures take it back.

    `sold` is the text of a relation as described above, `parameters` are those that it names. Before: inside the
    transaction that changes the documents.
    """
    added = ", ".join(f"{name} = actual.{name} + excluded.{name}" for name in _FIGURES)
    with connection.cursor() as cursor:
        cursor.execute(f"{_insert(_filed(sold))} ON CONFLICT ({_PLACE}) DO UPDATE SET {added}", parameters)


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
        cursor.execute(f"CREATE TEMPORARY TABLE expected_actual ON COMMIT DROP AS {_filed(sold)}", parameters)
        cursor.execute("ANALYZE expected_actual")
        cursor.execute(
            f"DELETE FROM planning_salesactual AS actual WHERE {theirs} AND NOT EXISTS (SELECT FROM expected_actual AS e "
            f"WHERE {_SAME_PLACE} AND ({figures}) IS NOT DISTINCT FROM ({expected}))"
        )
        cursor.execute(
            _insert("TABLE expected_actual")
            + f" WHERE NOT EXISTS (SELECT FROM planning_salesactual AS actual WHERE {_SAME_PLACE})"
        )
        if cursor.rowcount > MANY:  # later statements would be planned for an empty table
            cursor.execute("ANALYZE planning_salesactual")
