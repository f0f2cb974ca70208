"""Many orders and lines at once. Totals, states and sales follow when all of them are there: see `finish_orders`."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from core.importing import Counts, Stage
from core.importing.staging import refuse, refuse_where, rows, run
from core.importing.upsert import upsert
from orders.ordering.enums import OrderSource, OrderStatus

TOUCHED = "import_touched"
SOLD_TO = "import_sold_to"
TOTALS = """sum(gross_amount) AS gross_amount, sum(discount_amount) AS discount_amount, sum(net_amount) AS net_amount,
    sum(cost_amount) AS cost_amount, count(*) AS line_count, sum(ordered) AS unit_count"""
"""What an order's amounts and counts are, over its lines."""
ROUNDING = "0.0001"
"""What the source's own rounding may make a line's net differ from gross less discount."""


def open_touched() -> None:
    """The orders of this import, and the distributors they belong or belonged to, until the transaction ends."""
    run(f"DROP TABLE IF EXISTS {TOUCHED}, {SOLD_TO}")
    run(
        f"CREATE TEMPORARY TABLE {TOUCHED} (order_id bigint PRIMARY KEY, status_given boolean NOT NULL DEFAULT false) "
        "ON COMMIT DROP"
    )
    run(f"CREATE TEMPORARY TABLE {SOLD_TO} (distributor_id bigint PRIMARY KEY) ON COMMIT DROP")


def touch(stage: Stage) -> None:
    """Note the orders of the staged rows."""
    run(f"INSERT INTO {TOUCHED} (order_id) SELECT DISTINCT order_id FROM {stage.relation} ON CONFLICT DO NOTHING")


def write_orders(stage: Stage) -> Mapping[str, Counts]:
    """Heads by their number. Orders that were placed in this system are not overwritten. Reads the entity `order`."""
    refuse(
        rows(
            f"SELECT s._n FROM {stage.relation} AS s JOIN orders_order AS t USING (number) WHERE t.source <> %s ORDER BY 1",
            [OrderSource.IMPORT],
        ),
        "number",
        _("An order with this number was placed in this system."),
    )
    ordered_on = "s.ordered_at::date"
    stage.extra = {"source": f"'{OrderSource.IMPORT}'", "ordered_on": ordered_on}
    stage.expressions["status"] = (
        "coalesce(nullif(s.status, ''), (SELECT o.status FROM orders_order AS o WHERE o.number = s.number), "
        f"'{OrderStatus.APPROVED}')"
    )
    remember_distributors(f"{stage.relation} AS s JOIN orders_order AS o USING (number)")
    counts = upsert(stage)
    run(
        f"UPDATE orders_order AS t SET ordered_on = {ordered_on} FROM {stage.relation} AS s "
        f"WHERE t.number = s.number AND t.ordered_on <> {ordered_on}"
    )
    run(
        f"INSERT INTO {TOUCHED} (order_id, status_given) SELECT t.id, s.status <> '' FROM {stage.relation} AS s "
        "JOIN orders_order AS t USING (number) ON CONFLICT (order_id) DO UPDATE SET status_given = "
        "excluded.status_given"
    )
    return {"order": counts}


def remember_distributors(source: str) -> None:
    """Note whose actual sales are to be posted again. `source` joins orders_order as `o`."""
    run(f"INSERT INTO {SOLD_TO} SELECT DISTINCT o.distributor_id FROM {source} ON CONFLICT DO NOTHING")


def write_lines(stage: Stage) -> Mapping[str, Counts]:
    """Lines by order and position, with amounts as they are; those that are not given are computed."""
    refuse_entered_orders(stage)
    _set_amounts(stage)
    _refuse_wrong_lines(stage)
    counts = upsert(stage)
    touch(stage)
    return {"order_line": counts}


def refuse_entered_orders(stage: Stage) -> None:
    """Nothing is added to an order that was placed in this system."""
    refuse(
        rows(
            f"SELECT s._n FROM {stage.relation} AS s JOIN orders_order AS t ON t.id = s.order_id WHERE t.source <> %s ORDER BY 1",
            [OrderSource.IMPORT],
        ),
        "order",
        _("An order with this number was placed in this system."),
    )


def _set_amounts(stage: Stage) -> None:
    """Fill the amounts that the file does not give. Nothing is computed where it gives all of them.

    Computed amounts keep four decimals, as given ones do: whose books round to cents gives the rounded amount.
    """
    stage.expressions |= {name: f"s.{name}" for name in ("unit_price", "gross_amount", "discount_amount", "net_amount")}
    if not rows(
        f"SELECT FROM {stage.relation} WHERE num_nulls(unit_price, gross_amount, discount_amount, net_amount) > 0 LIMIT 1"
    ):
        return
    run(
        f"UPDATE {stage.relation} SET gross_amount = coalesce(unit_price * ordered, net_amount + coalesce(discount_amount, 0)) "
        "WHERE gross_amount IS NULL"
    )
    refuse(
        rows(f"SELECT _n FROM {stage.relation} WHERE gross_amount IS NULL ORDER BY 1"),
        "unit_price",
        _("Neither the unit price nor the gross nor the net amount is given."),
    )
    run(
        f"UPDATE {stage.relation} SET discount_amount = CASE WHEN net_amount IS NOT NULL THEN gross_amount - net_amount "
        "ELSE round(gross_amount * coalesce(discount_rate, 0), 4) END WHERE discount_amount IS NULL"
    )
    run(f"UPDATE {stage.relation} SET net_amount = gross_amount - discount_amount WHERE net_amount IS NULL")
    run(f"UPDATE {stage.relation} SET unit_price = round(gross_amount / ordered, 4) WHERE unit_price IS NULL")


def _refuse_wrong_lines(stage: Stage) -> None:
    unit = f"{10**-stage.digits:.4f}"
    refuse_where(
        stage.relation,
        (
            f"abs(net_amount - gross_amount + discount_amount) > {ROUNDING}",
            "net_amount",
            _("The net amount is not the gross amount less the discount."),
        ),
        (
            f"abs(discount_amount - gross_amount * discount_rate) > {unit} * (1 + ordered / 2.0)",
            "discount_rate",
            _("The discount rate does not fit the gross and the net amount."),
        ),
        ("shipped > ordered - cancelled", "shipped", _("More is shipped than was ordered and not cancelled.")),
        ("received > shipped", "received", _("More is received than was shipped.")),
        ("unit_price < 0", "unit_price", _("The price is below zero.")),
    )
