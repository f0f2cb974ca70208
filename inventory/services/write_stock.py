"""Counted stock: a difference to what is known becomes a move, so that on hand stays the sum of its moves."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from core.importing import Counts, Stage
from core.importing.staging import refuse, rows, run
from inventory.enums import MoveKind

REFERENCE = "IMPORT"
_SAME = "t.warehouse_id = s.warehouse_id AND t.product_id = s.product_id"


def write_stock(stage: Stage) -> Mapping[str, Counts]:
    """Lock the rows concerned, book the differences, and set what is on hand."""
    run(
        f"SELECT 1 FROM inventory_stock AS t JOIN {stage.relation} AS s ON {_SAME} ORDER BY t.product_id, t.warehouse_id FOR "
        "UPDATE OF t"
    )
    refuse(
        rows(
            f"SELECT s._n FROM inventory_stock AS t JOIN {stage.relation} AS s ON {_SAME} WHERE s.on_hand < t.reserved"
        ),
        "on_hand",
        _("More than this is reserved for orders."),
    )
    run(
        "INSERT INTO inventory_stockmove (warehouse_id, product_id, kind, quantity, reference, note, at) "
        "SELECT s.warehouse_id, s.product_id, CASE WHEN t.id IS NULL THEN %s ELSE %s END, "
        "s.on_hand - coalesce(t.on_hand, 0), %s, '', now() "
        f"FROM {stage.relation} AS s LEFT JOIN inventory_stock AS t ON {_SAME} "
        "WHERE s.on_hand <> coalesce(t.on_hand, 0) ORDER BY s.product_id, s.warehouse_id",
        [MoveKind.OPENING, MoveKind.ADJUSTMENT, REFERENCE],
    )
    changed = run(
        f"UPDATE inventory_stock AS t SET on_hand = s.on_hand FROM {stage.relation} AS s WHERE {_SAME} AND t.on_hand <> s.on_hand"
    )
    created = run(
        "INSERT INTO inventory_stock (warehouse_id, product_id, on_hand, reserved) "
        f"SELECT s.warehouse_id, s.product_id, s.on_hand, 0 FROM {stage.relation} AS s "
        f"WHERE NOT EXISTS (SELECT FROM inventory_stock AS t WHERE {_SAME}) ORDER BY s.product_id, s.warehouse_id"
    )
    return {"stock": Counts(created=created, changed=changed, unchanged=stage.rows - created - changed)}
