"""What lies at the distributors: two weeks to two months for most, and one with too much and one with nothing.

Drawn from what the distributors bought of late; runs after the history, in its transaction.
"""

from typing import Any

from django.utils import timezone

from demo.bulk import write_query
from demo.company import Company
from inventory.rules import SELL_IN_DAYS
from orders.ordering.services.sell_in import count_sell_in

# Nine in ten let the brand owner know their stock, each counted within three weeks.
_WAREHOUSES = """
SELECT code, left(name, 190) || ' warehouse', left(name_zh, 190) || '仓库', id, true,
    %(now)s::timestamptz - (id %% 20) * interval '1 day'
FROM accounts_distributor WHERE id %% 10 <> 9 ORDER BY id
"""

# Planted where the first manager sees them: of these distributors the second largest has too much, the third nothing.
_STOCK = """
WITH sold AS (
    SELECT stock.warehouse_id, stock.product_id, stock.sold_in AS pieces, place.distributor_id, place.counted_at
    FROM inventory_stock AS stock JOIN inventory_warehouse AS place ON place.id = stock.warehouse_id
    WHERE place.distributor_id IS NOT NULL AND stock.sold_in > 0
    ORDER BY stock.id
), planted AS (
    SELECT sold.distributor_id, row_number() OVER (ORDER BY sum(sold.pieces) DESC, sold.distributor_id) AS place
    FROM sold
    WHERE sold.distributor_id <> %(shown)s AND EXISTS (
        SELECT FROM accounts_responsibility AS held
        WHERE held.distributor_id = sold.distributor_id AND held.user_id = %(manager)s AND held.starts_on <= %(today)s
          AND (held.ends_on IS NULL OR held.ends_on >= %(today)s)
    )
    GROUP BY sold.distributor_id
)
SELECT sold.warehouse_id, sold.product_id, floor(sold.pieces * CASE
        WHEN planted.place = 2 THEN 150 + 100 * dice.days WHEN planted.place = 3 THEN 0
        WHEN dice.kind < 0.06 THEN 0 WHEN dice.kind < 0.14 THEN 4 + 8 * dice.days
        WHEN dice.kind > 0.95 THEN 100 + 40 * dice.days ELSE 18 + 50 * dice.days END / %(span)s)::bigint,
    'count', 'COUNT', sold.counted_at
FROM sold
CROSS JOIN LATERAL (SELECT random() + 0 * sold.pieces AS kind, random() + 0 * sold.pieces AS days) AS dice
LEFT JOIN planted ON planted.distributor_id = sold.distributor_id
"""


def build_channel_stock(company: Company) -> None:
    parameters: dict[str, Any] = {
        "today": company.today,
        "span": SELL_IN_DAYS,
        "manager": company.managers[0],
        "shown": company.distributors[0],
    }
    write_query(
        "warehouse",
        _WAREHOUSES,
        {"now": timezone.now()},
        fields=("code", "name", "name_zh", "distributor", "is_default"),
        extra={"counted_at": "timestamptz"},
    )
    count_sell_in(today=company.today)
    write_query(
        "stock",
        _STOCK,
        parameters,
        fields=("warehouse", "product", "on_hand"),
        extra={"kind": "text", "reference": "text", "at": "timestamptz"},
    )
