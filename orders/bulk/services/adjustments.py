"""What takes the lines of many orders off their list price: discounts, gifts, what is free by its type, rounding."""

from core.importing import Stage
from core.importing.staging import run
from core.importing.upsert import insert_into
from orders.ordering.enums import AdjustmentKind
from orders.ordering.models import LineAdjustment

_BY_PROMOTION = f"""
    CASE WHEN s.promotion_id IS NULL THEN '{AdjustmentKind.DISCOUNT}' ELSE '{AdjustmentKind.PROMOTION}' END"""
_BY_TYPE = f"""
    CASE WHEN s.gift_with IS NOT NULL THEN '{AdjustmentKind.GIFT}'
         WHEN type.is_priced THEN {_BY_PROMOTION} ELSE '{AdjustmentKind.FREE}' END"""


def given_adjustments(relation: str, line_id: str, joins: str = "", kind: str = _BY_PROMOTION) -> str:
    """What takes the staged lines off their list price: the discount that is given, and the source's own rounding."""
    return f"""
    SELECT {line_id} AS line_id, given.kind, '' AS reason, given.source_type, given.source_id, given.amount
    FROM {relation} AS s {joins}
    CROSS JOIN LATERAL (VALUES
        ({kind},
         -s.discount_amount, CASE WHEN s.promotion_id IS NULL THEN '' ELSE 'promotion' END, s.promotion_id),
        ('{AdjustmentKind.ROUNDING}', s.net_amount - s.gross_amount + s.discount_amount, '', NULL)
    ) AS given (kind, amount, source_type, source_id)
    WHERE given.amount <> 0
    """


_SAME = """
    held.line_id = given.line_id AND held.kind = given.kind AND held.amount = given.amount
    AND held.source_id IS NOT DISTINCT FROM given.source_id
"""


def write_adjustments(stage: Stage) -> None:
    """Make the adjustments of the lines those that follow from the staged rows; what is there already stays."""
    lines = (
        "JOIN orders_orderline AS line ON line.order_id = s.order_id AND line.position = s.position "
        "JOIN orders_order AS placed ON placed.id = s.order_id JOIN orders_ordertype AS type ON type.id = placed.type_id"
    )
    run("DROP TABLE IF EXISTS import_adjustment")
    given = given_adjustments(stage.relation, "line.id", lines, _BY_TYPE)
    run(f"CREATE TEMPORARY TABLE import_adjustment ON COMMIT DROP AS {given}")
    run(
        f"DELETE FROM orders_lineadjustment AS held USING {stage.relation} AS s, orders_orderline AS line "
        "WHERE line.order_id = s.order_id AND line.position = s.position AND held.line_id = line.id "
        f"AND NOT EXISTS (SELECT FROM import_adjustment AS given WHERE {_SAME})"
    )
    kept = f"NOT EXISTS (SELECT FROM orders_lineadjustment AS held WHERE {_SAME})"
    run(insert_into(LineAdjustment, f"(SELECT given.* FROM import_adjustment AS given WHERE {kept})"))
