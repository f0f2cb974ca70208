"""The promises about transfers, recomputed over the whole database (invariant 1)."""

from django.utils.translation import gettext_lazy as _

from core.invariants import Invariant, violations_of

INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        name="transfers.transit_is_what_transfers_sent",
        statement=_("What the stock movements left in transit of a transfer is what its lines say is on the way."),
        find=violations_of("""
            SELECT COALESCE(sent.transfer_id, moved.transfer_id) AS transfer_id,
                   COALESCE(sent.product_id, moved.product_id) AS product_id,
                   COALESCE(sent.quantity, 0) AS in_transit, COALESCE(moved.quantity, 0) AS moved
            FROM (
                SELECT line.transfer_id, line.product_id,
                       SUM(line.pieces + line.surplus - line.received - line.lost) AS quantity
                FROM transfers_transferline AS line JOIN transfers_transfer AS transfer ON transfer.id = line.transfer_id
                WHERE transfer.transit_id IS NOT NULL GROUP BY line.transfer_id, line.product_id
            ) AS sent
            FULL JOIN (
                SELECT transfer.id AS transfer_id, move.product_id, SUM(move.quantity) AS quantity
                FROM transfers_transfer AS transfer
                JOIN inventory_stockmove AS move
                    ON move.reference = transfer.number AND move.warehouse_id = transfer.transit_id
                WHERE move.kind IN ('transfer', 'difference') GROUP BY transfer.id, move.product_id
            ) AS moved ON moved.transfer_id = sent.transfer_id AND moved.product_id = sent.product_id
            WHERE COALESCE(sent.quantity, 0) <> COALESCE(moved.quantity, 0)
        """),
    ),
    Invariant(
        name="transfers.transit_is_expected",
        statement=_("What is on the way with a transfer, and nothing else of it, is expected at its destination."),
        find=violations_of("""
            SELECT line.id AS line_id, line.pieces + line.surplus - line.received - line.lost AS in_transit,
                   coming.id AS receipt_id, coming.status
            FROM transfers_transferline AS line
            JOIN transfers_transfer AS transfer ON transfer.id = line.transfer_id
            FULL JOIN (SELECT * FROM inventory_expectedreceipt WHERE source_type = 'transfer') AS coming
                ON coming.source_line_id = line.id AND coming.source_id = line.transfer_id
            WHERE CASE WHEN line.id IS NULL THEN TRUE
                WHEN transfer.status IN ('sent', 'partly_received') THEN
                    (coming.id IS NULL OR coming.status = 'open' AND (
                        coming.quantity - coming.received, coming.expected_on, coming.warehouse_id, coming.product_id
                    ) IS DISTINCT FROM (
                        line.pieces + line.surplus - line.received - line.lost, transfer.expected_on,
                        transfer.destination_id, line.product_id
                    ) OR coming.status <> 'open' AND line.pieces + line.surplus - line.received - line.lost <> 0)
                WHEN transfer.status = 'received' THEN
                    coming.status IS DISTINCT FROM 'received' OR line.pieces + line.surplus <> line.received + line.lost
                ELSE coming.id IS NOT NULL END
        """),
    ),
)
