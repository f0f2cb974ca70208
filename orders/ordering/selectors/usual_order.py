"""What a distributor usually orders: the start of a suggested order."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.utils.translation import get_language

from catalogue.selectors import orderable_quantity

HISTORY = timedelta(days=180)
MOST_ROWS = 50

_USUAL = """
WITH recent AS MATERIALIZED (
    SELECT id, ordered_on FROM orders_order
    WHERE distributor_id = %(distributor)s AND ordered_at >= %(since)s AND status NOT IN ('draft', 'cancelled')
    ORDER BY ordered_at DESC LIMIT 200
)
SELECT product.id, product.code, product.name, product.name_zh,
       COUNT(DISTINCT recent.id) AS times,
       percentile_disc(0.5) WITHIN GROUP (ORDER BY line.ordered) AS typical,
       MAX(recent.ordered_on) AS last_on,
       product.minimum_quantity, product.order_multiple
FROM recent
JOIN orders_orderline AS line ON line.order_id = recent.id
JOIN catalogue_product AS product ON product.id = line.product_id AND product.status = 'active'
GROUP BY product.id
ORDER BY times DESC, last_on DESC, product.code
LIMIT %(limit)s
"""


@dataclass(frozen=True, kw_only=True)
class UsualLine:
    """A product with the quantity of a typical order (the median, raised to what can be ordered)."""

    product_id: int
    code: str
    name: str
    times: int
    quantity: int
    last_on: date


def usual_lines(*, distributor_id: int, today: date, limit: int = MOST_ROWS) -> list[UsualLine]:
    """The products on sale that a distributor ordered in the last half year, the most often ordered first. One query.

    The caller has checked that the person may see the distributor.
    """
    with connection.cursor() as cursor:
        cursor.execute(_USUAL, {"distributor": distributor_id, "since": today - HISTORY, "limit": limit})
        return [_line(*row) for row in cursor.fetchall()]


def _line(
    pk: int, code: str, name: str, name_zh: str, times: int, typical: int, last_on: date, least: int, step: int
) -> UsualLine:
    chinese = bool(name_zh) and (get_language() or "").startswith("zh")
    return UsualLine(
        product_id=pk,
        code=code,
        name=name_zh if chinese else name,
        times=times,
        quantity=orderable_quantity(typical, minimum=least, multiple=step),
        last_on=last_on,
    )
