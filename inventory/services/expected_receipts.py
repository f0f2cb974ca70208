"""Goods that are expected: announced, moved, received, called off. Each promises anew to those who wait for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput, Problem
from core.events import EventInput, record_events
from core.locks import lock_row
from core.permissions import require
from inventory.enums import InventoryEvent, ReceiptStatus
from inventory.models import ExpectedReceipt
from inventory.permissions import can_move_stock
from inventory.services.back_orders import lock_places, settle_back_orders
from inventory.services.lots import GivenLot, name_lots
from inventory.services.stock_moves import receive_stock
from inventory.services.supply_sql import save_expected

OF_TRANSFER = gettext_lazy("These goods are on their way from another warehouse: change or receive the transfer.")
_ROWS = """(
    SELECT * FROM unnest(%(ids)s::text[], %(warehouses)s::bigint[], %(products)s::bigint[], %(quantities)s::int[],
                         %(days)s::date[], %(notes)s::text[])
        AS sent (external_id, warehouse_id, product_id, quantity, expected_on, note)
)"""


@dataclass(frozen=True, kw_only=True)
class Expected:
    """Goods to come, by the id that they have where they were ordered. Quantities are pieces."""

    external_id: str
    warehouse_id: int
    product_id: int
    quantity: int
    expected_on: date
    note: str = ""


def save_expected_receipts(*, rows: Sequence[Expected], actor: Actor | None, now: datetime) -> dict[str, str]:
    """Add expected receipts, or change those that are known by their external id; the same again changes nothing.

    Returns by external id what became of each: created, changed, unchanged, or closed where it was received or cancelled
    already, or belongs to a transfer. A row sent twice counts as it was sent last. Writes an event a row that was written.
    Raises NotAllowed, and InvalidInput where a quantity is below what has come in already.
    """
    require(actor is None or can_move_stock(actor))
    last = {row.external_id: row for row in rows}
    sent = {
        "ids": list(last),
        "warehouses": [row.warehouse_id for row in last.values()],
        "products": [row.product_id for row in last.values()],
        "quantities": [row.quantity for row in last.values()],
        "days": [row.expected_on for row in last.values()],
        "notes": [row.note for row in last.values()],
    }
    with explained(), transaction.atomic():
        known = {row.external_id: row for row in ExpectedReceipt.objects.filter(external_id__in=list(last))}
        before = [(row.warehouse_id, row.product_id) for row in known.values()]
        stock = lock_places([*before, *((row.warehouse_id, row.product_id) for row in last.values())])
        written = _write(_ROWS, sent)
        closed = {key for key, row in known.items() if row.status != ReceiptStatus.OPEN or row.source_id}
        results = {key: "closed" if key in closed else "unchanged" for key in last}
        results |= {key: "created" if is_new else "changed" for key, is_new in written}
        _record(written, actor, now)
        _settle(stock, now)
    return results


def _write(source: str, parameters: Any) -> list[tuple[str, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(save_expected(source), parameters)
        return list(cursor.fetchall())


def _record(written: Sequence[tuple[str, bool]], actor: Actor | None, now: datetime) -> None:
    rows = ExpectedReceipt.objects.filter(external_id__in=[key for key, _is_new in written]) if written else ()
    record_events(
        [
            EventInput(
                kind=InventoryEvent.RECEIPT_EXPECTED,
                subject_type="expected_receipt",
                subject_id=row.pk,
                data={"reference": row.external_id, "pieces": row.quantity, "expected_on": row.expected_on.isoformat()},
            )
            for row in rows
        ],
        actor_id=actor.pk if actor else None,
        at=now,
    )


def _settle(stock: Sequence[tuple[Any, ...]], now: datetime) -> None:
    """Promise anew where somebody waits. `stock` is as `lock_places` answers it."""
    awaited = {row[0]: 0 for row in stock if row[5] > 0}
    if awaited:
        settle_back_orders(came_in=awaited, now=now)


@transaction.atomic
def receive_expected(
    *,
    receipt_id: int,
    actor: Actor,
    now: datetime,
    quantity: int | None = None,
    is_complete: bool = True,
    lots: Sequence[tuple[GivenLot, int]] = (),
) -> ExpectedReceipt:
    """Take goods that were expected into the warehouse: all that is outstanding, or `quantity` pieces, also more.

    `is_complete` says that nothing more comes of it. `lots` are the pieces by lot;
    the rest goes into the unnamed lot. Posts the move and fills back orders in this transaction. Raises
    NotVisible, NotAllowed, Conflict (closed already), and InvalidInput at `quantity`.
    """
    require(can_move_stock(actor))
    if lots:  # named, and locked, before the stock
        product_id = ExpectedReceipt.objects.visible_to(actor).values_list("product_id", flat=True).get(pk=receipt_id)
        name_lots([(product_id, lot) for lot, _pieces in lots], field="lots.{}.lot")
    row = _locked(receipt_id, actor)
    pieces = row.outstanding if quantity is None else quantity
    if pieces < 1:
        raise InvalidInput(_("Enter a quantity above zero."), code="min_value", field="quantity")
    row.received += pieces
    if is_complete or row.received >= row.quantity:
        row.status = ReceiptStatus.RECEIVED
    row.save(update_fields=["received", "status"])
    _closed(row, actor, now, pieces=pieces)
    named = [(lot, number) for lot, number in lots if number > 0]
    rest = pieces - sum(number for _lot, number in named)
    if rest < 0:
        raise InvalidInput(_("The lots are more pieces than were received."), code="too_many", field="lots")
    came: list[tuple[GivenLot | None, int]] = [*named, *([(None, rest)] if rest else [])]
    receive_stock(
        warehouse_id=row.warehouse_id,
        product_ids=[row.product_id] * len(came),
        quantities=[number for _lot, number in came],
        lots=[lot for lot, _number in came],
        reference=row.external_id,
        actor=actor,
        at=now,
    )
    return row


@transaction.atomic
def cancel_expected(*, receipt_id: int, actor: Actor, now: datetime, reason: str) -> ExpectedReceipt:
    """Call off what is outstanding; whoever waits for it is promised another day, or none.

    Raises NotVisible, NotAllowed, Conflict (closed already), and InvalidInput without a reason.
    """
    require(can_move_stock(actor))
    if not reason.strip():
        raise InvalidInput(_("Enter a reason for cancelling."), code="required", field="reason")
    row = _locked(receipt_id, actor)
    row.status = ReceiptStatus.CANCELLED
    row.save(update_fields=["status"])
    _closed(row, actor, now, reason=reason.strip())
    _settle(lock_places([(row.warehouse_id, row.product_id)]), now)
    return row


def change_expected(
    *, receipt_id: int, actor: Actor, now: datetime, quantity: int, expected_on: date, note: str = ""
) -> None:
    """Another day or quantity for what is expected. Raises NotVisible, NotAllowed, Conflict (closed already), InvalidInput."""
    require(can_move_stock(actor))
    with transaction.atomic():
        row = _locked(receipt_id, actor)
        if quantity <= row.received:
            raise InvalidInput(
                _("%(pieces)d pieces have come in already: enter more, or close it.") % {"pieces": row.received},
                code="below_received",
                field="quantity",
            )
        given = Expected(
            external_id=row.external_id,
            warehouse_id=row.warehouse_id,
            product_id=row.product_id,
            quantity=quantity,
            expected_on=expected_on,
            note=note,
        )
        save_expected_receipts(rows=[given], actor=actor, now=now)


def _locked(receipt_id: int, actor: Actor) -> ExpectedReceipt:
    """The open receipt under the lock of its stock, which comes first as everywhere."""
    place = ExpectedReceipt.objects.visible_to(actor).filter(pk=receipt_id).values_list("warehouse_id", "product_id")
    lock_places(list(place))
    row: ExpectedReceipt = lock_row(ExpectedReceipt.objects.visible_to(actor), receipt_id)
    if row.source_id is not None:
        raise Conflict(problems=[Problem(message=OF_TRANSFER, code="of_transfer")])
    if row.status != ReceiptStatus.OPEN:
        raise Conflict(problems=[Problem(message=_("This receipt is closed already."), code="wrong_state")])
    return row


def _closed(row: ExpectedReceipt, actor: Actor, now: datetime, **data: Any) -> None:
    record_events(
        [
            EventInput(
                kind=InventoryEvent.RECEIPT_CLOSED,
                subject_type="expected_receipt",
                subject_id=row.pk,
                data={"reference": row.external_id, "after": str(row.status), **data},
            )
        ],
        actor_id=actor.pk,
        at=now,
    )
