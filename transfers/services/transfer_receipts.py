"""What came of a transfer: all of it, some, or something else than was sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.constraints import explained
from core.errors import InvalidInput, Problem
from core.permissions import require
from inventory.enums import MoveKind
from inventory.permissions import can_move_stock
from inventory.rules import MOST_PIECES
from inventory.services.back_orders import lock_places
from inventory.services.document_receipts import receive_of_document
from inventory.services.lot_blocks import block_frozen_arrivals
from inventory.services.posting import Posting, post_moves
from transfers.enums import TransferEvent
from transfers.models import Transfer, TransferLine
from transfers.permissions import TRANSFER_STATES
from transfers.services.transfer_lots import in_lots, lots_in_transit
from transfers.services.transfers import SUBJECT, lock_transfer, record, settle


@dataclass(frozen=True, kw_only=True)
class _Received:
    """What becomes of a line: pieces that came, of them those more than were on their way, and those that never come."""

    line: TransferLine
    came: int
    surplus: int
    lost: int


def receive_transfer(
    *,
    transfer_id: int,
    pieces: Mapping[int, int] | None,
    actor: Actor,
    now: datetime,
    is_complete: bool = True,
    reason: str = "",
    expected_version: int | None = None,
) -> Transfer:
    """Put what came into the destination: all that is in transit, or the pieces of each line by its id (others: none).

    With `is_complete` nothing more comes: what is missing leaves the transit as a difference with the reason, as what is
    there beyond what was sent enters it. Fills back orders in this transaction. Two who receive at the same time follow
    each other: the second finds what the first left. Raises NotVisible, NotAllowed, StaleVersion, Conflict (received
    already, or not sent), InvalidInput at `lines.<id>.pieces` or, where something differs, at `reason`.
    """
    require(can_move_stock(actor))
    with explained(), transaction.atomic():
        transfer = lock_transfer(transfer_id, actor, expected_version)
        lines = list(transfer.lines.select_related("product").order_by("pk"))
        came = {line.pk: line.in_transit for line in lines} if pieces is None else pieces
        _check(came, lines)
        received = [_received(line, came.get(line.pk, 0), is_complete=is_complete) for line in lines]
        _advance(transfer, received)
        differs = any(one.surplus or one.lost for one in received)
        if differs and not reason.strip():
            raise InvalidInput(_("Enter a reason for the difference."), code="required", field="reason")
        _post(transfer, received, reason.strip() if differs else "", actor, now)
        transfer.received_at, transfer.received_by_id = now, actor.pk
        transfer.save(update_fields=["status", "received_at", "received_by"])
        record(
            transfer,
            TransferEvent.RECEIVED,
            actor,
            now,
            pieces=sum(one.came for one in received),
            missing=sum(one.lost for one in received),
            surplus=sum(one.surplus for one in received),
            reason=reason.strip() if differs else "",
            after=str(transfer.status),
        )
    transfer.refresh_from_db()
    return transfer


def _advance(transfer: Transfer, received: "Sequence[_Received]") -> None:
    left = sum(one.line.in_transit + one.surplus - one.came - one.lost for one in received)
    TRANSFER_STATES.advance(transfer, "receive_some" if left else "receive")
    if left and not any(one.came for one in received):
        raise InvalidInput(_("Enter the quantities received."), code="required", field="lines")


def _check(came: Mapping[int, int], lines: Sequence[TransferLine]) -> None:
    known = {line.pk for line in lines}
    problems = [
        Problem(message=_("This line does not belong to this transfer."), code="unknown", field=f"lines.{pk}.pieces")
        if pk not in known
        else Problem(
            message=_("Enter a quantity between 0 and %(most)d.") % {"most": MOST_PIECES},
            code="out_of_range",
            field=f"lines.{pk}.pieces",
        )
        for pk, number in came.items()
        if pk not in known or not 0 <= number <= MOST_PIECES
    ]
    if problems:
        raise InvalidInput(problems=problems)


def _received(line: TransferLine, came: int, *, is_complete: bool) -> _Received:
    awaited = line.in_transit
    return _Received(
        line=line,
        came=came,
        surplus=max(came - awaited, 0),
        lost=max(awaited - came, 0) if is_complete else 0,
    )


def _post(transfer: Transfer, received: Sequence[_Received], reason: str, actor: Actor, now: datetime) -> None:
    transit, destination = transfer.transit_id or 0, transfer.destination_id
    lots = lots_in_transit(transfer, [one.line for one in received])
    places = [(place, one.line.product_id) for one in received for place in (transit, destination)]
    stock = lock_places(places)
    moves: list[Posting] = []
    came_in = dict.fromkeys(places, 0)
    for one in received:
        product = one.line.product_id
        parts = (
            (transit, one.surplus - one.lost, MoveKind.DIFFERENCE, reason),
            (transit, -one.came, MoveKind.TRANSFER, ""),
            (destination, one.came, MoveKind.TRANSFER, ""),
        )
        came = [
            Posting(warehouse_id=place, product_id=product, quantity=quantity, kind=kind, note=note)
            for place, quantity, kind, note in parts
        ]
        moves += in_lots(came, lots)
        came_in[destination, product] += one.came
        one.line.received += one.came
        one.line.surplus += one.surplus
        one.line.lost += one.lost
        if one.surplus or one.lost:
            one.line.reason = reason
    TransferLine.objects.bulk_update([one.line for one in received], ["received", "surplus", "lost", "reason"])
    # What is still expected at the destination is what is still in transit.
    receive_of_document(
        source_type=SUBJECT,
        source_id=transfer.pk,
        received={one.line.pk: one.line.received for one in received},
        open_lines={one.line.pk for one in received if one.line.in_transit},
    )
    post_moves(moves=moves, reference=transfer.number or "", actor_id=actor.pk, at=now)
    arrived = [move.lot_id for move in moves if move.warehouse_id == destination]
    block_frozen_arrivals(warehouse_id=destination, lot_ids=arrived, actor_id=actor.pk, now=now)
    settle(stock, came_in, now)
