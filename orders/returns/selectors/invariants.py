"""The promises about returns and what they and shipments post, recomputed over the whole database."""

from django.utils.translation import gettext_lazy as _

from core.invariants import Invariant, violations_of
from orders.ordering.selectors.consignees import GOODS_RECEIVER

_ENDED = "('inspected', 'closed')"

INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        name="returns.within_received",
        statement=_("Of an order line no more is returned, or asked for and open, than was received."),
        find=violations_of("""
            SELECT line.id AS order_line, line.received, SUM(part.returned) AS returned
            FROM orders_returnline AS part JOIN orders_orderline AS line ON line.id = part.order_line_id
            GROUP BY line.id HAVING SUM(part.returned) > line.received
        """),
    ),
    Invariant(
        name="returns.of_their_distributor",
        statement=_("A return holds lines of its distributor's orders only, of its company and in its currency."),
        find=violations_of("""
            SELECT part.id AS line, part.document_id, placed.number
            FROM orders_returnline AS part
            JOIN orders_return AS document ON document.id = part.document_id
            JOIN orders_orderline AS line ON line.id = part.order_line_id
            JOIN orders_order AS placed ON placed.id = line.order_id
            WHERE (placed.distributor_id, placed.seller_company_id, placed.currency)
                IS DISTINCT FROM (document.distributor_id, document.company_id, document.currency)
        """),
    ),
    Invariant(
        name="returns.pieces_of_their_state",
        statement=_("What counts as returned follows from the state of a return and from what its inspection found."),
        find=violations_of(f"""
            SELECT part.id AS line, document.number, document.status, part.pieces, part.returned, part.arrived,
                   part.accepted, found.pieces AS inspected
            FROM orders_returnline AS part
            JOIN orders_return AS document ON document.id = part.document_id
            CROSS JOIN LATERAL (
                SELECT COALESCE(SUM(pieces), 0) AS pieces, COALESCE(SUM(pieces) FILTER (WHERE is_accepted), 0) AS accepted,
                       COALESCE(SUM(pieces) FILTER (WHERE disposition = 'sent_back'), 0) AS sent_back
                FROM orders_inspectedgoods WHERE line_id = part.id
            ) AS found
            WHERE part.returned <> CASE
                      WHEN document.status IN ('refused', 'cancelled') THEN 0
                      WHEN document.status = 'received' THEN part.arrived
                      WHEN document.status IN {_ENDED} THEN part.arrived - found.sent_back
                      ELSE part.pieces END
               OR part.accepted <> found.accepted
               OR found.pieces <> CASE WHEN document.status IN {_ENDED} THEN part.arrived ELSE 0 END
        """),  # noqa: S608 - put together from constants
    ),
    Invariant(
        name="returns.every_piece_in_one_place",
        statement=_(
            "What arrived of a return lies with the company, but for what was scrapped or sent back; whoever received the goods "
            "has given away what was sent, where its stock is kept here."
        ),
        find=violations_of(f"""
            WITH said AS (
                SELECT document.number, line.product_id, {GOODS_RECEIVER} AS receiver_id,
                       SUM(SUM(part.arrived)) OVER whole AS arrived, SUM(part.sent) AS sent,
                       SUM(SUM(found.gone)) OVER whole AS gone, SUM(found.sent_back) AS sent_back
                FROM orders_return AS document
                JOIN orders_returnline AS part ON part.document_id = document.id
                JOIN orders_orderline AS line ON line.id = part.order_line_id
                JOIN orders_order AS placed ON placed.id = line.order_id
                CROSS JOIN LATERAL (
                    SELECT COALESCE(SUM(pieces) FILTER (WHERE disposition IN ('scrapped', 'sent_back')), 0) AS gone,
                           COALESCE(SUM(pieces) FILTER (WHERE disposition = 'sent_back'), 0) AS sent_back
                    FROM orders_inspectedgoods WHERE line_id = part.id
                ) AS found
                GROUP BY document.id, line.product_id, {GOODS_RECEIVER}
                WINDOW whole AS (PARTITION BY document.id, line.product_id)
            )
            SELECT said.number, said.product_id, said.arrived, said.sent, said.gone, moved.ours, moved.theirs
            FROM said
            CROSS JOIN LATERAL (
                SELECT COALESCE(SUM(move.quantity) FILTER (WHERE place.distributor_id IS NULL), 0) AS ours,
                       COALESCE(SUM(move.quantity) FILTER (WHERE place.distributor_id = said.receiver_id), 0) AS theirs
                FROM inventory_stockmove AS move
                JOIN inventory_warehouse AS place ON place.id = move.warehouse_id
                WHERE move.reference = said.number AND move.product_id = said.product_id
            ) AS moved
            WHERE moved.ours <> said.arrived - said.gone OR moved.theirs NOT IN (said.sent_back - said.sent, 0, said.sent_back)
        """),  # noqa: S608 - put together from constants
    ),
    Invariant(
        name="returns.credit_of_accepted",
        statement=_(
            "The amounts of a return are the sums of its lines, and no order line is credited more than it was worth."
        ),
        find=violations_of("""
            SELECT document.number, document.net_amount, document.tax_amount, NULL::bigint AS order_line
            FROM orders_return AS document LEFT JOIN orders_returnline AS part ON part.document_id = document.id
            GROUP BY document.id
            HAVING (document.net_amount, document.tax_amount)
                <> (COALESCE(SUM(part.net_amount), 0), COALESCE(SUM(part.tax_amount), 0))
                OR document.rate_amount <> COALESCE(SUM(part.asked_amount) FILTER (WHERE part.uses_rate), 0)
            UNION ALL
            SELECT NULL, SUM(part.net_amount), SUM(part.tax_amount), line.id
            FROM orders_returnline AS part JOIN orders_orderline AS line ON line.id = part.order_line_id
            GROUP BY line.id
            HAVING SUM(part.net_amount + part.tax_amount) > line.net_amount + line.tax_amount
        """),
    ),
)
