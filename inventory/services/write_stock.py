"""Stock of many warehouses at once, as an import or the demo brings it, and what of it is reserved for open orders."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from core.importing import Counts, Stage
from core.importing.staging import Params, refuse, rows, run
from core.importing.upsert import moment_literal
from inventory.enums import WarehouseKind
from inventory.services.back_orders import settle_back_orders
from inventory.services.move_sql import count_stock
from inventory.services.reservation_sql import release_surplus, reserve_in_turn

REFERENCE = "IMPORT"


def write_stock(stage: Stage) -> Mapping[str, Counts]:
    """Set what lies in warehouses to what was counted; a difference becomes a move, as with any count.

    Reads the fields of the entity `stock`. The columns `kind`, `reference` and `at` of the move may be given beside
    them.
    """
    refuse(
        rows(
            f"SELECT s._n FROM inventory_stock AS t JOIN {stage.relation} AS s "
            "ON t.warehouse_id = s.warehouse_id AND t.product_id = s.product_id WHERE s.on_hand < t.reserved"
        ),
        "on_hand",
        _("More than this is reserved for orders."),
    )
    refuse(
        rows(
            f"SELECT s._n FROM {stage.relation} AS s JOIN inventory_warehouse AS place ON place.id = s.warehouse_id "
            f"WHERE place.kind = '{WarehouseKind.TRANSIT}' AND place.distributor_id IS NULL"
        ),
        "warehouse",
        _("What is in transit changes with its transfer only."),
    )
    given = {"kind": "NULL::text", "reference": f"'{REFERENCE}'", "at": moment_literal()} | stage.extra
    actor = "NULL" if stage.actor_id is None else str(int(stage.actor_id))
    source = f"""(
        SELECT s.warehouse_id, s.product_id, s.on_hand AS counted, {given["kind"]} AS kind,
               {given["reference"]} AS reference, {given["at"]} AS at, {actor}::bigint AS actor_id
        FROM {stage.relation} AS s
    )"""
    ((created, changed),) = rows(
        count_stock(source) + "SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM differing"
    )
    _fill(stage.relation)
    return {"stock": Counts(created=created, changed=changed, unchanged=stage.rows - created - changed)}


def reserve_stock(*, source: str, parameters: Params = None) -> int:
    """Reserve what each line of many documents needs, in turn and as far as it is free; returns how many lines changed.

    `source` is the text of a relation of one row a line: warehouse_id, product_id, source_type, source_id, source_line_id,
    quantity (pieces; where more is reserved, or elsewhere, that is released), turn (its place among those that ask). A line of
    which not all is free is left as it is. Before: inside a transaction; its rows of stock are locked until it ends.
    """
    run("DROP TABLE IF EXISTS asked_stock")
    run(f"CREATE TEMPORARY TABLE asked_stock ON COMMIT DROP AS SELECT * FROM {source} AS given", parameters)
    run("ANALYZE asked_stock")
    changed = run(release_surplus("asked_stock"))
    if changed:
        _fill("asked_stock")
    return changed + run(reserve_in_turn("asked_stock"))


def _fill(relation: str) -> None:
    """Give what became free to those who wait for it: they come before whoever asks now."""
    awaited = rows(
        f"SELECT DISTINCT stock.id, stock.on_hand - stock.reserved FROM inventory_stock AS stock JOIN {relation} AS given "
        "ON given.product_id = stock.product_id WHERE stock.waiting > 0"
    )
    if awaited:
        settle_back_orders(came_in=dict(awaited), now=timezone.now())
