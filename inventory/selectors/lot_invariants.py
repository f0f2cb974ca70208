"""The promises about lots, recomputed over the whole database."""

from django.utils.translation import gettext_lazy as _

from core.invariants import Invariant, violations_of

LOT_INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        name="inventory.lots_are_the_stock",
        statement=_("The stock of the lots of a product by lot is its stock, in every warehouse; others have none."),
        find=violations_of("""
            SELECT COALESCE(stock.warehouse_id, lots.warehouse_id) AS warehouse_id,
                   COALESCE(stock.product_id, lots.product_id) AS product_id,
                   COALESCE(stock.on_hand, 0) AS on_hand, COALESCE(lots.on_hand, 0) AS in_lots
            FROM (
                SELECT stock.* FROM inventory_stock AS stock
                JOIN catalogue_product AS product ON product.id = stock.product_id AND product.tracks_lots
            ) AS stock
            FULL JOIN (
                SELECT warehouse_id, product_id, SUM(on_hand) AS on_hand
                FROM inventory_lotstock GROUP BY warehouse_id, product_id
            ) AS lots ON lots.warehouse_id = stock.warehouse_id AND lots.product_id = stock.product_id
            WHERE COALESCE(stock.on_hand, 0) <> COALESCE(lots.on_hand, 0)
        """),
    ),
    Invariant(
        name="inventory.lot_stock_is_sum_of_moves",
        statement=_("What lies of a lot is the sum of its movements, and a lot is of one product."),
        find=violations_of("""
            SELECT COALESCE(stock.warehouse_id, moved.warehouse_id) AS warehouse_id,
                   COALESCE(stock.lot_id, moved.lot_id) AS lot_id,
                   COALESCE(stock.on_hand, 0) AS on_hand, COALESCE(moved.quantity, 0) AS moved
            FROM inventory_lotstock AS stock
            FULL JOIN (
                SELECT warehouse_id, lot_id, SUM(quantity) AS quantity
                FROM inventory_lotmove GROUP BY warehouse_id, lot_id
            ) AS moved ON moved.warehouse_id = stock.warehouse_id AND moved.lot_id = stock.lot_id
            WHERE COALESCE(stock.on_hand, 0) <> COALESCE(moved.quantity, 0)
            UNION ALL
            SELECT stock.warehouse_id, stock.lot_id, stock.product_id, lot.product_id
            FROM inventory_lotstock AS stock JOIN inventory_lot AS lot ON lot.id = stock.lot_id
            WHERE stock.product_id <> lot.product_id
        """),
    ),
    Invariant(
        name="inventory.bound_is_sum_of_bindings",
        statement=_("What is bound of a lot, and of a reservation, is what its bindings say."),
        find=violations_of("""
            SELECT 'lot' AS of, COALESCE(stock.lot_id, bound.lot_id) AS id, COALESCE(stock.bound, 0) AS bound,
                   COALESCE(bound.pieces, 0) AS bindings
            FROM inventory_lotstock AS stock
            FULL JOIN (
                SELECT reservation.warehouse_id, binding.lot_id, SUM(binding.pieces) AS pieces
                FROM inventory_lotbinding AS binding
                JOIN inventory_reservation AS reservation ON reservation.id = binding.reservation_id
                GROUP BY reservation.warehouse_id, binding.lot_id
            ) AS bound ON bound.warehouse_id = stock.warehouse_id AND bound.lot_id = stock.lot_id
            WHERE COALESCE(stock.bound, 0) <> COALESCE(bound.pieces, 0)
            UNION ALL
            SELECT 'reservation', reservation.id, reservation.bound, COALESCE(bound.pieces, 0)
            FROM inventory_reservation AS reservation
            LEFT JOIN (
                SELECT reservation_id, SUM(pieces) AS pieces FROM inventory_lotbinding GROUP BY reservation_id
            ) AS bound ON bound.reservation_id = reservation.id
            WHERE reservation.bound <> COALESCE(bound.pieces, 0)
        """),
    ),
    Invariant(
        name="inventory.frozen_lots_are_blocked",
        statement=_(
            "What is blocked of a lot is what its open blocks say; of a frozen lot that is all, in company warehouses."
        ),
        find=violations_of("""
            SELECT COALESCE(stock.warehouse_id, block.warehouse_id) AS warehouse_id,
                   COALESCE(stock.lot_id, block.lot_id) AS lot_id,
                   COALESCE(stock.blocked, 0) AS blocked, COALESCE(block.pieces, 0) AS open_blocks
            FROM inventory_lotstock AS stock
            FULL JOIN (
                SELECT warehouse_id, lot_id, SUM(quantity - released - scrapped) AS pieces
                FROM inventory_stockblock WHERE lot_id IS NOT NULL GROUP BY warehouse_id, lot_id
            ) AS block ON block.warehouse_id = stock.warehouse_id AND block.lot_id = stock.lot_id
            WHERE COALESCE(stock.blocked, 0) <> COALESCE(block.pieces, 0)
            UNION ALL
            SELECT stock.warehouse_id, stock.lot_id, stock.blocked, stock.on_hand
            FROM inventory_lotstock AS stock
            JOIN inventory_lot AS lot ON lot.id = stock.lot_id AND lot.status <> 'free'
            JOIN inventory_warehouse AS place ON place.id = stock.warehouse_id
                AND place.distributor_id IS NULL AND place.kind <> 'transit'
            WHERE stock.on_hand <> stock.blocked
        """),
    ),
)
