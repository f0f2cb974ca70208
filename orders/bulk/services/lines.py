"""The lines of many orders at once, with amounts as they are given; those that are not are computed."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from catalogue.rules.pasted_lines import MAX_QUANTITY
from catalogue.services.units import stage_units
from core.importing import Counts, Stage
from core.importing.staging import refuse, refuse_where, rows, run
from core.importing.upsert import upsert
from orders.bulk.services.adjustments import write_adjustments
from orders.bulk.services.gifts import make_free, refuse_paid_gifts, tie_gifts, untie_gifts
from orders.bulk.services.orders import refuse_entered_orders, touch

ROUNDING = "0.0001"
"""What the source's own rounding may make a line's net differ from gross less discount: an adjustment of its own."""


def write_lines(stage: Stage) -> Mapping[str, Counts]:
    """Lines by order and position, with amounts as they are; those that are not given are computed."""
    refuse_entered_orders(stage)
    _count_pieces(stage)
    if stage.is_numbered:
        find_lines(stage)
    make_free(stage)
    _set_amounts(stage)
    _refuse_wrong_lines(stage)
    refuse_paid_gifts(stage)
    untie_gifts(stage)
    copy_onto_lines(stage)
    counts = upsert(stage)
    tie_gifts(stage)
    write_adjustments(stage)
    touch(stage)
    return {"order_line": counts}


def _count_pieces(stage: Stage) -> None:
    """Turn what was ordered in units into pieces. The unit price stays that of the unit."""
    stage_units(stage.relation)
    if stage.is_mapped("unit"):
        too_many = (f"ordered * pieces > {MAX_QUANTITY}", "ordered", _("The quantity is too large."))
        refuse_where(stage.relation, too_many)
        run(f"UPDATE {stage.relation} SET ordered = ordered * pieces WHERE pieces > 1")


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


def copy_onto_lines(stage: Stage) -> None:
    """Have the staged lines copy what they keep of products, their units and orders, whenever they are written."""
    stage.joins = """JOIN catalogue_product AS product ON product.id = s.product_id
        JOIN orders_order AS placed ON placed.id = s.order_id"""
    ordered = stage.sql_value(stage.entity.by_name["ordered"])
    stage.copied = {
        "warehouse_id": "placed.warehouse_id",
        "promised_on": "placed.promised_on",
        "category_id": "product.category_id",
        "unit": "product.unit",
        "units": ordered,
        "pieces_per_unit": "1",
        "rounding_amount": "s.net_amount - s.gross_amount + s.discount_amount",
    }
    if stage.is_mapped("unit"):
        stage.joins += " LEFT JOIN catalogue_productunit AS unit ON unit.id = s.unit_id"
        stage.copied |= {
            "unit": "coalesce(unit.code, product.unit)",
            "units": f"{ordered} / s.pieces",
            "pieces_per_unit": "s.pieces",
        }


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
        f"UPDATE {stage.relation} SET gross_amount = coalesce(unit_price * ordered / pieces, "
        "CASE WHEN discount_amount IS NULL AND discount_rate < 1 THEN round(net_amount / (1 - discount_rate), 4) "
        "ELSE net_amount + coalesce(discount_amount, 0) END) "
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
    run(f"UPDATE {stage.relation} SET unit_price = round(gross_amount * pieces / ordered, 4) WHERE unit_price IS NULL")


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
