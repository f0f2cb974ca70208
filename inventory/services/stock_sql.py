"""The statements behind `inventory.services.stock`, apart so that the hot path of placing can read them."""

from core.importing import insert_into
from inventory.enums import MoveKind
from inventory.models import Reservation


def insert_reservations(source: str) -> str:
    """Add reservations from a relation.

    Its columns: warehouse_id, product_id, source_type, source_id, source_line_id, quantity, expires_at.
    """
    return insert_into(Reservation, source)


_RESERVED_LINES = """(
    SELECT %(warehouse)s::bigint AS warehouse_id, asked.product_id, %(source_type)s::text AS source_type,
           %(source)s::bigint AS source_id, asked.source_line_id, asked.quantity, %(expires_at)s::timestamptz AS expires_at
    FROM asked JOIN raised ON raised.product_id = asked.product_id
)"""

_FITTING = """(
    SELECT warehouse_id, product_id, source_type, source_id, source_line_id, quantity, NULL::timestamptz AS expires_at
    FROM fitting
)"""
_RESERVE_MORE = """ON CONFLICT (source_type, source_id, source_line_id, warehouse_id) DO UPDATE
        SET quantity = inventory_reservation.quantity + excluded.quantity, expires_at = excluded.expires_at"""

RESERVE = f"""
WITH asked AS MATERIALIZED (
    SELECT * FROM unnest(%(products)s::bigint[], %(lines)s::bigint[], %(quantities)s::bigint[])
        AS asked (product_id, source_line_id, quantity)
), wanted AS (
    SELECT product_id, SUM(quantity)::bigint AS quantity FROM asked GROUP BY product_id
), locked AS MATERIALIZED (
    SELECT stock.id, stock.product_id, stock.on_hand - stock.reserved AS free
    FROM inventory_stock AS stock
    JOIN wanted ON wanted.product_id = stock.product_id
    WHERE stock.warehouse_id = %(warehouse)s
    ORDER BY stock.product_id
    FOR UPDATE OF stock
), checked AS MATERIALIZED (
    SELECT wanted.product_id, wanted.quantity, COALESCE(locked.free, 0) AS free, locked.id
    FROM wanted LEFT JOIN locked ON locked.product_id = wanted.product_id
), raised AS (
    UPDATE inventory_stock AS stock SET reserved = stock.reserved + checked.quantity
    FROM checked
    WHERE stock.id = checked.id
      AND stock.on_hand - stock.reserved >= checked.quantity
      AND NOT EXISTS (SELECT 1 FROM checked AS other WHERE other.free < other.quantity)
    RETURNING stock.product_id
), written AS (
    {insert_reservations(_RESERVED_LINES)}
    {_RESERVE_MORE}
)
SELECT product_id, quantity, free FROM checked WHERE free < quantity ORDER BY product_id
"""  # noqa: S608 - put together from constants, values are bound


_SAME_SOURCE = """reservation.source_type = given.source_type AND reservation.source_id = given.source_id
        AND reservation.source_line_id = given.source_line_id"""


def release_surplus(source: str) -> str:
    """Free what is reserved for lines beyond what they need. `source` has the columns of `reserve_in_turn`."""
    return f"""
WITH surplus AS MATERIALIZED (
    SELECT reservation.id, reservation.warehouse_id, reservation.product_id,
           reservation.quantity - needed.quantity AS quantity
    FROM {source} AS given
    JOIN inventory_reservation AS reservation ON {_SAME_SOURCE}
    CROSS JOIN LATERAL (
        SELECT CASE WHEN reservation.warehouse_id = given.warehouse_id THEN given.quantity ELSE 0 END AS quantity
    ) AS needed
    WHERE reservation.quantity > needed.quantity
), freed AS (
    SELECT warehouse_id, product_id, SUM(quantity)::bigint AS quantity FROM surplus GROUP BY warehouse_id, product_id
), locked AS MATERIALIZED (
    SELECT stock.id, freed.quantity
    FROM freed
    JOIN inventory_stock AS stock ON stock.warehouse_id = freed.warehouse_id AND stock.product_id = freed.product_id
    ORDER BY stock.product_id, stock.warehouse_id
    FOR UPDATE OF stock
), lowered AS (
    UPDATE inventory_stock AS stock SET reserved = stock.reserved - locked.quantity FROM locked WHERE stock.id = locked.id
)
UPDATE inventory_reservation AS reservation SET quantity = reservation.quantity - surplus.quantity
FROM surplus WHERE reservation.id = surplus.id
"""  # noqa: S608 - put together from constants of the caller, values are bound


def reserve_in_turn(source: str) -> str:
    """Reserve what lines of many documents need and have not yet, one after the other, as far as it is free.

    `source` is the text of a relation of one row a line: warehouse_id, product_id, source_type, source_id, source_line_id,
    quantity (needed), turn.
    """
    return f"""
WITH wanted AS MATERIALIZED (
    SELECT given.warehouse_id, given.product_id, given.source_type, given.source_id, given.source_line_id, given.turn,
           given.quantity - COALESCE(reservation.quantity, 0) AS quantity
    FROM {source} AS given
    LEFT JOIN inventory_reservation AS reservation
        ON {_SAME_SOURCE} AND reservation.warehouse_id = given.warehouse_id
    WHERE given.quantity > COALESCE(reservation.quantity, 0)
), locked AS MATERIALIZED (
    SELECT stock.id, stock.warehouse_id, stock.product_id, stock.on_hand - stock.reserved AS free
    FROM inventory_stock AS stock
    JOIN (SELECT DISTINCT warehouse_id, product_id FROM wanted) AS place
        ON place.warehouse_id = stock.warehouse_id AND place.product_id = stock.product_id
    ORDER BY stock.product_id, stock.warehouse_id
    FOR UPDATE OF stock
), fitting AS MATERIALIZED (
    SELECT * FROM (
        SELECT wanted.*, locked.id AS stock_id, locked.free,
               SUM(wanted.quantity) OVER (
                   PARTITION BY wanted.warehouse_id, wanted.product_id ORDER BY wanted.turn
               ) AS together
        FROM wanted
        JOIN locked ON locked.warehouse_id = wanted.warehouse_id AND locked.product_id = wanted.product_id
    ) AS added WHERE together <= free
), raised AS (
    UPDATE inventory_stock AS stock SET reserved = stock.reserved + taken.quantity
    FROM (SELECT stock_id, SUM(quantity)::bigint AS quantity FROM fitting GROUP BY stock_id) AS taken
    WHERE stock.id = taken.stock_id
)
{insert_reservations(_FITTING)}
{_RESERVE_MORE}
"""  # noqa: S608 - likewise


RELEASE = """
WITH open AS MATERIALIZED (
    SELECT id, warehouse_id, product_id, source_line_id, quantity
    FROM inventory_reservation
    WHERE source_type = %(source_type)s AND source_id = %(source)s AND quantity > 0
      AND (%(lines)s::bigint[] IS NULL OR source_line_id = ANY(%(lines)s::bigint[]))
    ORDER BY id
    FOR UPDATE
), freed AS (
    SELECT warehouse_id, product_id, SUM(quantity)::bigint AS quantity FROM open GROUP BY warehouse_id, product_id
), locked AS MATERIALIZED (
    SELECT stock.id, freed.quantity
    FROM inventory_stock AS stock
    JOIN freed ON freed.warehouse_id = stock.warehouse_id AND freed.product_id = stock.product_id
    ORDER BY stock.product_id, stock.warehouse_id
    FOR UPDATE OF stock
), lowered AS (
    UPDATE inventory_stock AS stock SET reserved = stock.reserved - locked.quantity
    FROM locked WHERE stock.id = locked.id
), closed AS (
    UPDATE inventory_reservation AS reservation SET quantity = 0
    FROM open WHERE reservation.id = open.id
)
SELECT source_line_id, SUM(quantity)::bigint FROM open GROUP BY source_line_id ORDER BY source_line_id
"""

CONSUME = """
WITH asked AS (
    SELECT source_line_id, SUM(quantity)::bigint AS quantity
    FROM unnest(%(lines)s::bigint[], %(quantities)s::bigint[]) AS asked (source_line_id, quantity)
    GROUP BY source_line_id
), open AS MATERIALIZED (
    SELECT reservation.id, reservation.source_line_id, reservation.warehouse_id, reservation.product_id,
           reservation.quantity AS reserved, asked.quantity AS wanted
    FROM inventory_reservation AS reservation
    JOIN asked ON asked.source_line_id = reservation.source_line_id
    WHERE reservation.source_type = %(source_type)s AND reservation.source_id = %(source)s
      AND reservation.quantity > 0
    ORDER BY reservation.id
    FOR UPDATE OF reservation
), taking AS MATERIALIZED (
    SELECT id, warehouse_id, product_id, LEAST(
        reserved, GREATEST(wanted - SUM(reserved) OVER (PARTITION BY source_line_id ORDER BY id) + reserved, 0)
    )::bigint AS quantity
    FROM open
), short AS MATERIALIZED (
    SELECT asked.source_line_id, asked.quantity, COALESCE(SUM(open.reserved), 0)::bigint AS reserved
    FROM asked LEFT JOIN open ON open.source_line_id = asked.source_line_id
    GROUP BY asked.source_line_id, asked.quantity
    HAVING COALESCE(SUM(open.reserved), 0) < asked.quantity
), taken AS MATERIALIZED (
    SELECT warehouse_id, product_id, SUM(quantity)::bigint AS quantity
    FROM taking
    WHERE quantity > 0 AND NOT EXISTS (SELECT 1 FROM short)
    GROUP BY warehouse_id, product_id
), locked AS MATERIALIZED (
    SELECT stock.id, taken.quantity
    FROM inventory_stock AS stock
    JOIN taken ON taken.warehouse_id = stock.warehouse_id AND taken.product_id = stock.product_id
    ORDER BY stock.product_id, stock.warehouse_id
    FOR UPDATE OF stock
), lowered AS (
    UPDATE inventory_stock AS stock
    SET on_hand = stock.on_hand - locked.quantity, reserved = stock.reserved - locked.quantity
    FROM locked WHERE stock.id = locked.id
), shipped AS (
    UPDATE inventory_reservation AS reservation SET quantity = reservation.quantity - taking.quantity
    FROM taking WHERE reservation.id = taking.id AND NOT EXISTS (SELECT 1 FROM short)
), moved AS (
    INSERT INTO inventory_stockmove (warehouse_id, product_id, kind, quantity, reference, note, at, actor_id)
    SELECT warehouse_id, product_id, 'shipment', -quantity, %(reference)s, '', %(at)s, %(actor)s FROM taken
)
SELECT source_line_id, quantity, reserved FROM short ORDER BY source_line_id
"""

RECEIVE = """
WITH asked AS (
    SELECT product_id, SUM(quantity)::bigint AS quantity
    FROM unnest(%(products)s::bigint[], %(quantities)s::bigint[]) AS asked (product_id, quantity)
    GROUP BY product_id
), stocked AS (
    INSERT INTO inventory_stock AS stock (warehouse_id, product_id, on_hand, reserved)
    SELECT %(warehouse)s, product_id, quantity, 0 FROM asked ORDER BY product_id
    ON CONFLICT (warehouse_id, product_id) DO UPDATE SET on_hand = stock.on_hand + excluded.on_hand
)
INSERT INTO inventory_stockmove (warehouse_id, product_id, kind, quantity, reference, note, at, actor_id)
SELECT %(warehouse)s, product_id, %(kind)s, quantity, %(reference)s, %(note)s, %(at)s, %(actor)s
FROM asked ORDER BY product_id
RETURNING product_id, quantity
"""


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
)"""  # noqa: S608 - likewise

COUNT = f"{count_stock(_COUNTED_LINES)} SELECT difference FROM differing WHERE difference <> 0"  # noqa: S608 - likewise

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
