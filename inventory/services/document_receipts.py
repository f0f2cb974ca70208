"""Expected receipts of documents that bring goods, as transfers do: changed and received by their document only.

Before all of them: inside the document's transaction, with the stock of the places locked. Whoever waits for the goods is
promised anew by the caller, with what the document moves besides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from inventory.enums import ReceiptStatus
from inventory.models import ExpectedReceipt


@dataclass(frozen=True, kw_only=True)
class ComingLine:
    """Pieces that a line of a document brings."""

    external_id: str
    line_id: int
    product_id: int
    quantity: int


def expect_of_document(
    *, source_type: str, source_id: int, warehouse_id: int, expected_on: date, lines: Sequence[ComingLine]
) -> None:
    """Say what a document brings into a warehouse, once. `source_type` is the document's type of subject. One statement."""
    ExpectedReceipt.objects.bulk_create(
        ExpectedReceipt(
            external_id=line.external_id,
            warehouse_id=warehouse_id,
            product_id=line.product_id,
            quantity=line.quantity,
            expected_on=expected_on,
            source_type=source_type,
            source_id=source_id,
            source_line_id=line.line_id,
        )
        for line in lines
    )


def reschedule_of_document(*, source_type: str, source_id: int, expected_on: date) -> None:
    """Another day for all that a document brings. One statement."""
    ExpectedReceipt.objects.of_document(source_type, source_id).update(expected_on=expected_on)


def receive_of_document(*, source_type: str, source_id: int, received: Mapping[int, int], open_lines: set[int]) -> None:
    """Keep what came of each line so far, by its id. Of what is not among `open_lines` nothing more comes. Two statements."""
    rows = list(ExpectedReceipt.objects.of_document(source_type, source_id).filter(source_line_id__in=received))
    for row in rows:
        line_id = row.source_line_id or 0
        row.received = received[line_id]
        row.status = ReceiptStatus.OPEN if line_id in open_lines else ReceiptStatus.RECEIVED
    ExpectedReceipt.objects.bulk_update(rows, ["received", "status"])
