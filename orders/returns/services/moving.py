"""Goods on their way back: sent by the distributor, received in a warehouse of the company."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.constraints import explained
from core.errors import InvalidInput, Problem
from core.permissions import require
from inventory.enums import MoveKind, WarehouseKind
from inventory.models import Warehouse
from inventory.services.back_orders import lock_places
from inventory.services.channel_returns import take_from_distributor
from inventory.services.posting import Posting, post_moves
from orders.fulfilment.models import Carrier
from orders.returns.enums import ReturnEvent, ReturnStatus
from orders.returns.models import Return, ReturnLine
from orders.returns.permissions import RETURN_STATES, can_handle_return, can_request_return
from orders.returns.services.locking import lock_return, record_return_event, save_return
from orders.returns.services.receivers import by_receiver


def send_return(
    *,
    return_id: int,
    actor: Actor,
    now: datetime,
    carrier_id: int | None = None,
    tracking_number: str = "",
    expected_version: int | None = None,
) -> Return:
    """The goods have left whoever received them: its stock goes down, where it is kept here.

    Raises NotVisible, NotAllowed, StaleVersion, Conflict (state; fewer pieces lie there), InvalidInput at `carrier`.
    """
    with explained(), transaction.atomic():
        document = lock_return(return_id=return_id, actor=actor, expected_version=expected_version)
        require(can_request_return(actor, document))
        before, _after = RETURN_STATES.advance(document, "send")
        if carrier_id is not None and not Carrier.objects.visible_to(actor).filter(pk=carrier_id).exists():
            raise InvalidInput(_("Unknown carrier."), code="unknown", field="carrier")
        lines = list(document.lines.select_related("order_line").order_by("pk"))
        _leave(document, lines, {line.pk: line.pieces for line in lines}, actor, now)
        document.carrier_id, document.tracking_number = carrier_id, tracking_number.strip()
        save_return(document, "status", "sent_at", "sent_by", "carrier", "tracking_number")
        record_return_event(
            document,
            ReturnEvent.SENT,
            actor=actor,
            now=now,
            before=before,
            tracking_number=document.tracking_number,
            pieces=sum(line.sent for line in lines),
        )
    return document


def _leave(
    document: Return, lines: Sequence[ReturnLine], pieces: Mapping[int, int], actor: Actor, now: datetime
) -> None:
    for line in lines:
        line.sent = pieces.get(line.pk, 0)
    ReturnLine.objects.bulk_update(lines, ["sent"])
    document.sent_at, document.sent_by_id = now, actor.pk
    for receiver, held in by_receiver(lines, lambda line: line.order_line_id):
        take_from_distributor(
            distributor_id=receiver,
            product_ids=[line.order_line.product_id for line in held],
            quantities=[line.sent for line in held],
            reference=document.number or "",
            actor_id=actor.pk,
            at=now,
        )


def receive_return(
    *,
    return_id: int,
    warehouse_id: int,
    actor: Actor,
    now: datetime,
    pieces: Mapping[int, int] | None = None,
    expected_version: int | None = None,
) -> Return:
    """Put what came into a warehouse for returns: all that was sent, or the pieces of each line by its id (others: none).

    What was sent and did not come counts as returned no more. Goods that come before the distributor has said that it sent
    them were sent as they came. Raises NotVisible, NotAllowed, StaleVersion, Conflict, InvalidInput at `warehouse` or
    `lines.<id>.pieces`.
    """
    with explained(), transaction.atomic():
        document = lock_return(return_id=return_id, actor=actor, expected_version=expected_version)
        require(can_handle_return(actor, document))
        before, _after = RETURN_STATES.advance(document, "receive")
        lines = list(document.lines.select_related("order_line").order_by("pk"))
        was_sent = before == ReturnStatus.SENT
        most = {line.pk: line.sent if was_sent else line.pieces for line in lines}
        came = most if pieces is None else pieces
        _check(came, most, warehouse_id)
        if not was_sent:
            _leave(document, lines, came, actor, now)
        for line in lines:
            line.arrived = line.returned = came.get(line.pk, 0)
        ReturnLine.objects.bulk_update(lines, ["arrived", "returned"])
        document.warehouse_id, document.received_at, document.received_by_id = warehouse_id, now, actor.pk
        save_return(document, "status", "sent_at", "sent_by", "warehouse", "received_at", "received_by")
        _put_in(document, lines, actor, now)
        arrived = sum(line.arrived for line in lines)
        record_return_event(
            document,
            ReturnEvent.RECEIVED,
            actor=actor,
            now=now,
            before=before,
            pieces=arrived,
            missing=sum(line.sent for line in lines) - arrived,
        )
    return document


def _check(came: Mapping[int, int], most: Mapping[int, int], warehouse_id: int) -> None:
    places = Warehouse.objects.of_brand_owner().filter(kind=WarehouseKind.RETURNS, is_active=True)
    problems = [
        Problem(
            message=_("Enter a quantity between 0 and %(most)d.") % {"most": most.get(pk, 0)},
            code="out_of_range" if pk in most else "unknown",
            field=f"lines.{pk}.pieces",
        )
        for pk, number in came.items()
        if pk not in most or not 0 <= number <= most[pk]
    ]
    if not places.filter(pk=warehouse_id).exists():
        problems.append(
            Problem(message=_("Select an active warehouse for returns."), code="unknown", field="warehouse")
        )
    if not problems and not any(came.values()):
        problems.append(Problem(message=_("Enter the quantities received."), code="required", field="lines"))
    if problems:
        raise InvalidInput(problems=problems)


def _put_in(document: Return, lines: Sequence[ReturnLine], actor: Actor, now: datetime) -> None:
    place = document.warehouse_id or 0
    came = [line for line in lines if line.arrived]
    lock_places(sorted({(place, line.order_line.product_id) for line in came}, key=lambda one: one[1]))
    post_moves(
        moves=[
            Posting(
                warehouse_id=place,
                product_id=line.order_line.product_id,
                quantity=line.arrived,
                kind=MoveKind.RETURN,
            )
            for line in came
        ],
        reference=document.number or "",
        actor_id=actor.pk,
        at=now,
    )
