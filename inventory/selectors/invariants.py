"""The promises about stock, recomputed over the whole database (invariant 1)."""

from django.utils.translation import gettext_lazy as _

from core.invariants import Invariant, violations_of
from inventory.selectors.lot_invariants import LOT_INVARIANTS

INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        name="inventory.waiting_is_sum_of_back_orders",
        statement=_("What waits for a product in a warehouse is the sum of its open back orders."),
        find=violations_of("""
            SELECT COALESCE(stock.warehouse_id, open.warehouse_id) AS warehouse_id,
                   COALESCE(stock.product_id, open.product_id) AS product_id,
                   COALESCE(stock.waiting, 0) AS waiting, COALESCE(open.quantity, 0) AS back_ordered
            FROM inventory_stock AS stock
            FULL JOIN (
                SELECT warehouse_id, product_id, SUM(quantity) AS quantity
                FROM inventory_backorder WHERE quantity > 0 GROUP BY warehouse_id, product_id
            ) AS open ON open.warehouse_id = stock.warehouse_id AND open.product_id = stock.product_id
            WHERE COALESCE(stock.waiting, 0) <> COALESCE(open.quantity, 0)
        """),
    ),
    Invariant(
        name="inventory.no_back_order_overtaken",
        statement=_("Nothing is free that a back order waits for and that no expected receipt brings in time."),
        find=violations_of("""
            WITH waiting AS (
                SELECT warehouse_id, product_id, ship_on, SUM(SUM(quantity)) OVER (
                           PARTITION BY warehouse_id, product_id ORDER BY ship_on NULLS LAST
                       ) AS pieces
                FROM inventory_backorder WHERE quantity > 0 GROUP BY warehouse_id, product_id, ship_on
            )
            SELECT stock.warehouse_id, stock.product_id, stock.on_hand - stock.reserved AS free, waiting.ship_on, waiting.pieces
            FROM inventory_stock AS stock
            JOIN waiting ON waiting.warehouse_id = stock.warehouse_id AND waiting.product_id = stock.product_id
            WHERE stock.on_hand > stock.reserved AND waiting.pieces > (
                SELECT COALESCE(SUM(coming.quantity - coming.received), 0) FROM inventory_expectedreceipt AS coming
                WHERE coming.warehouse_id = stock.warehouse_id AND coming.product_id = stock.product_id
                  AND coming.status = 'open' AND (waiting.ship_on IS NULL OR coming.expected_on < waiting.ship_on)
            )
        """),
    ),
    Invariant(
        name="inventory.reserved_within_on_hand",
        statement=_("Reserved stock is never below zero and never above what is on hand."),
        find=violations_of("""
            SELECT warehouse_id, product_id, on_hand, reserved
            FROM inventory_stock
            WHERE reserved < 0 OR reserved > on_hand
        """),
    ),
    Invariant(
        name="inventory.on_hand_is_sum_of_moves",
        statement=_("On hand is the sum of the stock movements."),
        find=violations_of("""
            SELECT COALESCE(stock.warehouse_id, moved.warehouse_id) AS warehouse_id,
                   COALESCE(stock.product_id, moved.product_id) AS product_id,
                   COALESCE(stock.on_hand, 0) AS on_hand, COALESCE(moved.quantity, 0) AS moved
            FROM inventory_stock AS stock
            FULL JOIN (
                SELECT warehouse_id, product_id, SUM(quantity) AS quantity
                FROM inventory_stockmove GROUP BY warehouse_id, product_id
            ) AS moved ON moved.warehouse_id = stock.warehouse_id AND moved.product_id = stock.product_id
            WHERE COALESCE(stock.on_hand, 0) <> COALESCE(moved.quantity, 0)
        """),
    ),
    Invariant(
        name="inventory.one_default_warehouse",
        statement=_("A distributor that has warehouses has one default among them."),
        find=violations_of("""
            SELECT distributor_id FROM inventory_warehouse
            WHERE distributor_id IS NOT NULL
            GROUP BY distributor_id HAVING COUNT(*) FILTER (WHERE is_default) <> 1
        """),
    ),
    Invariant(
        name="inventory.reserved_is_sum_of_reservations",
        statement=_("Reserved stock is the sum of the open reservations."),
        find=violations_of("""
            SELECT COALESCE(stock.warehouse_id, held.warehouse_id) AS warehouse_id,
                   COALESCE(stock.product_id, held.product_id) AS product_id,
                   COALESCE(stock.reserved, 0) AS reserved, COALESCE(held.quantity, 0) AS held
            FROM inventory_stock AS stock
            FULL JOIN (
                SELECT warehouse_id, product_id, SUM(quantity) AS quantity
                FROM inventory_reservation WHERE quantity > 0 GROUP BY warehouse_id, product_id
            ) AS held ON held.warehouse_id = stock.warehouse_id AND held.product_id = stock.product_id
            WHERE COALESCE(stock.reserved, 0) <> COALESCE(held.quantity, 0)
        """),
    ),
    Invariant(
        name="inventory.blocked_is_sum_of_blocks",
        statement=_("What is blocked of a product in a warehouse is what its open blocks hold, and reserved for them."),
        find=violations_of("""
            SELECT warehouse_id, product_id, SUM(blocked) AS blocked, SUM(open) AS open_blocks, SUM(reserved) AS reserved
            FROM (
                SELECT warehouse_id, product_id, blocked, 0 AS open, 0 AS reserved FROM inventory_stock WHERE blocked <> 0
                UNION ALL
                SELECT warehouse_id, product_id, 0, quantity - released - scrapped, 0 FROM inventory_stockblock
                UNION ALL
                SELECT warehouse_id, product_id, 0, 0, quantity FROM inventory_reservation
                WHERE source_type = 'stock_block' AND quantity > 0
            ) AS blocking
            GROUP BY warehouse_id, product_id
            HAVING SUM(blocked) <> SUM(open) OR SUM(open) <> SUM(reserved)
        """),
    ),
    *LOT_INVARIANTS,
)
