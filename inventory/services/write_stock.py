"""Stock of many warehouses at once, as an import or the demo brings it, and what of it open orders hold."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from core.errors import Conflict
from core.importing import Counts, Stage
from core.importing.staging import Params, refuse, rows, run, value
from inventory.services.stock_sql import count_stock, reserve_many

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
    given = {"kind": "NULL::text", "reference": f"'{REFERENCE}'", "at": "now()"} | stage.extra
    source = f"""(
        SELECT s.warehouse_id, s.product_id, s.on_hand AS counted, {given["kind"]} AS kind,
               {given["reference"]} AS reference, {given["at"]} AS at, NULL::bigint AS actor_id
        FROM {stage.relation} AS s
    )"""
    ((created, changed),) = rows(
        count_stock(source) + "SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM differing"
    )
    return {"stock": Counts(created=created, changed=changed, unchanged=stage.rows - created - changed)}


def hold_stock(*, source: str, parameters: Params = None) -> int:
    """Hold stock for the open lines of many orders at once; returns for how many lines.

    `source` is the text of a relation of one row a line that holds nothing yet: warehouse_id, product_id, claim (the
    order), claim_line, quantity (pieces above zero), expires_at. Before: inside a transaction. Raises Conflict where a
    product does not lie in the warehouse, and what the table's constraint refuses where too little of it does.
    """
    held = run(reserve_many(source), parameters)
    if held != value(f"SELECT count(*) FROM {source} AS given", parameters):
        raise Conflict(_("There is no stock of a product in its warehouse."), code="not_reserved")
    return held
