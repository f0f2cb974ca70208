"""The statements of lots. Each is one, whatever the number of rows."""

from core.importing import insert_into
from inventory.enums import LotStatus
from inventory.models import Lot, LotBinding, LotMove
from inventory.models.lot_triggers import FIRST_EXPIRED

NO_MOVES_MEANWHILE = "LOCK TABLE inventory_stockmove IN SHARE ROW EXCLUSIVE MODE"
"""What lies somewhere changes with a move only: whoever has moved goods is waited for, whoever wants to waits."""

_UNNAMED = f"""(
    SELECT %(product)s::bigint AS product_id, '' AS code, NULL::date AS produced_on, NULL::date AS expires_on,
           '{LotStatus.FREE}' AS status, '' AS status_reason, NULL::timestamptz AS status_at, NULL::bigint AS status_by_id,
           1 AS version
)"""
_PRESENT = """(
    SELECT NULL::bigint AS move_id, stock.warehouse_id, stock.product_id, unnamed.id AS lot_id, stock.on_hand AS quantity,
           %(at)s::timestamptz AS at, %(actor)s::bigint AS actor_id
    FROM unnamed JOIN inventory_stock AS stock ON stock.product_id = %(product)s AND stock.on_hand > 0
)"""
BEGIN_TRACKING = f"""
WITH made AS (
    {insert_into(Lot, _UNNAMED)} ON CONFLICT (product_id, core_normal_code(code)) DO NOTHING RETURNING id
), unnamed AS (
    SELECT id FROM made UNION ALL SELECT id FROM inventory_lot WHERE product_id = %(product)s AND code = ''
)
{insert_into(LotMove, _PRESENT)}
"""  # noqa: S608 - put together from constants only

BLOCKS_BY_LOT = """
WITH named AS (
    UPDATE inventory_stockblock AS block SET lot_id = unnamed.id
    FROM inventory_lot AS unnamed
    WHERE unnamed.product_id = %(product)s AND unnamed.code = '' AND block.product_id = %(product)s
      AND block.status = 'blocked' AND block.lot_id IS NULL
    RETURNING block.warehouse_id, block.lot_id, block.quantity - block.released - block.scrapped AS pieces
)
UPDATE inventory_lotstock AS stock SET blocked = stock.blocked + together.pieces
FROM (SELECT warehouse_id, lot_id, SUM(pieces)::bigint AS pieces FROM named GROUP BY warehouse_id, lot_id) AS together
WHERE stock.warehouse_id = together.warehouse_id AND stock.lot_id = together.lot_id
"""
"""What is blocked when tracking begins is of the unnamed lot from then on."""

_GIVEN = f"""(
    SELECT DISTINCT ON (given.product_id, core_normal_code(given.code)) given.product_id, given.code,
           given.produced_on, given.expires_on, '{LotStatus.FREE}' AS status, '' AS status_reason,
           NULL::timestamptz AS status_at, NULL::bigint AS status_by_id, 1 AS version
    FROM unnest(%(products)s::bigint[], %(codes)s::text[], %(produced)s::date[], %(expires)s::date[])
        AS given (product_id, code, produced_on, expires_on)
    ORDER BY given.product_id, core_normal_code(given.code)
)"""  # noqa: S608 - put together from constants only
ADD_LOTS = f"{insert_into(Lot, _GIVEN)} ON CONFLICT (product_id, core_normal_code(code)) DO NOTHING"

LOCK_GIVEN = """
SELECT given.nth, lot.id, lot.produced_on, lot.expires_on
FROM unnest(%(products)s::bigint[], %(codes)s::text[]) WITH ORDINALITY AS given (product_id, code, nth)
JOIN inventory_lot AS lot ON lot.product_id = given.product_id AND lot.normal = core_normal_code(given.code)
ORDER BY lot.id
FOR SHARE OF lot
"""
"""Whoever names a lot locks it before the stock, as who freezes it does: what comes into a frozen lot is blocked."""

LOCK_KNOWN = """
SELECT given.nth, lot.id
FROM unnest(%(products)s::bigint[], %(codes)s::text[]) WITH ORDINALITY AS given (product_id, code, nth)
JOIN catalogue_product AS product ON product.id = given.product_id AND product.tracks_lots
JOIN inventory_lot AS lot ON lot.product_id = given.product_id AND lot.normal = core_normal_code(given.code)
WHERE lot.code <> ''
ORDER BY lot.id
FOR SHARE OF lot
"""

_OUT_OF_UNNAMED = """(
    SELECT NULL::bigint AS move_id, %(warehouse)s::bigint AS warehouse_id, taken.product_id, side.lot_id, side.quantity,
           %(at)s::timestamptz AS at, %(actor)s::bigint AS actor_id
    FROM taken CROSS JOIN LATERAL (VALUES (taken.unnamed_id, -taken.pieces), (taken.lot_id, taken.pieces))
        AS side (lot_id, quantity)
    WHERE taken.pieces > 0
)"""
OUT_OF_UNNAMED = f"""
WITH taken AS MATERIALIZED (
    SELECT given.product_id, given.lot_id, unnamed.id AS unnamed_id, GREATEST(0, LEAST(
        given.pieces, stock.on_hand - stock.bound - stock.blocked + given.pieces
            - SUM(given.pieces) OVER (PARTITION BY given.product_id ORDER BY given.lot_id)
    ))::bigint AS pieces
    FROM unnest(%(products)s::bigint[], %(lots)s::bigint[], %(pieces)s::bigint[]) AS given (product_id, lot_id, pieces)
    JOIN inventory_lot AS unnamed ON unnamed.product_id = given.product_id AND unnamed.code = ''
    JOIN inventory_lotstock AS stock ON stock.lot_id = unnamed.id AND stock.warehouse_id = %(warehouse)s
)
{insert_into(LotMove, _OUT_OF_UNNAMED)}
"""  # noqa: S608 - put together from constants only
"""Each lot gets as many pieces as the unnamed lot of its product has free in the warehouse."""

LOCK_LOTS = "SELECT id FROM inventory_lot WHERE id = ANY(%(lots)s) ORDER BY id FOR SHARE"

LOCK_RESERVED = """
SELECT stock.id
FROM inventory_stock AS stock
JOIN (
    SELECT claimed.warehouse_id, claimed.product_id
    FROM unnest(%(sources)s::bigint[], %(lines)s::bigint[]) AS given (source_id, source_line_id)
    JOIN inventory_reservation AS claimed ON claimed.source_type = %(source_type)s
        AND claimed.source_id = given.source_id AND claimed.source_line_id = given.source_line_id
    WHERE claimed.quantity > 0
    UNION
    SELECT claimed.warehouse_id, claimed.product_id
    FROM unnest(%(sources)s::bigint[], %(lines)s::bigint[]) AS given (source_id, source_line_id)
    JOIN inventory_backorder AS claimed ON claimed.source_type = %(source_type)s
        AND claimed.source_id = given.source_id AND claimed.source_line_id = given.source_line_id
    WHERE claimed.quantity > 0
) AS place ON place.warehouse_id = stock.warehouse_id AND place.product_id = stock.product_id
ORDER BY stock.product_id, stock.warehouse_id
FOR UPDATE OF stock
"""
"""What `consume` locks of these lines, so that it finds all of it locked."""

RESERVED = """
SELECT reservation.id, reservation.source_line_id, reservation.warehouse_id, reservation.product_id, reservation.quantity,
       product.code, product.shelf_life_days IS NULL AS keeps
FROM unnest(%(sources)s::bigint[], %(lines)s::bigint[]) AS given (source_id, source_line_id)
JOIN inventory_reservation AS reservation ON reservation.source_type = %(source_type)s
    AND reservation.source_id = given.source_id AND reservation.source_line_id = given.source_line_id
JOIN catalogue_product AS product ON product.id = reservation.product_id AND product.tracks_lots
WHERE reservation.quantity > 0
ORDER BY reservation.id
"""

BOUND = f"""
SELECT binding.reservation_id, binding.lot_id, binding.pieces, binding.lost
FROM inventory_lotbinding AS binding JOIN inventory_lot AS lot ON lot.id = binding.lot_id
WHERE binding.reservation_id = ANY(%(reservations)s)
ORDER BY binding.reservation_id, {FIRST_EXPIRED}
"""  # noqa: S608 - put together from constants only

LOTS_THERE = f"""
SELECT stock.warehouse_id, stock.product_id, lot.id, lot.code, lot.produced_on, lot.expires_on, lot.status,
       stock.on_hand - stock.bound - stock.blocked AS free
FROM (
    SELECT DISTINCT warehouse_id, product_id
    FROM unnest(%(warehouses)s::bigint[], %(products)s::bigint[]) AS given (warehouse_id, product_id)
) AS place
JOIN inventory_lotstock AS stock ON stock.warehouse_id = place.warehouse_id AND stock.product_id = place.product_id
JOIN inventory_lot AS lot ON lot.id = stock.lot_id
WHERE stock.on_hand > 0
ORDER BY stock.product_id, stock.warehouse_id, {FIRST_EXPIRED}
"""  # noqa: S608 - put together from constants only

_BINDINGS = """(
    SELECT reservation_id, lot_id, pieces, 0 AS lost FROM wanted WHERE pieces > 0
)"""
BIND = f"""
WITH given AS MATERIALIZED (
    SELECT * FROM unnest(%(reservations)s::bigint[], %(lots)s::bigint[], %(pieces)s::bigint[])
        AS given (reservation_id, lot_id, pieces)
), known AS MATERIALIZED (
    SELECT binding.id, binding.reservation_id, binding.lot_id, binding.pieces
    FROM inventory_lotbinding AS binding WHERE binding.reservation_id = ANY(%(all)s)
), wanted AS MATERIALIZED (
    SELECT COALESCE(given.reservation_id, known.reservation_id) AS reservation_id,
           COALESCE(given.lot_id, known.lot_id) AS lot_id, COALESCE(given.pieces, 0) AS pieces,
           COALESCE(given.pieces, 0) - COALESCE(known.pieces, 0) AS change, known.id
    FROM given FULL JOIN known ON known.reservation_id = given.reservation_id AND known.lot_id = given.lot_id
), gone AS (
    DELETE FROM inventory_lotbinding AS binding USING wanted WHERE binding.id = wanted.id AND wanted.pieces = 0
), counted AS (
    UPDATE inventory_lotstock AS stock SET bound = stock.bound + moved.change
    FROM (
        SELECT reservation.warehouse_id, wanted.lot_id, SUM(wanted.change)::bigint AS change
        FROM wanted JOIN inventory_reservation AS reservation ON reservation.id = wanted.reservation_id
        GROUP BY reservation.warehouse_id, wanted.lot_id
    ) AS moved
    WHERE stock.warehouse_id = moved.warehouse_id AND stock.lot_id = moved.lot_id AND moved.change <> 0
), noted AS (
    UPDATE inventory_reservation AS reservation SET bound = together.pieces
    FROM (SELECT reservation_id, SUM(pieces)::bigint AS pieces FROM wanted GROUP BY reservation_id) AS together
    WHERE reservation.id = together.reservation_id AND reservation.bound <> together.pieces
)
{insert_into(LotBinding, _BINDINGS)}
ON CONFLICT (reservation_id, lot_id) DO UPDATE SET pieces = excluded.pieces, lost = 0
"""  # noqa: S608 - put together from constants only
"""Leave reservations exactly the lots that are given. Before: the stock is locked."""

TAKE_BOUND = f"""
WITH asked AS (
    SELECT source_id, source_line_id, SUM(quantity)::bigint AS quantity
    FROM unnest(%(sources)s::bigint[], %(lines)s::bigint[], %(quantities)s::bigint[])
        AS asked (source_id, source_line_id, quantity)
    GROUP BY source_id, source_line_id
), bound AS MATERIALIZED (
    SELECT binding.id, binding.lot_id, binding.pieces, binding.lost, binding.reservation_id, reservation.warehouse_id,
           reservation.product_id, reservation.source_line_id, LEAST(binding.pieces, GREATEST(0,
               asked.quantity + binding.pieces - SUM(binding.pieces) OVER (
                   PARTITION BY reservation.source_line_id ORDER BY reservation.id, {FIRST_EXPIRED}
               )))::bigint AS taken,
           ROW_NUMBER() OVER (ORDER BY reservation.source_line_id, reservation.id, {FIRST_EXPIRED}) AS nth
    FROM asked
    JOIN inventory_reservation AS reservation ON reservation.source_type = %(source_type)s
        AND reservation.source_id = asked.source_id AND reservation.source_line_id = asked.source_line_id
    JOIN inventory_lotbinding AS binding ON binding.reservation_id = reservation.id
    JOIN inventory_lot AS lot ON lot.id = binding.lot_id
), lowered AS (
    UPDATE inventory_lotbinding AS binding SET pieces = bound.pieces - bound.taken
    FROM bound WHERE binding.id = bound.id AND bound.taken > 0 AND bound.pieces - bound.taken + bound.lost > 0
), gone AS (
    DELETE FROM inventory_lotbinding AS binding
    USING bound WHERE binding.id = bound.id AND bound.pieces - bound.taken + bound.lost = 0
), freed AS (
    UPDATE inventory_lotstock AS stock SET bound = stock.bound - together.taken
    FROM (SELECT warehouse_id, lot_id, SUM(taken)::bigint AS taken FROM bound GROUP BY warehouse_id, lot_id) AS together
    WHERE stock.warehouse_id = together.warehouse_id AND stock.lot_id = together.lot_id AND together.taken > 0
), noted AS (
    UPDATE inventory_reservation AS reservation SET bound = reservation.bound - together.taken
    FROM (SELECT reservation_id, SUM(taken)::bigint AS taken FROM bound GROUP BY reservation_id) AS together
    WHERE reservation.id = together.reservation_id AND together.taken > 0
)
SELECT source_line_id, warehouse_id, product_id, lot_id, taken FROM bound WHERE taken > 0 ORDER BY nth
"""  # noqa: S608 - put together from constants only
"""What is bound of lines leaves with them: the pieces by line and lot. Before: the stock is locked."""

FREE_LOT = """
WITH closing AS MATERIALIZED (
    SELECT id, warehouse_id, product_id, lot_id, quantity - released - scrapped AS pieces
    FROM inventory_stockblock WHERE id = ANY(%(blocks)s)
), closed AS (
    UPDATE inventory_stockblock AS block
    SET released = block.released + closing.pieces, status = 'closed', closed_at = %(at)s
    FROM closing WHERE block.id = closing.id
), given_up AS (
    UPDATE inventory_reservation AS reservation SET quantity = 0
    FROM closing
    WHERE reservation.source_type = 'stock_block' AND reservation.source_id = closing.id
      AND reservation.source_line_id = closing.id
), counted AS (
    UPDATE inventory_lotstock AS stock SET blocked = stock.blocked - together.pieces
    FROM (SELECT warehouse_id, lot_id, SUM(pieces)::bigint AS pieces FROM closing GROUP BY warehouse_id, lot_id) AS together
    WHERE stock.warehouse_id = together.warehouse_id AND stock.lot_id = together.lot_id
), lowered AS (
    UPDATE inventory_stock AS stock SET blocked = stock.blocked - together.pieces, reserved = stock.reserved - together.pieces
    FROM (
        SELECT warehouse_id, product_id, SUM(pieces)::bigint AS pieces FROM closing GROUP BY warehouse_id, product_id
    ) AS together
    WHERE stock.warehouse_id = together.warehouse_id AND stock.product_id = together.product_id
    RETURNING stock.id, together.pieces, stock.waiting
)
SELECT id, pieces FROM lowered WHERE waiting > 0
"""
"""Close the blocks of a freeze. Before: blocks and stock are locked. Answers what is free again where somebody waits."""

LOSE_BOUND = """
WITH bound AS MATERIALIZED (
    SELECT binding.id, binding.pieces, binding.reservation_id, reservation.warehouse_id, reservation.source_type,
           reservation.source_id
    FROM inventory_lotbinding AS binding
    JOIN inventory_reservation AS reservation ON reservation.id = binding.reservation_id
    WHERE binding.lot_id = %(lot)s AND binding.pieces > 0
), lost AS (
    UPDATE inventory_lotbinding AS binding SET lost = binding.lost + bound.pieces, pieces = 0
    FROM bound WHERE binding.id = bound.id
), freed AS (
    UPDATE inventory_lotstock AS stock SET bound = 0 WHERE stock.lot_id = %(lot)s AND stock.bound > 0
), noted AS (
    UPDATE inventory_reservation AS reservation SET bound = reservation.bound - bound.pieces
    FROM bound WHERE reservation.id = bound.reservation_id
)
SELECT source_type, source_id, SUM(pieces)::bigint FROM bound GROUP BY source_type, source_id ORDER BY 1, 2
"""
"""A lot that is frozen leaves those for whom it was bound. Before: the stock is locked."""
