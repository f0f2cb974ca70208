"""The promises about waves, recomputed over the whole database."""

from django.utils.translation import gettext_lazy as _

from core.invariants import Invariant, violations_of

INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        name="orders.waves_are_open_or_ended",
        statement=_("Lines are open in open waves only, and they are lines of the wave's warehouse."),
        find=violations_of("""
            SELECT part.id, part.wave_id, wave.status, part.is_open
            FROM orders_waveline AS part
            JOIN orders_wave AS wave ON wave.id = part.wave_id
            JOIN orders_orderline AS line ON line.id = part.order_line_id
            JOIN orders_order AS placed ON placed.id = line.order_id
            WHERE part.is_open <> (wave.status IN ('open', 'picked'))
               OR COALESCE(line.warehouse_id, placed.warehouse_id) <> wave.warehouse_id
        """),
    ),
    Invariant(
        name="orders.picks_add_up",
        statement=_("The picks of a line in a wave add up to its quantity; a wave is ready when all are recorded."),
        find=violations_of("""
            SELECT part.id, part.wave_id, part.quantity, SUM(pick.quantity) AS listed
            FROM orders_waveline AS part
            JOIN orders_wave AS wave ON wave.id = part.wave_id
            LEFT JOIN orders_pick AS pick ON pick.line_id = part.id
            GROUP BY part.id, part.wave_id, part.quantity, wave.status
            HAVING COALESCE(SUM(pick.quantity), 0) <> part.quantity
                OR (wave.status IN ('picked', 'shipped') AND COUNT(*) <> COUNT(pick.picked))
        """),
    ),
    Invariant(
        name="orders.waves_ship_what_was_picked",
        statement=_("What left with a wave is what was picked of each line and lot."),
        find=violations_of("""
            SELECT part.id, part.wave_id, picked.pieces, sent.quantity
            FROM orders_waveline AS part
            JOIN orders_wave AS wave ON wave.id = part.wave_id AND wave.status = 'shipped'
            CROSS JOIN LATERAL (
                SELECT COALESCE(SUM(pick.picked), 0) AS pieces FROM orders_pick AS pick WHERE pick.line_id = part.id
            ) AS picked
            LEFT JOIN orders_shipmentline AS sent
                ON sent.shipment_id = part.shipment_id AND sent.order_line_id = part.order_line_id
            WHERE picked.pieces <> COALESCE(sent.quantity, 0)
               OR EXISTS (
                    SELECT FROM orders_pick AS pick
                    LEFT JOIN orders_shipmentlot AS lot ON lot.shipment_line_id = sent.id AND lot.lot_id = pick.lot_id
                    WHERE pick.line_id = part.id AND pick.lot_id IS NOT NULL AND pick.picked <> COALESCE(lot.pieces, 0)
               )
        """),
    ),
)
