"""The statements that change what lies in warehouses, each with its moves, and what distributors bought of late."""

from inventory.enums import MoveKind

POST_MOVES = """
WITH given AS MATERIALIZED (
    SELECT * FROM unnest(
        %(warehouses)s::bigint[], %(products)s::bigint[], %(quantities)s::bigint[], %(kinds)s::text[], %(notes)s::text[]
    ) WITH ORDINALITY AS given (warehouse_id, product_id, quantity, kind, note, nth)
), changed AS (
    UPDATE inventory_stock AS stock SET on_hand = stock.on_hand + added.quantity
    FROM (SELECT warehouse_id, product_id, SUM(quantity)::bigint AS quantity FROM given GROUP BY warehouse_id, product_id)
        AS added
    WHERE stock.warehouse_id = added.warehouse_id AND stock.product_id = added.product_id
)
INSERT INTO inventory_stockmove (warehouse_id, product_id, kind, quantity, reference, note, at, actor_id)
SELECT warehouse_id, product_id, kind, quantity, %(reference)s, note, %(at)s, %(actor)s FROM given ORDER BY nth
"""
"""Before: the stock is there and locked."""

RECEIVE = """
WITH asked AS (
    SELECT product_id, SUM(quantity)::bigint AS quantity
    FROM unnest(%(products)s::bigint[], %(quantities)s::bigint[]) AS asked (product_id, quantity)
    GROUP BY product_id
), stocked AS (
    INSERT INTO inventory_stock AS stock (warehouse_id, product_id, on_hand, reserved)
    SELECT %(warehouse)s, product_id, quantity, 0 FROM asked ORDER BY product_id
    ON CONFLICT (warehouse_id, product_id) DO UPDATE SET on_hand = stock.on_hand + excluded.on_hand
    RETURNING stock.id, stock.product_id, stock.waiting
), moved AS (
    INSERT INTO inventory_stockmove (warehouse_id, product_id, kind, quantity, reference, note, at, actor_id)
    SELECT %(warehouse)s, product_id, %(kind)s, quantity, %(reference)s, %(note)s, %(at)s, %(actor)s
    FROM asked ORDER BY product_id
)
SELECT asked.quantity, CASE WHEN stocked.waiting > 0 THEN stocked.id END AS waiting_id
FROM asked JOIN stocked ON stocked.product_id = asked.product_id
"""
"""The pieces by product, and the stock for which somebody waits."""

RECEIVE_MANY = """
WITH given AS MATERIALIZED (
    SELECT warehouse.id AS warehouse_id, given.product_id, given.quantity, given.reference
    FROM unnest(%(distributors)s::bigint[], %(products)s::bigint[], %(quantities)s::bigint[], %(references)s::text[])
        AS given (distributor_id, product_id, quantity, reference)
    JOIN inventory_warehouse AS warehouse
        ON warehouse.distributor_id = given.distributor_id AND warehouse.is_default AND warehouse.is_active
    WHERE given.quantity > 0
), stocked AS (
    INSERT INTO inventory_stock AS stock (warehouse_id, product_id, on_hand, reserved)
    SELECT warehouse_id, product_id, SUM(quantity)::bigint, 0 FROM given
    GROUP BY warehouse_id, product_id ORDER BY product_id, warehouse_id
    ON CONFLICT (warehouse_id, product_id) DO UPDATE SET on_hand = stock.on_hand + excluded.on_hand
)
INSERT INTO inventory_stockmove (warehouse_id, product_id, kind, quantity, reference, note, at, actor_id)
SELECT warehouse_id, product_id, %(kind)s, SUM(quantity)::bigint, reference, '', %(at)s, %(actor)s
FROM given GROUP BY warehouse_id, product_id, reference ORDER BY product_id, warehouse_id, reference
"""
"""Before: the distributors' warehouses are locked."""


def count_stock(source: str) -> str:
    """CTEs that set what lies in warehouses to what was counted, and book each difference as a move.

    `source` is the text of a relation of one row a warehouse and product: warehouse_id, product_id, counted (pieces),
    kind (of the move; where it is NULL the first count is an opening, a later one an adjustment), reference, at,
    actor_id. The last CTE, `differing`, has a row for each that was not known or differed: difference, is_new.
    Before: nobody else makes rows of this stock meanwhile (a distributor's warehouse is locked).
    """
    return f"""
WITH asked AS MATERIALIZED (
    SELECT warehouse_id, product_id, counted, kind, reference, at, actor_id FROM {source} AS given
), known AS MATERIALIZED (
    SELECT stock.warehouse_id, stock.product_id, stock.on_hand
    FROM inventory_stock AS stock
    JOIN asked ON asked.warehouse_id = stock.warehouse_id AND asked.product_id = stock.product_id
    ORDER BY stock.product_id, stock.warehouse_id
    FOR UPDATE OF stock
), differing AS MATERIALIZED (
    SELECT asked.*, asked.counted - COALESCE(known.on_hand, 0) AS difference, known.product_id IS NULL AS is_new
    FROM asked
    LEFT JOIN known ON known.warehouse_id = asked.warehouse_id AND known.product_id = asked.product_id
    WHERE known.product_id IS NULL OR known.on_hand <> asked.counted
), stocked AS (
    INSERT INTO inventory_stock AS stock (warehouse_id, product_id, on_hand, reserved)
    SELECT warehouse_id, product_id, counted, 0 FROM differing ORDER BY product_id, warehouse_id
    ON CONFLICT (warehouse_id, product_id) DO UPDATE SET on_hand = excluded.on_hand
), moved AS (
    INSERT INTO inventory_stockmove (warehouse_id, product_id, kind, quantity, reference, note, at, actor_id)
    SELECT warehouse_id, product_id,
           COALESCE(kind, CASE WHEN is_new THEN '{MoveKind.OPENING}' ELSE '{MoveKind.ADJUSTMENT}' END), difference,
           reference, '', at, actor_id
    FROM differing WHERE difference <> 0 ORDER BY product_id, warehouse_id
)
"""  # noqa: S608 - put together from constants of the caller, values are bound


_COUNTED_LINES = f"""(
    SELECT %(warehouse)s::bigint AS warehouse_id, product_id, counted, '{MoveKind.COUNT}' AS kind,
           %(reference)s::text AS reference, %(at)s::timestamptz AS at, %(actor)s::bigint AS actor_id
    FROM unnest(%(products)s::bigint[], %(quantities)s::bigint[]) AS asked (product_id, counted)
)"""  # noqa: S608 - put together from constants, values are bound

COUNT = f"{count_stock(_COUNTED_LINES)} SELECT difference FROM differing WHERE difference <> 0"  # noqa: S608 - put together from constants, values are bound

SELL_IN = """
WITH given AS MATERIALIZED (
    SELECT warehouse.id AS warehouse_id, given.product_id, given.pieces
    FROM unnest(%(distributors)s::bigint[], %(products)s::bigint[], %(pieces)s::bigint[])
        AS given (distributor_id, product_id, pieces)
    JOIN inventory_warehouse AS warehouse ON warehouse.distributor_id = given.distributor_id AND warehouse.is_default
), wanted AS MATERIALIZED (
    SELECT stock.id, COALESCE(given.pieces, 0) AS pieces
    FROM inventory_warehouse AS warehouse
    JOIN inventory_stock AS stock ON stock.warehouse_id = warehouse.id
    LEFT JOIN given ON given.warehouse_id = stock.warehouse_id AND given.product_id = stock.product_id
    WHERE warehouse.distributor_id = ANY(%(all)s) AND warehouse.is_default
      AND stock.sold_in IS DISTINCT FROM COALESCE(given.pieces, 0)
    ORDER BY stock.product_id, stock.warehouse_id
    FOR UPDATE OF stock
), changed AS (
    UPDATE inventory_stock AS stock SET sold_in = wanted.pieces FROM wanted WHERE stock.id = wanted.id
)
INSERT INTO inventory_stock AS stock (warehouse_id, product_id, on_hand, reserved, sold_in)
SELECT warehouse_id, product_id, 0, 0, pieces FROM given
WHERE NOT EXISTS (
    SELECT FROM inventory_stock AS known
    WHERE known.warehouse_id = given.warehouse_id AND known.product_id = given.product_id
)
ORDER BY product_id, warehouse_id
ON CONFLICT (warehouse_id, product_id) DO NOTHING
"""
