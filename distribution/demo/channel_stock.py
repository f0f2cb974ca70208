"""What lies at the distributors: two weeks to two months for most, and one with too much and one with nothing.

By set-based SQL from the history drawn a moment ago; runs after it, in its transaction, under `bulk.without_triggers`.
"""

from datetime import timedelta
from typing import Any

from django.db import connection

from distribution.demo.company import Company
from inventory.rules import SELL_IN_DAYS
from orders.enums import COUNTED_STATUSES

# Nine in ten let the brand owner know their stock, each counted within three weeks.
_WAREHOUSES = """
INSERT INTO inventory_warehouse (code, name, name_zh, is_active, distributor_id, counted_at)
SELECT code, left(name, 190) || ' warehouse', left(name_zh, 190) || '仓库', true, id, now() - (id %% 20) * interval '1 day'
FROM accounts_distributor WHERE id %% 10 <> 9
"""

_SOLD = """
CREATE TEMP TABLE demo_sold ON COMMIT DROP AS
SELECT place.id AS warehouse_id, place.distributor_id, line.product_id, sum(line.ordered - line.cancelled) AS pieces
FROM demo_order AS sale
JOIN inventory_warehouse AS place ON place.distributor_id = sale.distributor_id
JOIN demo_line AS line ON line.order_id = sale.id
WHERE sale.day > %(since)s AND sale.status = ANY(%(counted)s)
GROUP BY 1, 2, 3
HAVING sum(line.ordered - line.cancelled) > 0
"""

# Planted where the first manager sees them: of his distributors the second largest has too much, the third nothing.
_PLANTED = """
CREATE TEMP TABLE demo_planted ON COMMIT DROP AS
SELECT sold.distributor_id, row_number() OVER (ORDER BY sum(sold.pieces) DESC, sold.distributor_id) AS place
FROM demo_sold AS sold
WHERE sold.distributor_id <> %(shown)s AND EXISTS (
    SELECT FROM accounts_responsibility AS held
    WHERE held.distributor_id = sold.distributor_id AND held.user_id = %(manager)s AND held.starts_on <= %(today)s
      AND (held.ends_on IS NULL OR held.ends_on >= %(today)s)
)
GROUP BY sold.distributor_id
"""

_STOCK = """
INSERT INTO inventory_stock (warehouse_id, product_id, on_hand, reserved, sold_in)
SELECT sold.warehouse_id, sold.product_id, floor(sold.pieces * CASE
        WHEN planted.place = 2 THEN 150 + 100 * dice.days WHEN planted.place = 3 THEN 0
        WHEN dice.kind < 0.06 THEN 0 WHEN dice.kind < 0.14 THEN 4 + 8 * dice.days
        WHEN dice.kind > 0.95 THEN 100 + 40 * dice.days ELSE 18 + 50 * dice.days END / %(span)s)::bigint, 0, sold.pieces
FROM demo_sold AS sold
CROSS JOIN LATERAL (SELECT random() + 0 * sold.pieces AS kind, random() + 0 * sold.pieces AS days) AS dice
LEFT JOIN demo_planted AS planted ON planted.distributor_id = sold.distributor_id
"""

_MOVES = """
INSERT INTO inventory_stockmove (warehouse_id, product_id, kind, quantity, reference, note, at)
SELECT stock.warehouse_id, stock.product_id, 'count', stock.on_hand, 'COUNT', '', place.counted_at
FROM inventory_stock AS stock JOIN inventory_warehouse AS place ON place.id = stock.warehouse_id
WHERE place.distributor_id IS NOT NULL AND stock.on_hand > 0
"""


def build_channel_stock(company: Company) -> None:
    parameters: dict[str, Any] = {
        "since": company.today - timedelta(days=SELL_IN_DAYS),
        "today": company.today,
        "span": SELL_IN_DAYS,
        "counted": sorted(COUNTED_STATUSES),
        "manager": company.managers[0].pk,
        "shown": company.distributors[0].pk,
    }
    with connection.cursor() as cursor:
        for statement in (_WAREHOUSES, _SOLD, "ANALYZE demo_sold", _PLANTED, _STOCK, _MOVES):
            cursor.execute(statement, parameters)
