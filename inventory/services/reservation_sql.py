"""The statements of reservations, apart so that the hot path of placing can read them."""

from core.importing import insert_into
from inventory.models import Reservation


def insert_reservations(source: str) -> str:
    """Add reservations from a relation.

    Its columns: warehouse_id, product_id, source_type, source_id, source_line_id, quantity, bound, expires_at.
    """
    return insert_into(Reservation, source)


_RESERVED_LINES = """(
    SELECT asked.warehouse_id, asked.product_id, %(source_type)s::text AS source_type, asked.source_id,
           asked.source_line_id, asked.quantity, 0 AS bound, %(expires_at)s::timestamptz AS expires_at
    FROM asked JOIN raised ON raised.product_id = asked.product_id AND raised.warehouse_id = asked.warehouse_id
)"""

_FITTING = """(
    SELECT warehouse_id, product_id, source_type, source_id, source_line_id, quantity, 0 AS bound,
           NULL::timestamptz AS expires_at
    FROM fitting
)"""
_RESERVE_MORE = """ON CONFLICT (source_type, source_id, source_line_id, warehouse_id) DO UPDATE
        SET quantity = inventory_reservation.quantity + excluded.quantity, expires_at = excluded.expires_at"""

RESERVE_ASKED = f"""
wanted AS (
    SELECT warehouse_id, product_id, SUM(quantity)::bigint AS quantity FROM asked GROUP BY warehouse_id, product_id
), locked AS MATERIALIZED (
    SELECT stock.id, stock.warehouse_id, stock.product_id, stock.on_hand, stock.reserved
    FROM inventory_stock AS stock
    JOIN wanted ON wanted.product_id = stock.product_id AND wanted.warehouse_id = stock.warehouse_id
    ORDER BY stock.product_id, stock.warehouse_id
    FOR UPDATE OF stock
), checked AS MATERIALIZED (
    SELECT wanted.product_id, wanted.quantity, COALESCE(locked.on_hand - locked.reserved, 0) AS free, locked.id,
           locked.on_hand, locked.reserved
    FROM wanted
    LEFT JOIN locked ON locked.product_id = wanted.product_id AND locked.warehouse_id = wanted.warehouse_id
), raised AS (
    -- As it was locked: goods that came in while the row was waited for are not in the version that this command began with.
    UPDATE inventory_stock AS stock SET on_hand = checked.on_hand, reserved = checked.reserved + checked.quantity
    FROM checked
    WHERE stock.id = checked.id
      AND NOT EXISTS (SELECT 1 FROM checked AS other WHERE other.free < other.quantity)
    RETURNING stock.product_id, stock.warehouse_id
), written AS (
    {insert_reservations(_RESERVED_LINES)}
    {_RESERVE_MORE}
)
"""  # noqa: S608 - put together from constants, values are bound
"""The CTEs that reserve the rows of a relation `asked`: warehouse_id, source_id, product_id, source_line_id, quantity.

What is short is in `checked` (free < quantity), and then nothing was changed. For a statement that writes a document and
reserves for it at once; they take %(source_type)s and %(expires_at)s.
"""

RESERVE = f"""
WITH asked AS MATERIALIZED (
    SELECT * FROM unnest(
        %(warehouses)s::bigint[], %(sources)s::bigint[], %(products)s::bigint[], %(lines)s::bigint[], %(quantities)s::bigint[]
    ) AS asked (warehouse_id, source_id, product_id, source_line_id, quantity)
), {RESERVE_ASKED}
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
"""  # noqa: S608 - put together from constants, values are bound


LOCK_STOCK_OF = """
SELECT stock.id
FROM inventory_stock AS stock
JOIN (
    SELECT warehouse_id, product_id FROM inventory_reservation
    WHERE source_type = %(source_type)s AND source_id = %(source)s AND quantity > 0
      AND (%(lines)s::bigint[] IS NULL OR source_line_id = ANY(%(lines)s::bigint[]))
    UNION
    SELECT warehouse_id, product_id FROM inventory_backorder
    WHERE source_type = %(source_type)s AND source_id = %(source)s AND quantity > 0
      AND (%(lines)s::bigint[] IS NULL OR source_line_id = ANY(%(lines)s::bigint[]))
) AS place ON place.warehouse_id = stock.warehouse_id AND place.product_id = stock.product_id
ORDER BY stock.product_id, stock.warehouse_id
FOR UPDATE OF stock
"""
"""Before a statement that changes what a document has: what waits is filled under the same lock."""

RELEASE = """
WITH open AS MATERIALIZED (
    SELECT id, warehouse_id, product_id, source_line_id, quantity
    FROM inventory_reservation
    WHERE source_type = %(source_type)s AND source_id = %(source)s AND quantity > 0
      AND (%(lines)s::bigint[] IS NULL OR source_line_id = ANY(%(lines)s::bigint[]))
    ORDER BY id
    FOR UPDATE
), given_up AS MATERIALIZED (
    SELECT id, warehouse_id, product_id, quantity
    FROM inventory_backorder
    WHERE source_type = %(source_type)s AND source_id = %(source)s AND quantity > 0
      AND (%(lines)s::bigint[] IS NULL OR source_line_id = ANY(%(lines)s::bigint[]))
), freed AS (
    SELECT warehouse_id, product_id, SUM(quantity)::bigint AS quantity, SUM(waiting)::bigint AS waiting
    FROM (
        SELECT warehouse_id, product_id, quantity, 0 AS waiting FROM open
        UNION ALL
        SELECT warehouse_id, product_id, 0, quantity FROM given_up
    ) AS both_kinds
    GROUP BY warehouse_id, product_id
), lowered AS (
    UPDATE inventory_stock AS stock
    SET reserved = stock.reserved - freed.quantity, waiting = stock.waiting - freed.waiting
    FROM freed WHERE freed.warehouse_id = stock.warehouse_id AND freed.product_id = stock.product_id
    RETURNING stock.id, stock.warehouse_id, stock.product_id, stock.waiting
), closed AS (
    UPDATE inventory_reservation AS reservation SET quantity = 0
    FROM open WHERE reservation.id = open.id
), closed_too AS (
    UPDATE inventory_backorder AS waiting SET quantity = 0
    FROM given_up WHERE waiting.id = given_up.id
)
SELECT source_line_id, SUM(quantity)::bigint, FALSE FROM open GROUP BY source_line_id
UNION ALL
SELECT lowered.id, freed.quantity, TRUE
FROM lowered JOIN freed ON freed.warehouse_id = lowered.warehouse_id AND freed.product_id = lowered.product_id
WHERE lowered.waiting > 0
"""
"""What was freed by line, and then by stock for which somebody waits. Before: the stock is locked."""

KEEP = """
WITH kept AS (
    SELECT * FROM unnest(%(lines)s::bigint[], %(kept)s::bigint[]) AS kept (source_line_id, pieces)
), claimed AS MATERIALIZED (
    SELECT TRUE AS is_waiting, id, warehouse_id, product_id, source_line_id, quantity, ship_on
    FROM inventory_backorder
    WHERE source_type = %(source_type)s AND source_id = %(source)s AND quantity > 0
    UNION ALL
    SELECT FALSE, id, warehouse_id, product_id, source_line_id, quantity, NULL
    FROM inventory_reservation
    WHERE source_type = %(source_type)s AND source_id = %(source)s AND quantity > 0
), surplus AS MATERIALIZED (
    SELECT claimed.*, LEAST(claimed.quantity, GREATEST(0,
               SUM(claimed.quantity) OVER (PARTITION BY claimed.source_line_id) - kept.pieces
               - COALESCE(SUM(claimed.quantity) OVER (
                   PARTITION BY claimed.source_line_id
                   ORDER BY claimed.is_waiting DESC, claimed.ship_on DESC NULLS FIRST, claimed.id DESC
                   ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
               ), 0)))::bigint AS pieces
    FROM claimed JOIN kept ON kept.source_line_id = claimed.source_line_id
), lowered AS (
    UPDATE inventory_stock AS stock
    SET reserved = stock.reserved - freed.reserved, waiting = stock.waiting - freed.waiting
    FROM (
        SELECT warehouse_id, product_id, COALESCE(SUM(pieces) FILTER (WHERE NOT is_waiting), 0)::bigint AS reserved,
               COALESCE(SUM(pieces) FILTER (WHERE is_waiting), 0)::bigint AS waiting
        FROM surplus WHERE pieces > 0 GROUP BY warehouse_id, product_id
    ) AS freed
    WHERE freed.warehouse_id = stock.warehouse_id AND freed.product_id = stock.product_id
    RETURNING stock.id, freed.reserved, stock.waiting
), given_up AS (
    UPDATE inventory_backorder AS waiting SET quantity = waiting.quantity - surplus.pieces
    FROM surplus WHERE surplus.is_waiting AND surplus.pieces > 0 AND waiting.id = surplus.id
), freed_too AS (
    UPDATE inventory_reservation AS reservation SET quantity = reservation.quantity - surplus.pieces
    FROM surplus WHERE NOT surplus.is_waiting AND surplus.pieces > 0 AND reservation.id = surplus.id
)
SELECT id, reserved FROM lowered WHERE waiting > 0
"""
"""Leave each line of a document so many pieces: what waits goes first, the latest of it. Before: the stock is locked.

Answers the stock for which somebody else waits, with the pieces that are free again.
"""

CONSUME = """
WITH asked AS (
    SELECT source_id, source_line_id, reference, SUM(quantity)::bigint AS quantity
    FROM unnest(%(sources)s::bigint[], %(lines)s::bigint[], %(references)s::text[], %(quantities)s::bigint[])
        AS asked (source_id, source_line_id, reference, quantity)
    GROUP BY source_id, source_line_id, reference
), named AS MATERIALIZED (
    SELECT reference, warehouse_id, product_id, lot_id, SUM(quantity)::bigint AS quantity
    FROM unnest(%(lot_references)s::text[], %(lot_warehouses)s::bigint[], %(lot_products)s::bigint[], %(lots)s::bigint[],
                %(lot_pieces)s::bigint[])
        AS named (reference, warehouse_id, product_id, lot_id, quantity)
    GROUP BY reference, warehouse_id, product_id, lot_id
), open AS MATERIALIZED (
    SELECT reservation.id, reservation.source_line_id, reservation.warehouse_id, reservation.product_id,
           reservation.quantity AS reserved, asked.quantity AS wanted, asked.reference
    FROM inventory_reservation AS reservation
    JOIN asked ON asked.source_id = reservation.source_id AND asked.source_line_id = reservation.source_line_id
    WHERE reservation.source_type = %(source_type)s AND reservation.quantity > 0
    ORDER BY reservation.id
    FOR UPDATE OF reservation
), taking AS MATERIALIZED (
    SELECT id, warehouse_id, product_id, reference, LEAST(
        reserved, GREATEST(wanted - SUM(reserved) OVER (PARTITION BY source_line_id ORDER BY id) + reserved, 0)
    )::bigint AS quantity
    FROM open
), short AS MATERIALIZED (
    SELECT asked.source_line_id, asked.quantity, COALESCE(SUM(open.reserved), 0)::bigint AS reserved
    FROM asked LEFT JOIN open ON open.source_line_id = asked.source_line_id
    GROUP BY asked.source_line_id, asked.quantity
    HAVING COALESCE(SUM(open.reserved), 0) < asked.quantity
), leaving AS MATERIALIZED (
    SELECT reference, warehouse_id, product_id, SUM(quantity)::bigint AS quantity
    FROM taking
    WHERE quantity > 0 AND NOT EXISTS (SELECT 1 FROM short)
    GROUP BY reference, warehouse_id, product_id
), taken AS MATERIALIZED (
    SELECT warehouse_id, product_id, SUM(quantity)::bigint AS quantity FROM leaving GROUP BY warehouse_id, product_id
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
    INSERT INTO inventory_stockmove (warehouse_id, product_id, kind, quantity, lot_id, reference, note, at, actor_id)
    SELECT warehouse_id, product_id, 'shipment', -quantity, lot_id, reference, '', %(at)s, %(actor)s
    FROM (
        SELECT reference, warehouse_id, product_id, lot_id, quantity FROM named WHERE NOT EXISTS (SELECT 1 FROM short)
        UNION ALL
        SELECT leaving.reference, leaving.warehouse_id, leaving.product_id, NULL, leaving.quantity - COALESCE((
            SELECT SUM(named.quantity) FROM named
            WHERE named.reference = leaving.reference AND named.warehouse_id = leaving.warehouse_id
              AND named.product_id = leaving.product_id
        ), 0)
        FROM leaving
    ) AS moves WHERE quantity > 0
)
SELECT source_line_id, quantity, reserved FROM short ORDER BY source_line_id
"""
