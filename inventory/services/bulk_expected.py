"""Thousands of expected receipts in one call, each with its own result."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from core.actors import Actor
from core.constraints import explained
from core.events import EventInput, record_events
from core.importing import entities
from core.importing.bulk import Batch, RowChange, RowOutcome, SentRow
from core.permissions import require
from inventory.enums import InventoryEvent
from inventory.permissions import can_move_stock
from inventory.services.bulk_stock import resolve_places
from inventory.services.write_expected import write_expected_receipts


def save_expected_rows(
    *, rows: Sequence[SentRow], actor: Actor, now: datetime, all_or_nothing: bool = False
) -> list[RowOutcome]:
    """Save expected receipts by their external id; who waits for them is promised anew.

    Idempotent: the same rows again answer unchanged; what is closed already is not changed. Writes an event a row that was
    written. Raises NotAllowed, and InvalidInput for all wrong rows where all or nothing is wanted.
    """
    require(can_move_stock(actor))
    with explained(), transaction.atomic():
        batch = Batch(entity=entities()["expected_receipt"], sent=rows, all_or_nothing=all_or_nothing)
        resolve_places(batch, actor)
        written = batch.write(write_expected_receipts)
        record_events([_event(change) for change in written], actor_id=actor.pk, at=now)
    return batch.outcomes()


def _event(change: RowChange) -> EventInput:
    after = change.after
    return EventInput(
        kind=InventoryEvent.RECEIPT_EXPECTED,
        subject_type="expected_receipt",
        subject_id=change.pk,
        data={
            "reference": after["external_id"],
            "pieces": after["quantity"],
            "expected_on": after["expected_on"].isoformat(),
        },
    )
