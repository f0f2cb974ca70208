"""The one rule by which lots follow the stock, in SQL: whatever moves goods inserts a move, and its lots follow from that.

Everything here happens under the lock of the stock row of the warehouse and product, which whoever moves goods has taken.
"""

import pgtrigger

FIRST_EXPIRED = "lot.expires_on NULLS LAST, lot.produced_on NULLS LAST, lot.id"
"""First expired first out (先到期先出); what has no expiry date goes last, of two with one date the one produced first."""

_MADE = pgtrigger.Referencing(new="made")  # type: ignore[no-untyped-call]  # the package has no types for it

_LOTS_FOLLOW = f"""
IF NOT EXISTS (
    SELECT FROM made JOIN catalogue_product AS product ON product.id = made.product_id WHERE product.tracks_lots
) THEN
    RETURN NULL;
END IF;
INSERT INTO inventory_lot (product_id, code, status, status_reason, version)
SELECT DISTINCT made.product_id, '', 'free', '', 1
FROM made JOIN catalogue_product AS product ON product.id = made.product_id AND product.tracks_lots
WHERE made.lot_id IS NULL AND made.quantity > 0
  AND NOT EXISTS (SELECT FROM inventory_lot AS known WHERE known.product_id = made.product_id AND known.code = '')
ON CONFLICT DO NOTHING;
INSERT INTO inventory_lotmove (move_id, warehouse_id, product_id, lot_id, quantity, at, actor_id)
SELECT made.id, made.warehouse_id, made.product_id, COALESCE(made.lot_id, unnamed.id), made.quantity, made.at, made.actor_id
FROM made
JOIN catalogue_product AS product ON product.id = made.product_id AND product.tracks_lots
LEFT JOIN inventory_lot AS unnamed ON unnamed.product_id = made.product_id AND unnamed.code = ''
WHERE made.lot_id IS NOT NULL OR made.quantity > 0
ORDER BY made.id;
INSERT INTO inventory_lotmove (move_id, warehouse_id, product_id, lot_id, quantity, at, actor_id)
WITH asked AS MATERIALIZED (
    SELECT made.id, made.warehouse_id, made.product_id, made.at, made.actor_id, -made.quantity AS pieces,
           SUM(-made.quantity) OVER (PARTITION BY made.warehouse_id, made.product_id ORDER BY made.id) AS until
    FROM made JOIN catalogue_product AS product ON product.id = made.product_id AND product.tracks_lots
    WHERE made.lot_id IS NULL AND made.quantity < 0
), there AS MATERIALIZED (
    SELECT stock.warehouse_id, stock.product_id, lot.id AS lot_id, free.pieces,
           SUM(free.pieces) OVER (
               PARTITION BY stock.warehouse_id, stock.product_id ORDER BY lot.status <> 'free', {FIRST_EXPIRED}
           ) AS until
    FROM (SELECT DISTINCT warehouse_id, product_id FROM asked) AS place
    JOIN inventory_lotstock AS stock
        ON stock.warehouse_id = place.warehouse_id AND stock.product_id = place.product_id
    JOIN inventory_lot AS lot ON lot.id = stock.lot_id
    CROSS JOIN LATERAL (SELECT stock.on_hand - stock.bound - stock.blocked AS pieces) AS free
    WHERE free.pieces > 0
)
SELECT asked.id, asked.warehouse_id, asked.product_id, there.lot_id,
       GREATEST(asked.until - asked.pieces, there.until - there.pieces) - LEAST(asked.until, there.until),
       asked.at, asked.actor_id
FROM asked
JOIN there ON there.warehouse_id = asked.warehouse_id AND there.product_id = asked.product_id
    AND there.until > asked.until - asked.pieces AND there.until - there.pieces < asked.until
ORDER BY asked.id, there.until;
RETURN NULL;
"""  # noqa: S608 - put together from constants only
LOTS_FOLLOW = pgtrigger.Trigger(
    name="lots_follow",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    referencing=_MADE,
    func=_LOTS_FOLLOW,
)
"""Goods of a tracked product go into the lot that the move names, else into the one without a name.

What leaves without naming a lot is taken first expired first out, from what is neither bound nor blocked.
"""

LOT_STOCK_FOLLOWS = pgtrigger.Trigger(
    name="lot_stock_follows",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    referencing=_MADE,
    func="""
INSERT INTO inventory_lotstock (warehouse_id, product_id, lot_id, on_hand, bound, blocked)
SELECT DISTINCT made.warehouse_id, made.product_id, made.lot_id, 0, 0, 0 FROM made
ON CONFLICT (warehouse_id, lot_id) DO NOTHING;
UPDATE inventory_lotstock AS stock SET on_hand = stock.on_hand + added.quantity
FROM (SELECT warehouse_id, lot_id, SUM(quantity)::bigint AS quantity FROM made GROUP BY warehouse_id, lot_id) AS added
WHERE stock.warehouse_id = added.warehouse_id AND stock.lot_id = added.lot_id;
RETURN NULL;
""",
)

_ADD_UP = """
IF EXISTS (SELECT FROM catalogue_product WHERE id = NEW.product_id AND tracks_lots) AND (
    SELECT COALESCE(SUM(on_hand), 0) FROM inventory_lotstock
    WHERE warehouse_id = NEW.warehouse_id AND product_id = NEW.product_id
) IS DISTINCT FROM COALESCE((
    SELECT on_hand FROM inventory_stock WHERE warehouse_id = NEW.warehouse_id AND product_id = NEW.product_id
), 0) THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'lots_add_up',
        MESSAGE = 'lots_add_up: the stock of the lots of a product is its stock, in every warehouse';
END IF;
RETURN NULL;
"""


def _adds_up(name: str, operation: pgtrigger.Operation, condition: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=operation,
        timing=pgtrigger.Deferred,
        condition=pgtrigger.Condition(condition),
        func=_ADD_UP,
    )


STOCK_IS_ITS_LOTS = [
    _adds_up("lots_add_up_at_first", pgtrigger.Insert, "NEW.on_hand <> 0"),
    _adds_up("lots_add_up", pgtrigger.Update, "NEW.on_hand <> OLD.on_hand"),
]
LOTS_ARE_THE_STOCK = [
    _adds_up("lots_add_up_at_first", pgtrigger.Insert, "NEW.on_hand <> 0"),
    _adds_up("lots_add_up", pgtrigger.Update, "NEW.on_hand <> OLD.on_hand"),
]

CUT_BINDINGS = pgtrigger.Trigger(
    name="cut_bindings",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition("NEW.bound > NEW.quantity"),
    func=f"""
WITH kept AS MATERIALIZED (
    SELECT binding.id, binding.lot_id, binding.pieces, binding.lost, GREATEST(0, LEAST(
        binding.pieces, NEW.quantity - SUM(binding.pieces) OVER (ORDER BY {FIRST_EXPIRED}) + binding.pieces
    ))::bigint AS left_pieces
    FROM inventory_lotbinding AS binding JOIN inventory_lot AS lot ON lot.id = binding.lot_id
    WHERE binding.reservation_id = NEW.id
), freed AS (
    UPDATE inventory_lotstock AS stock SET bound = stock.bound - kept.pieces + kept.left_pieces
    FROM kept
    WHERE stock.warehouse_id = NEW.warehouse_id AND stock.lot_id = kept.lot_id AND kept.pieces > kept.left_pieces
), lowered AS (
    UPDATE inventory_lotbinding AS binding SET pieces = kept.left_pieces
    FROM kept WHERE binding.id = kept.id AND kept.pieces > kept.left_pieces AND kept.left_pieces + kept.lost > 0
)
DELETE FROM inventory_lotbinding AS binding
USING kept WHERE binding.id = kept.id AND kept.left_pieces + kept.lost = 0;
NEW.bound := NEW.quantity;
RETURN NEW;
""",  # noqa: S608 - put together from constants only
)
"""A reservation that becomes smaller gives its lots free, the last to expire first."""
