"""Expected receipts of a staging relation, as an import or the demo brings them."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from core.importing import Counts, Stage
from core.importing.staging import refuse, rows
from inventory.enums import ReceiptStatus
from inventory.services.back_orders import lock_places, settle_back_orders
from inventory.services.supply_sql import save_expected


def write_expected_receipts(stage: Stage) -> Mapping[str, Counts]:
    """By their external id, as `save_expected_receipts`; who waits for them is promised anew. Reads `expected_receipt`."""
    refuse(
        rows(
            f"SELECT s._n FROM {stage.relation} AS s JOIN inventory_expectedreceipt AS t USING (external_id) "
            f"WHERE (t.status <> '{ReceiptStatus.OPEN}' OR t.source_id IS NOT NULL) "
            "AND (t.quantity, t.expected_on) <> (s.quantity, s.expected_on) ORDER BY 1"
        ),
        "external_id",
        _("This receipt is closed already, or belongs to a transfer."),
    )
    refuse(
        rows(
            f"SELECT s._n FROM {stage.relation} AS s JOIN inventory_expectedreceipt AS t USING (external_id) "
            f"WHERE t.status = '{ReceiptStatus.OPEN}' AND s.quantity <= t.received ORDER BY 1"
        ),
        "quantity",
        _("More than this has already been received."),
    )
    stock = lock_places(
        rows(
            f"SELECT warehouse_id, product_id FROM {stage.relation} UNION SELECT t.warehouse_id, t.product_id "
            f"FROM inventory_expectedreceipt AS t JOIN {stage.relation} AS s USING (external_id)"
        )
    )
    note = "s.note" if stage.is_mapped("note") else "''"
    written = rows(
        save_expected(
            f"(SELECT s.external_id, s.warehouse_id, s.product_id, s.quantity, s.expected_on, {note} AS note "
            f"FROM {stage.relation} AS s ORDER BY s._n)"
        )
    )
    awaited = {row[0]: 0 for row in stock if row[5] > 0}
    if awaited:
        settle_back_orders(came_in=awaited, now=timezone.now())
    created = sum(1 for _key, is_new in written if is_new)
    changed = len(written) - created
    return {"expected_receipt": Counts(created=created, changed=changed, unchanged=stage.rows - created - changed)}
