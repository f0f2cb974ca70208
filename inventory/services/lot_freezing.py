"""Lots that are frozen or recalled, and released again: in every company warehouse at once."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.constraints import explained
from core.errors import InvalidInput
from core.events import EventInput, ExtraSubject, record_event, record_events
from core.permissions import require
from inventory.enums import BlockStatus, InventoryEvent
from inventory.models import Lot, LotStock, StockBlock
from inventory.permissions import LOT_STATES, can_block_stock
from inventory.services.back_orders import lock_places, settle_back_orders
from inventory.services.lot_blocks import block_open_pieces
from inventory.services.lot_sql import FREE_LOT, LOSE_BOUND
from inventory.services.lots import lock_lot

_EVENTS = {"freeze": InventoryEvent.LOT_FROZEN, "recall": InventoryEvent.LOT_RECALLED}


def freeze_lot(*, lot_id: int, reason: str, actor: Actor, now: datetime, expected_version: int | None = None) -> Lot:
    """Freeze a lot: what lies of it in company warehouses is blocked, and whatever comes in later.

    Orders for which it was bound are to be picked anew; where the rest does not suffice, the newest wait again. Raises
    NotVisible, NotAllowed, StaleVersion, Conflict (frozen already), InvalidInput at `reason` or `lot` (the unnamed lot).
    """
    return _block(lot_id, "freeze", reason, actor, now, expected_version)


def recall_lot(*, lot_id: int, reason: str, actor: Actor, now: datetime, expected_version: int | None = None) -> Lot:
    """Recall a lot: as `freeze_lot`, also one that is frozen already. Whoever has got it is told by the caller above."""
    return _block(lot_id, "recall", reason, actor, now, expected_version)


def _block(lot_id: int, action: str, reason: str, actor: Actor, now: datetime, expected_version: int | None) -> Lot:
    require(can_block_stock(actor))
    with explained(), transaction.atomic():
        lot = lock_lot(lot_id, actor, expected_version)
        LOT_STATES.advance(lot, action)
        if not lot.code:
            message = _("Pieces of the unnamed lot may be of any lot. Block the stock instead.")
            raise InvalidInput(message, code="unnamed", field="lot")
        if not reason.strip():
            raise InvalidInput(_("Enter a reason."), code="required", field="reason")
        lot.status_reason, lot.status_at, lot.status_by_id = reason.strip(), now, actor.pk
        lot.save(update_fields=["status", "status_reason", "status_at", "status_by"])
        lock_places(_places(lot))
        lost = _lose_bound(lot, actor, now)
        waited_for = block_open_pieces(lot_ids=[lot.pk], actor_id=actor.pk, now=now)
        if waited_for:
            settle_back_orders(came_in=dict.fromkeys(waited_for, 0), now=now)
        _record(lot, _EVENTS[action], actor, now, reason=lot.status_reason, lost=lost)
    lot.refresh_from_db()
    return lot


def _places(lot: Lot) -> list[tuple[int, int]]:
    rows = LotStock.objects.filter(lot=lot, on_hand__gt=0, warehouse__distributor__isnull=True)
    return [(place, lot.product_id) for place in rows.values_list("warehouse_id", flat=True)]


def _lose_bound(lot: Lot, actor: Actor, now: datetime) -> int:
    """Take the lot from those for whom it was bound, with an event of each document: it is to be picked anew."""
    with connection.cursor() as cursor:
        cursor.execute(LOSE_BOUND, {"lot": lot.pk})
        rows: Sequence[tuple[str, int, int]] = cursor.fetchall()
    record_events(
        [
            EventInput(
                kind=InventoryEvent.LOTS_LOST,
                subject_type=kind,
                subject_id=source,
                data={"lot": lot.code, "product": lot.product.code, "pieces": pieces},
            )
            for kind, source, pieces in rows
        ],
        actor_id=actor.pk,
        at=now,
    )
    return sum(pieces for _kind, _source, pieces in rows)


def release_lot(
    *, lot_id: int, actor: Actor, now: datetime, note: str = "", expected_version: int | None = None
) -> Lot:
    """Free a frozen or recalled lot and what is blocked of it; whoever waits for the product gets it first.

    What somebody blocked apart stays blocked. Raises NotVisible, NotAllowed, StaleVersion, Conflict (it is free).
    """
    require(can_block_stock(actor))
    with explained(), transaction.atomic():
        lot = lock_lot(lot_id, actor, expected_version)
        LOT_STATES.advance(lot, "release")
        lot.status_reason, lot.status_at, lot.status_by_id = note.strip(), now, actor.pk
        lot.save(update_fields=["status", "status_reason", "status_at", "status_by"])
        blocks = StockBlock.objects.filter(lot=lot, by_freeze=True, status=BlockStatus.BLOCKED)
        locked = list(blocks.select_for_update().order_by("pk"))
        lock_places([(block.warehouse_id, block.product_id) for block in locked])
        with connection.cursor() as cursor:
            cursor.execute(FREE_LOT, {"blocks": [block.pk for block in locked], "at": now})
            freed = dict(cursor.fetchall())
        if freed:
            settle_back_orders(came_in=freed, now=now)
        _record(lot, InventoryEvent.LOT_RELEASED, actor, now, note=lot.status_reason)
    lot.refresh_from_db()
    return lot


def _record(lot: Lot, kind: InventoryEvent, actor: Actor, now: datetime, **data: object) -> None:
    record_event(
        kind=kind,
        subject_type="lot",
        subject_id=lot.pk,
        extra_subjects=[ExtraSubject("product", lot.product_id, "product")],
        actor_id=actor.pk,
        data={"lot": lot.code, "product": lot.product.code, **data},
        at=now,
    )
