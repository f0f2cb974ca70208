"""Transfers between warehouses: prepared, sent, given another day, cancelled. Receiving is in `transfer_receipts`."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from company.enums import DocumentKind
from company.selectors import default_company
from company.services.number_series import next_number
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput, Problem
from core.events import ExtraSubject, record_event
from core.locks import lock_row
from core.permissions import require
from core.state import check_version
from inventory.enums import MoveKind
from inventory.models import Warehouse
from inventory.permissions import can_move_stock
from inventory.selectors.document_lines import DocumentLine
from inventory.services.back_orders import lock_places, settle_back_orders
from inventory.services.document_receipts import ComingLine, expect_of_document, reschedule_of_document
from inventory.services.posting import Posting, post_moves
from inventory.services.transit import transit_warehouse
from transfers.enums import TransferEvent, TransferStatus
from transfers.models import Transfer, TransferLine
from transfers.permissions import TRANSFER_STATES
from transfers.services.transfer_lots import by_lot, lots_moved, split

MOST_LINES = 1_000
SUBJECT = "transfer"
"""The type of subject, as events and expected receipts name it."""


def save_transfer(
    *,
    source_id: int,
    destination_id: int,
    expected_on: date,
    lines: Sequence[DocumentLine],
    actor: Actor,
    now: datetime,
    note: str = "",
    transfer_id: int | None = None,
    expected_version: int | None = None,
) -> Transfer:
    """Prepare a transfer, or change one that is not sent yet. Nothing moves.

    Raises NotVisible, NotAllowed, StaleVersion, Conflict (sent already), and InvalidInput at `source`, `destination`,
    `expected_on` or `lines`.
    """
    require(can_move_stock(actor))
    with explained(), transaction.atomic():
        transfer = Transfer(company=default_company(), created_at=now, created_by_id=actor.pk)
        if transfer_id is not None:
            transfer = lock_transfer(transfer_id, actor, expected_version)
            if transfer.status != TransferStatus.DRAFT:
                raise Conflict(_("This transfer has been sent: it can no longer be changed."), code="wrong_state")
        transfer.source_id, transfer.destination_id = source_id, destination_id
        transfer.expected_on, transfer.note = expected_on, note.strip()
        _check(transfer, lines, now)
        transfer.save()
        transfer.lines.all().delete()
        TransferLine.objects.bulk_create(
            TransferLine(
                transfer=transfer,
                product_id=line.product_id,
                unit=line.unit,
                unit_pieces=line.unit_pieces,
                quantity=line.quantity,
                pieces=line.pieces,
            )
            for line in lines
        )
        kind = TransferEvent.PREPARED if transfer_id is None else TransferEvent.CHANGED
        record(transfer, kind, actor, now, lines=len(lines), pieces=sum(line.pieces for line in lines))
    transfer.refresh_from_db()
    return transfer


def _check(transfer: Transfer, lines: Sequence[DocumentLine], now: datetime) -> None:
    ours = set(
        Warehouse.objects.stocked()
        .filter(pk__in=[transfer.source_id, transfer.destination_id], is_active=True)
        .values_list("pk", flat=True)
    )
    problems = [
        Problem(message=_("Select an active warehouse of the brand owner."), code="unknown", field=field)
        for field, pk in (("source", transfer.source_id), ("destination", transfer.destination_id))
        if pk not in ours
    ]
    if transfer.source_id == transfer.destination_id:
        problems.append(
            Problem(message=_("Select two different warehouses."), code="same_warehouse", field="destination")
        )
    if transfer.expected_on < timezone.localdate(now):
        problems.append(Problem(message=_("Select today or a later day."), code="past", field="expected_on"))
    if not lines:
        problems.append(Problem(message=_("Enter at least one product."), code="required", field="lines"))
    if len(lines) > MOST_LINES:
        message = _("At most %(most)s lines in one transfer.") % {"most": MOST_LINES}
        problems.append(Problem(message=message, code="too_many_lines", field="lines"))
    problems += [
        Problem(message=_("Enter a quantity above zero."), code="min_value", field=f"lines.{index}.quantity")
        for index, line in enumerate(lines)
        if line.quantity < 1
    ]
    if problems:
        raise InvalidInput(problems=problems)


def send_transfer(*, transfer_id: int, actor: Actor, now: datetime, expected_version: int | None = None) -> Transfer:
    """The goods leave the source and are on their way: expected at the destination on the transfer's day.

    Raises NotVisible, NotAllowed, StaleVersion, Conflict (sent or cancelled already; more than is free, with a problem a
    line at `lines.<index>.quantity`), InvalidInput at `expected_on`.
    """
    require(can_move_stock(actor))
    with explained(), transaction.atomic():
        transfer = lock_transfer(transfer_id, actor, expected_version)
        TRANSFER_STATES.advance(transfer, "send")
        lines = list(transfer.lines.select_related("product").order_by("pk"))
        _check(transfer, [as_document_line(line) for line in lines], now)
        transit = transit_warehouse()
        stock = _lock(transfer, transit.pk, lines)
        _refuse_short(lines, {row[2]: row[3] - row[4] for row in stock if row[1] == transfer.source_id})
        transfer.number = transfer.number or next_number(
            kind=DocumentKind.TRANSFER, company_id=transfer.company_id, on=timezone.localdate(now)
        )
        transfer.transit, transfer.sent_at, transfer.sent_by_id = transit, now, actor.pk
        transfer.save(update_fields=["status", "number", "transit", "sent_at", "sent_by"])
        _post_sent(transfer, lines, actor, now)
        _expect(transfer, lines)
        settle(stock, {}, now)
        sent = sum(line.pieces for line in lines)
        record(transfer, TransferEvent.SENT, actor, now, lines=len(lines), pieces=sent)
    transfer.refresh_from_db()
    return transfer


def _post_sent(transfer: Transfer, lines: Sequence[TransferLine], actor: Actor, now: datetime) -> None:
    """Out of the source, and into the transit in the lots that left it."""
    number = transfer.number or ""

    def moves(place: int, sign: int, chosen: Iterable[TransferLine]) -> list[Posting]:
        return [
            Posting(warehouse_id=place, product_id=line.product_id, quantity=sign * line.pieces, kind=MoveKind.TRANSFER)
            for line in chosen
        ]

    tracked = by_lot(lines)
    plain = [line for line in lines if line.product_id not in tracked]
    together = [*moves(transfer.source_id, -1, lines), *moves(transfer.transit_id or 0, 1, plain)]
    post_moves(moves=together, reference=number, actor_id=actor.pk, at=now)
    if tracked:
        left = lots_moved(reference=number, warehouse_id=transfer.source_id, product_ids=tracked)
        came = moves(transfer.transit_id or 0, 1, (line for line in lines if line.product_id in tracked))
        named = [part for move in came for part in split(move, left)]
        post_moves(moves=named, reference=number, actor_id=actor.pk, at=now)


def _refuse_short(lines: Sequence[TransferLine], free: dict[int, int]) -> None:
    left = dict(free)
    problems = []
    for index, line in enumerate(lines):
        available = left.get(line.product_id, 0)
        left[line.product_id] = available - line.pieces
        if available < line.pieces:
            message = _("%(code)s: only %(free)d pieces are free, %(wanted)d are to be sent.") % {
                "code": line.product.code,
                "free": max(available, 0),
                "wanted": line.pieces,
            }
            problems.append(Problem(message=message, code="short", field=f"lines.{index}.quantity"))
    if problems:
        raise Conflict(problems=problems)


def _expect(transfer: Transfer, lines: Sequence[TransferLine]) -> None:
    expect_of_document(
        source_type=SUBJECT,
        source_id=transfer.pk,
        warehouse_id=transfer.destination_id,
        expected_on=transfer.expected_on,
        lines=[
            ComingLine(
                external_id=f"{transfer.number}/{number}",
                line_id=line.pk,
                product_id=line.product_id,
                quantity=line.pieces,
            )
            for number, line in enumerate(lines, 1)
        ],
    )


def reschedule_transfer(
    *, transfer_id: int, expected_on: date, actor: Actor, now: datetime, expected_version: int | None = None
) -> Transfer:
    """Another day for goods on their way; whoever waits for them is promised anew.

    Raises NotVisible, NotAllowed, StaleVersion, Conflict (not on its way), InvalidInput at `expected_on`.
    """
    require(can_move_stock(actor))
    with explained(), transaction.atomic():
        transfer = lock_transfer(transfer_id, actor, expected_version)
        TRANSFER_STATES.advance(transfer, "reschedule")
        if expected_on < timezone.localdate(now):
            raise InvalidInput(_("Select today or a later day."), code="past", field="expected_on")
        before, transfer.expected_on = transfer.expected_on, expected_on
        stock = lock_places([(transfer.destination_id, line.product_id) for line in transfer.lines.all()])
        transfer.save(update_fields=["expected_on"])
        reschedule_of_document(source_type=SUBJECT, source_id=transfer.pk, expected_on=expected_on)
        settle(stock, {}, now)
        days = {"before": before.isoformat(), "expected_on": expected_on.isoformat()}
        record(transfer, TransferEvent.CHANGED, actor, now, **days)
    transfer.refresh_from_db()
    return transfer


def cancel_transfer(*, transfer_id: int, actor: Actor, now: datetime, expected_version: int | None = None) -> Transfer:
    """Give up a transfer that is not sent. Raises NotVisible, NotAllowed, StaleVersion, Conflict."""
    require(can_move_stock(actor))
    with transaction.atomic():
        transfer = lock_transfer(transfer_id, actor, expected_version)
        TRANSFER_STATES.advance(transfer, "cancel")
        transfer.save(update_fields=["status"])
        record(transfer, TransferEvent.CANCELLED, actor, now)
    transfer.refresh_from_db()
    return transfer


def lock_transfer(transfer_id: int, actor: Actor, expected_version: int | None) -> Transfer:
    """Before its stock, as every document."""
    transfer: Transfer = lock_row(Transfer.objects.visible_to(actor), transfer_id)
    check_version(transfer, expected_version)
    return transfer


def _lock(transfer: Transfer, transit_id: int, lines: Sequence[TransferLine]) -> list[tuple[Any, ...]]:
    places = (transfer.source_id, transit_id, transfer.destination_id)
    return lock_places([(place, line.product_id) for line in lines for place in places])


def settle(stock: Sequence[tuple[Any, ...]], came_in: dict[tuple[int, int], int], now: datetime) -> None:
    """Fill and promise anew where somebody waits. `stock` is as `lock_places` answers it."""
    awaited = {row[0]: came_in.get((row[1], row[2]), 0) for row in stock if row[5] > 0}
    if awaited:
        settle_back_orders(came_in=awaited, now=now)


def as_document_line(line: TransferLine) -> DocumentLine:
    return DocumentLine(
        product_id=line.product_id, quantity=line.quantity, unit=line.unit, unit_pieces=line.unit_pieces
    )


def record(transfer: Transfer, kind: TransferEvent, actor: Actor, now: datetime, **data: Any) -> None:
    record_event(
        kind=kind,
        subject_type=SUBJECT,
        subject_id=transfer.pk,
        extra_subjects=[
            ExtraSubject("warehouse", transfer.source_id, "source"),
            ExtraSubject("warehouse", transfer.destination_id, "destination"),
        ],
        actor_id=actor.pk,
        data={"number": transfer.number, **data},
        at=now,
    )
