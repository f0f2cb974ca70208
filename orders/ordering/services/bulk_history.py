"""A history of orders that is whole: quantities, states and days are given with it, as the demo company draws it.

Nothing is looked up and nothing derived but the totals, so that a million orders take minutes. Of what `finish_orders`
does for an import the caller does what is left: hold stock, count the sales, write the events.
"""

from core.importing import Stage
from core.importing.staging import run
from core.importing.upsert import upsert
from orders.ordering.services.bulk_orders import TOTALS

_SUMS = {
    "gross_amount": "numeric",
    "discount_amount": "numeric",
    "net_amount": "numeric",
    "cost_amount": "numeric",
    "line_count": "integer",
    "unit_count": "bigint",
}


def number_orders(stage: Stage) -> None:
    """Give the staged orders that have none the next numbers, before their lines are staged."""
    run(f"UPDATE {stage.relation} SET number = 'SO' || nextval('order_number_seq') WHERE number IS NULL")


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
    orders.extra |= {"ordered_on": "s.ordered_at::date"} | {name: f"s.{name}" for name in _SUMS}
    upsert(orders)
    upsert(lines)
