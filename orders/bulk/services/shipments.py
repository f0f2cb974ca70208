"""Shipments and what each of them holds."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from company.enums import DocumentKind
from company.services.number_series import NEXT_NUMBER, series_sql
from core.importing import Counts, Stage
from core.importing.staging import refuse, refuse_where, rows, run
from core.importing.upsert import count_known, insert_into, missing, take_statistics, upsert
from orders.bulk.services.orders import refuse_entered_orders, touch
from orders.fulfilment.enums import DifferenceKind, ShipmentStatus
from orders.fulfilment.models import ShipmentLine

_NUMBERS = f"""
UPDATE {{relation}} AS s SET number = given.number
FROM (
    SELECT unnumbered._n, {NEXT_NUMBER} AS number
    FROM {{relation}} AS unnumbered
    JOIN orders_order AS sent ON sent.id = unnumbered.order_id
    CROSS JOIN LATERAL {series_sql(DocumentKind.SHIPMENT, company="sent.company_id", on="unnumbered.shipped_at")}
    WHERE unnumbered.number IS NULL
) AS given
WHERE given._n = s._n
"""


# What came with a file is a reason in words.
_KIND = f"CASE WHEN s.difference_reason = '' THEN '' ELSE '{DifferenceKind.OTHER}' END AS difference_kind"


def write_shipments(stage: Stage) -> Mapping[str, Counts]:
    """Shipments by their number; the state follows from the days where it is not given."""
    refuse_entered_orders(stage)
    refuse(
        rows(
            f"SELECT s._n FROM {stage.relation} AS s JOIN orders_shipment AS t USING (number) WHERE t.order_id <> s.order_id "
            "ORDER BY 1"
        ),
        "number",
        _("This shipment number is used by another order."),
    )
    stage.expressions["status"] = (
        f"coalesce(nullif(s.status, ''), CASE WHEN s.received_at IS NOT NULL THEN '{ShipmentStatus.RECEIVED}' "
        f"WHEN s.delivered_at IS NOT NULL THEN '{ShipmentStatus.DELIVERED}' ELSE '{ShipmentStatus.SHIPPED}' END)"
    )
    counts = upsert(stage)
    touch(stage)
    return {"shipment": counts}


def write_shipment_lines(stage: Stage) -> Mapping[str, Counts]:
    """What a shipment holds of an order line, which is found by position, or by product where that is unambiguous.

    What did not arrive is missing; what became of it is known where the history comes from, so it opens no claim.
    """
    _find_order_lines(stage)
    _refuse_wrong_lines(stage)
    same = "t.shipment_id = s.shipment_id AND t.order_line_id = s.order_line_id"
    received = "coalesce(s.received, CASE WHEN s.is_received THEN s.quantity END)"
    known = count_known(stage, same)
    changed = known and run(
        f"UPDATE orders_shipmentline AS t SET quantity = s.quantity, received = {received}, damaged = 0, "
        f"missing = coalesce(s.quantity - {received}, 0), difference_reason = s.difference_reason "
        f"FROM {stage.relation} AS s WHERE {same} "
        f"AND (t.quantity, t.received, t.difference_reason) IS DISTINCT FROM (s.quantity, {received}, "
        "s.difference_reason)"
    )
    created = run(
        insert_into(
            ShipmentLine,
            f"(SELECT s.shipment_id, s.order_line_id, s.quantity, {received} AS received, 0 AS damaged, "
            f"coalesce(s.quantity - {received}, 0) AS missing, {_KIND}, s.difference_reason "
            f"FROM {stage.relation} AS s {missing(stage, same) if known else ''} ORDER BY s._n)",
        )
    )
    take_statistics(stage, created)
    return {"shipment_line": Counts(created=created, changed=changed, unchanged=stage.rows - created - changed)}


def write_whole_shipments(shipments: Stage, lines: Stage) -> None:
    """The shipments of orders written by `write_whole_orders`, with what each holds; those without a number get the next.

    Both are staged with keys; the lines have the column `order_line_id` beside their fields. Quantities, states and days
    are those of the orders' lines and heads, as they were given there: nothing is derived.
    """
    run(_NUMBERS.format(relation=shipments.relation))
    upsert(shipments)
    created = run(
        insert_into(
            ShipmentLine,
            "(SELECT s.shipment_id, s.order_line_id, s.quantity, s.received, 0 AS damaged, "
            f"coalesce(s.quantity - s.received, 0) AS missing, {_KIND}, s.difference_reason FROM {lines.relation} AS s)",
        )
    )
    take_statistics(lines, created)


def _named(stage: Stage) -> str:
    """The staged rows, with how often each shipment names a product."""
    return f"(SELECT *, count(*) OVER (PARTITION BY shipment_id, product) AS named FROM {stage.relation})"


def _alike(stage: Stage) -> str:
    """The lines of their orders, with how many of an order are of one product."""
    return f"""(
SELECT *, count(*) OVER (PARTITION BY order_id, product_id) AS alike,
       row_number() OVER (PARTITION BY order_id, product_id ORDER BY position) AS nth
FROM orders_orderline
WHERE order_id IN (SELECT h.order_id FROM orders_shipment AS h JOIN {stage.relation} AS s ON s.shipment_id = h.id)
)"""


def _find_order_lines(stage: Stage) -> None:
    """Add the order line to each staged row: by position where it is given, else by product.

    A shipment that names a product as often as its order has lines of it holds them one after the other.
    """
    counted = stage.is_numbered
    by_position = stage.is_mapped("position") and not counted
    same = "l.position = s.position" if by_position else "l.product_id = s.product"
    staged, lines = (_named(stage), _alike(stage)) if counted else (stage.relation, "orders_orderline")
    if counted:
        same += " AND (l.alike <> s.named OR l.nth = s.position)"
    refuse(
        rows(f"SELECT _n FROM {stage.relation} WHERE {'position' if by_position else 'product'} IS NULL ORDER BY 1"),
        "position" if by_position else "product",
        _("Give the order line, by position or by product."),
    )
    run("DROP TABLE IF EXISTS import_found")
    run(
        "CREATE TEMPORARY TABLE import_found ON COMMIT DROP AS "
        f"SELECT s.*, h.order_id, h.status = '{ShipmentStatus.RECEIVED}' AS is_received, l.id AS order_line_id, l.ordered - "
        "l.cancelled AS most "
        f"FROM {staged} AS s JOIN orders_shipment AS h ON h.id = s.shipment_id "
        f"LEFT JOIN {lines} AS l ON l.order_id = h.order_id AND {same}"
    )
    if "order_line" in stage.incomplete:
        stage.rows -= run("DELETE FROM import_found WHERE order_line_id IS NULL")
    reason = _("The order does not have this line.")
    refuse(rows("SELECT _n FROM import_found WHERE order_line_id IS NULL ORDER BY 1"), _field(by_position), reason)
    if not by_position:
        refuse(
            rows("SELECT _n FROM import_found GROUP BY _n HAVING count(*) > 1 ORDER BY 1"),
            "product",
            _("The order has this product on several lines. Give the line by position."),
        )
    run(f"DROP TABLE {stage.relation}")
    run(f"ALTER TABLE import_found RENAME TO {stage.relation}")
    run(f"ANALYZE {stage.relation} (_n, shipment_id, order_line_id)")
    touch(stage)


def _field(by_position: bool) -> str:  # noqa: FBT001 - a word for the one fact it depends on
    return "position" if by_position else "product"


def _together(stage: Stage) -> str:
    """The staged rows, with all that the shipments of their order line hold together."""
    return f"""(
SELECT _n, s.quantity, received, most,
       row_number() OVER (PARTITION BY order_line_id, shipment_id ORDER BY _n) AS nth,
       sum(s.quantity) OVER (PARTITION BY order_line_id) + coalesce(others.quantity, 0) AS together
FROM {stage.relation} AS s LEFT JOIN (
    SELECT t.order_line_id, sum(t.quantity) AS quantity FROM orders_shipmentline AS t
    WHERE t.order_line_id IN (SELECT order_line_id FROM {stage.relation})
    AND NOT EXISTS (SELECT FROM {stage.relation} AS o WHERE o.shipment_id = t.shipment_id AND o.order_line_id = t.order_line_id)
    GROUP BY 1
) AS others USING (order_line_id)
) AS counted"""


def _refuse_wrong_lines(stage: Stage) -> None:
    """Doubles, more arrived than was sent, and more sent in all parts together than was ordered."""
    refuse_where(
        _together(stage),
        ("nth > 1", "shipment", _("The shipment already has this order line, in an earlier row.")),
        ("received > quantity", "received", _("The quantity received exceeds the quantity shipped.")),
        ("together > most", "quantity", _("The shipments of this order line add up to more than was ordered.")),
    )
