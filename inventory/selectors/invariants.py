"""The promises about stock, recomputed over the whole database (invariant 1)."""

from django.utils.translation import gettext_lazy as _

from core.invariants import Invariant, violations_of

INVARIANTS: tuple[Invariant, ...] = (
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
)
