"""Many orders and lines at once. Totals, states and sales follow when all of them are there: see `finish_orders`."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from company.selectors import default_company, rate_sql
from core.importing import Counts, Stage
from core.importing.staging import refuse, refuse_where, rows, run
from core.importing.upsert import insert_into, upsert
from orders.ordering.enums import AdjustmentKind, OrderSource, OrderStatus
from orders.ordering.models import LineAdjustment
from orders.ordering.models.sums import BULK, SETTING

TOUCHED = "import_touched"
SOLD_TO = "import_sold_to"
TOTALS = """sum(gross_amount) AS gross_amount, sum(discount_amount) AS discount_amount, sum(net_amount) AS net_amount,
    sum(cost_amount_company) AS cost_amount_company, count(*) AS line_count, sum(ordered) AS unit_count"""
"""What an order's amounts and counts are, over its lines, tax and rounding aside."""
ROUNDING = "0.0001"
"""What the source's own rounding may make a line's net differ from gross less discount: an adjustment of its own."""


def open_touched() -> None:
    """The orders of this import, and the distributors they belong or belonged to, until the transaction ends.

    Their sums are checked all at once by `finish_orders`, not one by one.
    """
    run("SELECT set_config(%s, %s, true)", [SETTING, BULK])
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
    ordered_on = day_of_order()
    stage.extra = {"source": f"'{OrderSource.IMPORT}'", "ordered_on": ordered_on, **head_columns(stage)}
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


def day_of_order() -> str:
    """The day of a staged order in the zone of the company, whatever zone the connection has."""
    return f"(s.ordered_at AT TIME ZONE '{timezone.get_default_timezone_name()}')::date"


def head_columns(stage: Stage) -> dict[str, str]:
    """What a new order of many has beside its fields: whose it is, at which rate. Where it went nobody knows any more."""
    company = default_company()
    currency = stage.sql_value(stage.entity.by_name["currency"])
    return {
        "company_id": str(company.pk),
        "seller_company_id": str(company.pk),
        "exchange_rate": rate_sql(currency, f"'{company.currency}'", day_of_order()),
        "bill_to": "'{}'::jsonb",
        "ship_to": "'{}'::jsonb",
    }


def copy_onto_lines(stage: Stage) -> None:
    """Have the staged lines copy what they keep of products and orders, whenever they are written."""
    stage.joins = """JOIN catalogue_product AS product ON product.id = s.product_id
        JOIN orders_order AS placed ON placed.id = s.order_id"""
    stage.copied = {
        "warehouse_id": "placed.warehouse_id",
        "category_id": "product.category_id",
        "unit": "product.unit",
        "units": stage.sql_value(stage.entity.by_name["ordered"]),
        "pieces_per_unit": "1",
        "rounding_amount": "s.net_amount - s.gross_amount + s.discount_amount",
    }


def remember_distributors(source: str) -> None:
    """Note whose actual sales are to be posted again. `source` joins orders_order as `o`."""
    run(f"INSERT INTO {SOLD_TO} SELECT DISTINCT o.distributor_id FROM {source} ON CONFLICT DO NOTHING")


def write_lines(stage: Stage) -> Mapping[str, Counts]:
    """Lines by order and position, with amounts as they are; those that are not given are computed."""
    refuse_entered_orders(stage)
    if stage.is_numbered:
        find_lines(stage)
    _set_amounts(stage)
    _refuse_wrong_lines(stage)
    copy_onto_lines(stage)
    counts = upsert(stage)
    _write_adjustments(stage)
    touch(stage)
    return {"order_line": counts}


def find_lines(stage: Stage) -> None:
    """Lines without a number are those of their order with the same product; what is not there yet comes behind.

    A product that stands on several lines is found by their sequence where the file has as many of them, else refused:
    counting would let a partial export overwrite other lines.
    """
    lines = f"""
    given AS (SELECT _n, order_id, product_id, count(*) OVER same AS total, row_number() OVER (same ORDER BY _n) AS place
        FROM {stage.relation} WINDOW same AS (PARTITION BY order_id, product_id)),
    stored AS (SELECT order_id, product_id, position, count(*) OVER same AS total,
        row_number() OVER (same ORDER BY position) AS place
        FROM orders_orderline WHERE order_id IN (SELECT order_id FROM {stage.relation})
        WINDOW same AS (PARTITION BY order_id, product_id))"""
    refuse(
        rows(
            f"WITH {lines} SELECT DISTINCT given._n FROM given JOIN stored USING (order_id, product_id) "
            "WHERE given.total <> stored.total ORDER BY 1"
        ),
        "product",
        _("The product stands on another number of lines of this order than before. Map the line number (position)."),
    )
    run(
        f"""WITH {lines}, last AS (SELECT order_id, max(position) AS position FROM stored GROUP BY 1)
        UPDATE {stage.relation} AS s SET position = found.position FROM (
            SELECT given._n, coalesce(stored.position, last.position + row_number() OVER (
                PARTITION BY given.order_id, stored.position IS NULL ORDER BY given._n)) AS position
            FROM given JOIN last USING (order_id) LEFT JOIN stored USING (order_id, product_id, place)
        ) AS found WHERE s._n = found._n"""
    )


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
        f"UPDATE {stage.relation} SET gross_amount = coalesce(unit_price * ordered, CASE WHEN discount_amount IS NULL AND "
        "discount_rate < 1 THEN round(net_amount / (1 - discount_rate), 4) ELSE net_amount + coalesce(discount_amount, 0) END) "
        "WHERE gross_amount IS NULL"
    )
    refuse(
        rows(f"SELECT _n FROM {stage.relation} WHERE gross_amount IS NULL ORDER BY 1"),
        "unit_price",
        _("Give the unit price, the gross amount or the net amount."),
    )
    run(
        f"UPDATE {stage.relation} SET discount_amount = CASE WHEN net_amount IS NOT NULL THEN gross_amount - net_amount "
        "ELSE round(gross_amount * coalesce(discount_rate, 0), 4) END WHERE discount_amount IS NULL"
    )
    run(f"UPDATE {stage.relation} SET net_amount = gross_amount - discount_amount WHERE net_amount IS NULL")
    run(f"UPDATE {stage.relation} SET unit_price = round(gross_amount / ordered, 4) WHERE unit_price IS NULL")


def given_adjustments(relation: str, line_id: str, joins: str = "") -> str:
    """What takes the staged lines off their list price: the discount that is given, and the source's own rounding."""
    return f"""
    SELECT {line_id} AS line_id, given.kind, '' AS reason, given.source_type, given.source_id, given.amount
    FROM {relation} AS s {joins}
    CROSS JOIN LATERAL (VALUES
        (CASE WHEN s.promotion_id IS NULL THEN '{AdjustmentKind.DISCOUNT}' ELSE '{AdjustmentKind.PROMOTION}' END,
         -s.discount_amount, CASE WHEN s.promotion_id IS NULL THEN '' ELSE 'promotion' END, s.promotion_id),
        ('{AdjustmentKind.ROUNDING}', s.net_amount - s.gross_amount + s.discount_amount, '', NULL)
    ) AS given (kind, amount, source_type, source_id)
    WHERE given.amount <> 0
    """


_SAME = """
    held.line_id = given.line_id AND held.kind = given.kind AND held.amount = given.amount
    AND held.source_id IS NOT DISTINCT FROM given.source_id
"""


def _write_adjustments(stage: Stage) -> None:
    """Make the adjustments of the lines those that follow from the staged rows; what is there already stays."""
    lines = "JOIN orders_orderline AS line ON line.order_id = s.order_id AND line.position = s.position"
    run("DROP TABLE IF EXISTS import_adjustment")
    run(
        f"CREATE TEMPORARY TABLE import_adjustment ON COMMIT DROP AS {given_adjustments(stage.relation, 'line.id', lines)}"
    )
    run(
        f"DELETE FROM orders_lineadjustment AS held USING {stage.relation} AS s, orders_orderline AS line "
        "WHERE line.order_id = s.order_id AND line.position = s.position AND held.line_id = line.id "
        f"AND NOT EXISTS (SELECT FROM import_adjustment AS given WHERE {_SAME})"
    )
    kept = f"NOT EXISTS (SELECT FROM orders_lineadjustment AS held WHERE {_SAME})"
    run(insert_into(LineAdjustment, f"(SELECT given.* FROM import_adjustment AS given WHERE {kept})"))


def _refuse_wrong_lines(stage: Stage) -> None:
    unit = f"{10**-stage.digits:.4f}"
    refuse_where(
        stage.relation,
        (
            f"abs(net_amount - gross_amount + discount_amount) > {ROUNDING}",
            "net_amount",
            _("The net amount must equal the gross amount less the discount."),
        ),
        (
            f"abs(discount_amount - gross_amount * discount_rate) > {unit} * (1 + ordered / 2.0)",
            "discount_rate",
            _("The discount rate does not match the gross and net amounts."),
        ),
        (
            "shipped > ordered - cancelled",
            "shipped",
            _("The quantity shipped exceeds the quantity ordered less cancellations."),
        ),
        ("received > shipped", "received", _("The quantity received exceeds the quantity shipped.")),
        ("unit_price < 0", "unit_price", _("The price must not be below zero.")),
    )
