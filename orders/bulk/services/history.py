"""A history of orders that is whole: quantities, states and days are given with it, as the demo company draws it.

Nothing is looked up and nothing derived but the totals, so that a million orders take minutes. Of what `finish_orders`
does for an import the caller does what is left: hold stock, count the sales, write the events.
"""

from company.enums import DocumentKind
from company.selectors import default_company, period_sql
from company.services.number_series import NEXT_NUMBER, series_sql
from core.importing import Stage, insert_into
from core.importing.staging import run
from core.importing.upsert import upsert
from orders.bulk.services.adjustments import given_adjustments
from orders.bulk.services.lines import copy_onto_lines
from orders.bulk.services.orders import TOTALS, day_of_order, head_columns
from orders.ordering.enums import HoldKind
from orders.ordering.models import LineAdjustment, OrderHold
from orders.ordering.models.sums import BULK, SETTING

_SUMS = {
    "gross_amount": "numeric",
    "discount_amount": "numeric",
    "net_amount": "numeric",
    "cost_amount_company": "numeric",
    "line_count": "integer",
    "unit_count": "bigint",
}


_NUMBERS = f"""
UPDATE {{relation}} AS s SET number = given.number
FROM (
    SELECT unnumbered._n, {NEXT_NUMBER} AS number
    FROM {{relation}} AS unnumbered
    CROSS JOIN LATERAL {series_sql(DocumentKind.ORDER, company="{company}", on="unnumbered.ordered_at")}
    WHERE unnumbered.number IS NULL
) AS given
WHERE given._n = s._n
"""


def number_orders(stage: Stage) -> None:
    """Give the staged orders that have none the next numbers, before their lines are staged."""
    run(_NUMBERS.format(relation=stage.relation, company=default_company().pk))


def hold_orders(stage: Stage, *, reason: str) -> None:
    """Put the written orders whose column `is_on_hold` says so on hold by hand, an hour after they were placed."""
    run(
        insert_into(
            OrderHold,
            f"""(
            SELECT s.id AS order_id, '{HoldKind.MANUAL}' AS kind, '{HoldKind.MANUAL}' AS code,
                   jsonb_build_object('reason', %s::text) AS params, s.manager_id AS placed_by_id,
                   s.ordered_at + interval '1 hour' AS placed_at, NULL::bigint AS lifted_by_id,
                   NULL::timestamptz AS lifted_at, NULL::numeric AS amount, NULL::date AS until
            FROM {stage.relation} AS s WHERE s.is_on_hold
            )""",
        ),
        [reason],
    )


def write_whole_orders(orders: Stage, lines: Stage) -> None:
    """Orders with their lines, both staged with keys; totals are the sums of the lines.

    The orders have the columns `source` (who entered them) and those of their days and states beside the fields of the
    entity, the lines all amounts. Before: inside a transaction; none of the orders is there.
    """
    columns = ", ".join(f"ADD COLUMN {name} {kind}" for name, kind in _SUMS.items())
    run(f"ALTER TABLE {orders.relation} {columns}")
    run(
        f"UPDATE {orders.relation} AS s SET {', '.join(f'{name} = summed.{name}' for name in _SUMS)} "
        f"FROM (SELECT order_id, {TOTALS} FROM {lines.relation} GROUP BY order_id) AS summed WHERE summed.order_id = s.id"
    )
    orders.extra |= {
        "ordered_on": day_of_order(),
        "total_amount": "s.net_amount",
        "sales_period_id": period_sql(day_of_order()),
    }
    orders.extra |= head_columns(orders) | {name: f"s.{name}" for name in _SUMS}
    copy_onto_lines(lines)
    run("SELECT set_config(%s, %s, true)", [SETTING, BULK])
    upsert(orders)
    upsert(lines)
    run(insert_into(LineAdjustment, f"({given_adjustments(lines.relation, 's.id')})"))
    run("SELECT set_config(%s, '', true)", [SETTING])
