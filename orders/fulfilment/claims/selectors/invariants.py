"""The promises about receipts and delivery claims, recomputed over the whole database (invariant 2)."""

from django.utils.translation import gettext_lazy as _

from core.invariants import Invariant, violations_of
from orders.fulfilment.claims.models.decision import OF_LINE
from orders.ordering.enums import OrderSource

_IMPORT = OrderSource.IMPORT

CLAIM_INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        name="orders.shipped_is_accounted_for",
        statement=_("What was shipped came whole, is damaged, is missing, or is on its way."),
        find=violations_of("""
            SELECT line.id, line.order_id, line.shipped, came.whole, came.damaged, came.missing, came.on_its_way
            FROM orders_orderline AS line
            JOIN (
                SELECT order_line_id, SUM(COALESCE(received, 0)) AS whole, SUM(damaged) AS damaged,
                       SUM(missing) AS missing, SUM(CASE WHEN received IS NULL THEN quantity ELSE 0 END) AS on_its_way
                FROM orders_shipmentline GROUP BY order_line_id
            ) AS came ON came.order_line_id = line.id
            WHERE line.shipped <> came.whole + came.damaged + came.missing + came.on_its_way
        """),
    ),
    Invariant(
        name="orders.differences_are_on_claims",
        statement=_("What came damaged or is missing is on the delivery claim of its shipment, piece by piece."),
        find=violations_of(f"""
            SELECT part.id, part.shipment_id, differs.kind, differs.pieces, COALESCE(claimed.pieces, 0) AS claimed
            FROM orders_shipmentline AS part
            JOIN orders_shipment AS shipment ON shipment.id = part.shipment_id
            JOIN orders_order AS placed ON placed.id = shipment.order_id
            CROSS JOIN LATERAL (VALUES ('damaged', part.damaged), ('missing', part.missing)) AS differs (kind, pieces)
            LEFT JOIN orders_deliveryclaimline AS claimed
                ON claimed.shipment_line_id = part.id AND claimed.kind = differs.kind
            WHERE placed.source <> '{_IMPORT}' AND differs.pieces <> COALESCE(claimed.pieces, 0)
        """),  # noqa: S608 - a constant
    ),
    Invariant(
        name="orders.claim_lines_of_their_shipment",
        statement=_("A line of a delivery claim is about its own shipment and product."),
        find=violations_of("""
            SELECT line.id, line.claim_id
            FROM orders_deliveryclaimline AS line
            JOIN orders_deliveryclaim AS claim ON claim.id = line.claim_id
            JOIN orders_shipment AS shipment ON shipment.id = claim.shipment_id
            LEFT JOIN orders_shipmentline AS part ON part.id = line.shipment_line_id
            LEFT JOIN orders_orderline AS shipped ON shipped.id = part.order_line_id
            WHERE shipment.order_id <> claim.order_id
               OR part.id IS NOT NULL AND (part.shipment_id <> claim.shipment_id OR shipped.product_id <> line.product_id)
        """),
    ),
    Invariant(
        name="orders.disputed_is_sum_of_claim_lines",
        statement=_("What a delivery claim disputes is the sum of its lines."),
        find=violations_of("""
            SELECT claim.id, claim.number, claim.net_amount, claim.tax_amount, SUM(line.net_amount) AS lines_net
            FROM orders_deliveryclaim AS claim
            LEFT JOIN orders_deliveryclaimline AS line ON line.claim_id = claim.id
            GROUP BY claim.id
            HAVING claim.net_amount <> COALESCE(SUM(line.net_amount), 0)
                OR claim.tax_amount <> COALESCE(SUM(line.tax_amount), 0)
        """),
    ),
    Invariant(
        name="orders.claimed_pieces_are_decided_once",
        statement=_(
            "Each piece on a delivery claim is credited, re-shipped, refused, accepted or sent back, and only once."
        ),
        find=violations_of(OF_LINE),
    ),
    Invariant(
        name="orders.no_more_credited_than_shipped",
        statement=_("Of a line no more is credited by delivery claims than was shipped, and never above its amount."),
        find=violations_of("""
            SELECT line.id, line.order_id, line.shipped, SUM(decision.pieces) AS credited
            FROM orders_claimdecision AS decision
            JOIN orders_deliveryclaimline AS claimed ON claimed.id = decision.line_id
            JOIN orders_orderline AS line ON line.id = claimed.order_line_id
            WHERE decision.outcome = 'credit'
            GROUP BY line.id
            HAVING SUM(decision.pieces) > line.shipped OR SUM(decision.net_amount) > line.net_amount
                OR SUM(decision.tax_amount) > line.tax_amount
        """),
    ),
    Invariant(
        name="orders.closed_claims_have_nothing_open",
        statement=_("A delivery claim is closed when, and only when, nothing of it is open."),
        find=violations_of("""
            SELECT claim.id, claim.number, claim.status
            FROM orders_deliveryclaim AS claim
            JOIN (
                SELECT claim_id, BOOL_OR(pieces > credited + reshipped + refused + accepted + sent_back) AS is_open
                FROM orders_deliveryclaimline GROUP BY claim_id
            ) AS line ON line.claim_id = claim.id
            WHERE line.is_open <> (claim.status = 'open')
        """),
    ),
    Invariant(
        name="orders.damaged_is_blocked_until_decided",
        statement=_("Damaged pieces are blocked at the buyer, where its stock is kept here, until they are decided."),
        find=violations_of("""
            SELECT line.id, line.claim_id, block.quantity - block.released - block.scrapped AS blocked
            FROM orders_deliveryclaimline AS line
            JOIN inventory_stockblock AS block ON block.id = line.block_id
            WHERE block.product_id <> line.product_id OR block.quantity <> line.pieces
        """),
    ),
)
