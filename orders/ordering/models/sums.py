"""Triggers that hold the sums of an order at the end of the transaction (invariant 3).

They read the rows again when they fire, so that whatever order a service writes in, only the result counts. A setting
of the transaction names the order that waits to be checked already, so that its lines wait for one check together.
`BULK` in it takes the checks off: who sets it makes sure of all that it wrote by one statement (`unequal_sums_of_many`).
"""

import pgtrigger

SETTING = "tributary.order_sums"
BULK = "bulk"

_NAMES = ("gross_amount", "discount_amount", "rounding_amount", "net_amount", "tax_amount", "cost_amount_company")
_AMOUNTS = ", ".join(_NAMES)
_ADJUSTED = """
    COALESCE(SUM(adjustment.amount) FILTER (WHERE adjustment.kind <> 'rounding'), 0) AS discount,
    COALESCE(SUM(adjustment.amount) FILTER (WHERE adjustment.kind = 'rounding'), 0) AS rounding
"""
_SUMMED = f"""
    {", ".join(f"SUM(line.{name}) AS {name}" for name in _NAMES)}, COUNT(*) AS line_count, SUM(line.ordered) AS unit_count,
    BOOL_OR(line.discount_amount <> -COALESCE(adjusted.discount, 0)
            OR line.rounding_amount <> COALESCE(adjusted.rounding, 0)) AS adjusted_otherwise
"""
_COUNTED = (*_NAMES, "line_count", "unit_count")
_UNEQUAL = f"""
    summed.adjusted_otherwise
    OR ({", ".join(f"placed.{name}" for name in _COUNTED)})
       <> ({", ".join(f"COALESCE(summed.{name}, 0)" for name in _COUNTED)})
"""


def unequal_sums(order_id: str) -> str:
    """The order, if it is not the sum of its lines and their adjustments."""
    return f"""
    SELECT placed.id
    FROM orders_order AS placed
    LEFT JOIN LATERAL (
        SELECT {_SUMMED}
        FROM orders_orderline AS line
        CROSS JOIN LATERAL (
            SELECT {_ADJUSTED} FROM orders_lineadjustment AS adjustment WHERE adjustment.line_id = line.id
        ) AS adjusted
        WHERE line.order_id = placed.id
    ) AS summed ON TRUE
    WHERE placed.id = {order_id} AND ({_UNEQUAL})"""  # noqa: S608 - put together from constants


def unequal_sums_of_many(orders: str) -> str:
    """The orders, of those that a condition on `placed` chooses, that are not the sums of their lines and adjustments."""
    return f"""
    SELECT placed.id, placed.number, placed.net_amount, COALESCE(summed.net_amount, 0) AS lines_net
    FROM orders_order AS placed
    LEFT JOIN (
        SELECT line.order_id, {_SUMMED}
        FROM orders_orderline AS line
        LEFT JOIN (
            SELECT adjustment.line_id, {_ADJUSTED} FROM orders_lineadjustment AS adjustment GROUP BY adjustment.line_id
        ) AS adjusted ON adjusted.line_id = line.id
        GROUP BY line.order_id
    ) AS summed ON summed.order_id = placed.id
    WHERE {orders} AND ({_UNEQUAL})"""  # noqa: S608 - put together from constants, values are bound


def _check(order_id: str) -> str:
    return f"""
    PERFORM set_config('{SETTING}', '', true);
    IF EXISTS ({unequal_sums(order_id)}) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'order_adds_up',
            MESSAGE = 'order_adds_up: an order must be the sum of its lines and their adjustments';
    END IF;
    RETURN NULL;
    """


def _one_check(order_id: str, changed: str = "TRUE") -> pgtrigger.Condition:
    """Schedule a check of the order unless one is pending."""
    return pgtrigger.Condition(f"""
    CASE WHEN NOT ({changed}) OR current_setting('{SETTING}', true) IN ({order_id}::text, '{BULK}') THEN FALSE
         ELSE set_config('{SETTING}', {order_id}::text, true) IS NOT NULL END
    """)


def _at_the_end(
    name: str, operation: pgtrigger.Operation, condition: pgtrigger.Condition, order_id: str
) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=operation,
        timing=pgtrigger.Deferred,
        condition=condition,
        func=_check(order_id),
    )


def _differs(columns: str) -> str:
    old, new = (", ".join(f"{row}.{column.strip()}" for column in columns.split(",")) for row in ("OLD", "NEW"))
    return f"({old}) IS DISTINCT FROM ({new})"


ORDER_SUMS = [
    _at_the_end(
        "order_made", pgtrigger.Insert, _one_check("NEW.id", "NEW.line_count > 0 OR NEW.total_amount <> 0"), "NEW.id"
    ),
    _at_the_end(
        "order_changed",
        pgtrigger.Update,
        _one_check("NEW.id", _differs(f"{_AMOUNTS}, line_count, unit_count")),
        "NEW.id",
    ),
]
LINE_SUMS = [
    _at_the_end("line_made", pgtrigger.Insert, _one_check("NEW.order_id"), "NEW.order_id"),
    _at_the_end(
        "line_changed",
        pgtrigger.Update,
        _one_check("NEW.order_id", _differs(f"{_AMOUNTS}, ordered, order_id")),
        "NEW.order_id",
    ),
    _at_the_end("line_gone", pgtrigger.Delete, _one_check("OLD.order_id"), "OLD.order_id"),
]


def _of_line(row: str) -> str:
    return f"(SELECT line.order_id FROM orders_orderline AS line WHERE line.id = {row}.line_id)"  # noqa: S608 - put together from constants, values are bound


def _unless_bulk() -> pgtrigger.Condition:
    return pgtrigger.Condition(f"current_setting('{SETTING}', true) IS DISTINCT FROM '{BULK}'")


ADJUSTMENT_SUMS = [
    _at_the_end("adjustment_made", pgtrigger.Insert | pgtrigger.Update, _unless_bulk(), _of_line("NEW")),
    _at_the_end("adjustment_gone", pgtrigger.Delete, _unless_bulk(), _of_line("OLD")),
]

GIFT_OF_ITS_ORDER = pgtrigger.Trigger(
    name="gift_of_its_order",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Q(new__gift_of__isnull=False),
    func="""
    IF NOT EXISTS (
        SELECT FROM orders_orderline AS earning
        WHERE earning.id = NEW.gift_of_id AND earning.order_id = NEW.order_id AND earning.gift_of_id IS NULL
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'order_line_gift_of_its_order',
            MESSAGE = 'order_line_gift_of_its_order: a gift belongs to a line of its order that is no gift';
    END IF;
    RETURN NULL;
    """,
)
"""A gift is earned by a line of the same order, and by one that was paid for."""
