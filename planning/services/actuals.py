"""Actual sales, posted from above in the transaction that counts an order or takes it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.db import connection

_POST = """
INSERT INTO planning_salesactual AS actual
    (distributor_id, manager_id, category_id, month, period_id, currency,
     units, lines, gross_amount, discount_amount, net_amount, cost_amount)
SELECT %(distributor)s, %(manager)s, posted.category_id, date_trunc('month', %(day)s::date)::date,
       (SELECT id FROM core_businessperiod WHERE starts_on <= %(day)s AND ends_on >= %(day)s), %(currency)s,
       SUM(posted.units) * %(sign)s, SUM(posted.lines) * %(sign)s, SUM(posted.gross) * %(sign)s,
       SUM(posted.discount) * %(sign)s, SUM(posted.net) * %(sign)s, SUM(posted.cost) * %(sign)s
FROM unnest(%(categories)s::bigint[], %(units)s::bigint[], %(lines)s::bigint[], %(gross)s::numeric[],
            %(discount)s::numeric[], %(net)s::numeric[], %(cost)s::numeric[])
    AS posted (category_id, units, lines, gross, discount, net, cost)
GROUP BY posted.category_id
ORDER BY posted.category_id
ON CONFLICT (distributor_id, month, category_id, manager_id, period_id, currency) DO UPDATE SET
    units = actual.units + excluded.units,
    lines = actual.lines + excluded.lines,
    gross_amount = actual.gross_amount + excluded.gross_amount,
    discount_amount = actual.discount_amount + excluded.discount_amount,
    net_amount = actual.net_amount + excluded.net_amount,
    cost_amount = actual.cost_amount + excluded.cost_amount
"""


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
    here); `day` is the order's date and decides month and business period; amounts are in `currency`. Rows are written
    in the order of the category, so two orders of one distributor do not deadlock.
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
    with connection.cursor() as cursor:
        cursor.execute(_POST, parameters)
