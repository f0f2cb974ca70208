"""What the database itself holds of returns: no piece is returned twice, and a return is the sum of its lines."""

import pgtrigger

_LIMIT = """
PERFORM 1 FROM orders_orderline AS line
WHERE line.id IN (SELECT order_line_id FROM made) ORDER BY line.id FOR NO KEY UPDATE;
IF EXISTS (
    SELECT FROM orders_orderline AS line
    JOIN orders_returnline AS part ON part.order_line_id = line.id
    WHERE line.id IN (SELECT order_line_id FROM made)
    GROUP BY line.id HAVING SUM(part.returned) > line.received
) THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'return_line_within_received',
        MESSAGE = 'return_line_within_received: only what was received and not returned before can be returned';
END IF;
RETURN NULL;
"""
_MADE = pgtrigger.Referencing(new="made")  # type: ignore[no-untyped-call]  # the package has no types for it


def _within_received(name: str, operation: pgtrigger.Operation) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=_MADE,
        func=_LIMIT,
    )


WITHIN_RECEIVED = (
    _within_received("return_line_within_received", pgtrigger.Insert),
    _within_received("return_line_within_received_after", pgtrigger.Update),
)
"""It locks the order lines before it counts: of two who ask for the last piece at once the second finds the first."""

_SUMS = """
IF EXISTS (
    SELECT FROM orders_return AS document
    LEFT JOIN orders_returnline AS line ON line.document_id = document.id
    WHERE document.id = {document}
    GROUP BY document.id
    HAVING (document.net_amount, document.tax_amount)
        IS DISTINCT FROM (COALESCE(SUM(line.net_amount), 0), COALESCE(SUM(line.tax_amount), 0))
) THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'return_is_sum_of_lines',
        MESSAGE = 'return_is_sum_of_lines: the amounts of a return are the sums of its lines';
END IF;
RETURN NULL;
"""


def _sums(name: str, document: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        timing=pgtrigger.Deferred,
        func=_SUMS.format(document=document),
    )


RETURN_SUMS = _sums("return_is_sum_of_lines", "NEW.id")
LINE_SUMS = _sums("return_line_adds_up", "NEW.document_id")
