"""Stock that is blocked, and freed again. What is blocked is reserved for its document, so that nobody else gets it."""

from datetime import date, datetime
from typing import NoReturn

from django.db import transaction
from django.db.models import F, QuerySet
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
from inventory.enums import BlockReason, InventoryEvent, WarehouseKind
from inventory.models import Stock, StockBlock, Warehouse
from inventory.permissions import BLOCK_STATES, can_block_stock
from inventory.rules import BLOCKED, MOST_PIECES
from inventory.services.back_orders import lock_places, settle_back_orders
from inventory.services.block_lots import count_blocked, lot_to_block
from inventory.services.displacing import displace, plan_displacing, short_documents
from inventory.services.stock import fill_what_is_free, keep_only, reserve


def block_stock(
    *,
    warehouse_id: int,
    product_id: int,
    pieces: int,
    reason: str,
    actor: Actor,
    now: datetime,
    note: str = "",
    until: date | None = None,
    from_orders: bool = False,
    lot_id: int | None = None,
) -> StockBlock:
    """Block pieces where they lie: from then on they are neither promised nor reserved nor shipped.

    With `from_orders` also those that are reserved for orders, the newest first: these wait again. Of a product by lot they
    are of the lot, without one of the unnamed lot. Raises NotAllowed, Conflict at `pieces` (fewer are free, of the product
    or of the lot), InvalidInput at `warehouse`, `pieces`, `reason`, `until` or `lot`.
    """
    require(can_block_stock(actor))
    _check(warehouse_id, pieces, reason, until, now)
    with explained(), transaction.atomic():
        lot_id = lot_to_block(product_id=product_id, lot_id=lot_id)
        company = default_company()
        number = next_number(kind=DocumentKind.STOCK_BLOCK, company_id=company.pk, on=timezone.localdate(now))
        block = StockBlock.objects.create(
            company=company,
            number=number,
            warehouse_id=warehouse_id,
            product_id=product_id,
            lot_id=lot_id,
            quantity=pieces,
            reason=reason,
            note=note.strip(),
            until=until,
            blocked_at=now,
            blocked_by_id=actor.pk,
        )
        waited_for = _take_from_orders(block, actor, now) if from_orders else []
        short = reserve(
            warehouse_id=warehouse_id,
            source_type=BLOCKED,
            source_id=block.pk,
            source_line_ids=[block.pk],
            product_ids=[product_id],
            quantities=[pieces],
            expires_at=None,
        )
        if short:
            _refuse(block, max(short[0].available, 0), from_orders=from_orders)
        _stock_of(block).update(blocked=F("blocked") + pieces)
        count_blocked(block, pieces)
        settle_back_orders(came_in=dict.fromkeys(waited_for, 0), now=now)
        _record(
            block,
            InventoryEvent.STOCK_BLOCKED,
            actor,
            now,
            pieces=pieces,
            reason_code=reason,
            until=until and str(until),
        )
    block.refresh_from_db()
    return block


def _check(warehouse_id: int, pieces: int, reason: str, until: date | None, now: datetime) -> None:
    problems = []
    ours = Warehouse.objects.stocked().exclude(kind=WarehouseKind.BLOCKED)
    if not ours.filter(pk=warehouse_id).exists():
        message = _("Select a warehouse of the brand owner that is not itself for blocked goods.")
        problems.append(Problem(message=message, code="unknown", field="warehouse"))
    if not 1 <= pieces <= MOST_PIECES:
        problems.append(Problem(message=_("Enter a quantity above zero."), code="min_value", field="pieces"))
    if reason not in BlockReason.values:
        problems.append(Problem(message=_("Select a reason."), code="unknown", field="reason"))
    if until is not None and until < timezone.localdate(now):
        problems.append(Problem(message=_("Select today or a later day."), code="past", field="until"))
    if problems:
        raise InvalidInput(problems=problems)


def _take_from_orders(block: StockBlock, actor: Actor, now: datetime) -> list[int]:
    """Let the newest orders wait for the pieces that are not free. Returns the stock that is waited for then."""
    place = (block.warehouse_id, block.product_id)
    (stock,) = lock_places([place])
    _id, _warehouse, _product, on_hand, reserved, _waiting = stock
    missing = block.quantity - (on_hand - reserved)
    return displace(plan_displacing({place: missing}), actor_id=actor.pk, now=now)


def _refuse(block: StockBlock, free: int, *, from_orders: bool) -> NoReturn:
    place = (block.warehouse_id, block.product_id)
    plan = [] if from_orders else plan_displacing({place: block.quantity - free})
    message = _("Only %(free)d pieces are free.") % {"free": free}
    if plan:
        orders = ", ".join(f"{number} ({pieces})" for number, pieces in short_documents(plan))
        message += " " + _("These orders would become short: %(orders)s.") % {"orders": orders}
    raise Conflict(message, code="short", field="pieces")


def unblock_stock(
    *,
    block_id: int,
    actor: Actor,
    now: datetime,
    pieces: int | None = None,
    note: str = "",
    expected_version: int | None = None,
) -> StockBlock:
    """Free blocked pieces, all of them or some; whoever waits for the product gets them first.

    Raises NotVisible, NotAllowed, StaleVersion, Conflict (nothing is blocked any more), InvalidInput at `pieces`.
    """
    require(can_block_stock(actor))
    with explained(), transaction.atomic():
        block = lock_block(block_id, actor, expected_version)
        wanted = block.open_pieces if pieces is None else pieces
        freed = take_blocked(block, pieces=wanted, now=now)
        _record(block, InventoryEvent.STOCK_UNBLOCKED, actor, now, pieces=wanted, note=note.strip())
        fill_what_is_free(freed)
    block.refresh_from_db()
    return block


def lock_block(block_id: int, actor: Actor, expected_version: int | None = None) -> StockBlock:
    """Before its stock, as every document."""
    block: StockBlock = lock_row(StockBlock.objects.visible_to(actor), block_id)
    check_version(block, expected_version)
    return block


def take_blocked(block: StockBlock, *, pieces: int, now: datetime, to_scrap: bool = False) -> dict[int, int]:
    """Take pieces out of a block. They are free then; what is to be scrapped leaves the stock in the same transaction.

    Before: the block is locked. Returns the pieces by stock for which somebody waits. Raises Conflict where nothing is
    blocked any more, InvalidInput at `pieces`.
    """
    if block.by_freeze and not to_scrap:
        message = _("Lot %(code)s is frozen: its pieces are freed when the lot is released.")
        raise Conflict(message % {"code": block.lot.code if block.lot else ""}, code="lot_is_frozen")
    left = block.open_pieces - pieces
    BLOCK_STATES.advance(block, "release" if left <= 0 else "release_some")
    if pieces < 1 or left < 0:
        message = _("Enter a quantity between 1 and %(most)d.") % {"most": block.open_pieces}
        raise InvalidInput(message, code="out_of_range", field="pieces")
    if to_scrap:
        block.scrapped += pieces
    else:
        block.released += pieces
    block.closed_at = None if left else now
    block.save(update_fields=["released", "scrapped", "status", "closed_at"])
    lock_places([(block.warehouse_id, block.product_id)])
    _stock_of(block).update(blocked=F("blocked") - pieces)
    count_blocked(block, -pieces)
    return keep_only(source_type=BLOCKED, source_id=block.pk, kept={block.pk: left})


def change_block(
    *,
    block_id: int,
    reason: str,
    note: str,
    until: date | None,
    actor: Actor,
    now: datetime,
    expected_version: int | None = None,
) -> StockBlock:
    """Another reason, note or day. Raises NotVisible, NotAllowed, StaleVersion, Conflict, InvalidInput."""
    require(can_block_stock(actor))
    with explained(), transaction.atomic():
        block = lock_block(block_id, actor, expected_version)
        BLOCK_STATES.advance(block, "change")
        _check(block.warehouse_id, block.quantity, reason, None if until == block.until else until, now)
        block.reason, block.note, block.until = reason, note.strip(), until
        block.save(update_fields=["reason", "note", "until"])
        _record(block, InventoryEvent.BLOCK_CHANGED, actor, now, reason_code=reason, until=until and str(until))
    block.refresh_from_db()
    return block


def _stock_of(block: StockBlock) -> QuerySet[Stock]:
    return Stock.objects.filter(warehouse_id=block.warehouse_id, product_id=block.product_id)


def _record(block: StockBlock, kind: InventoryEvent, actor: Actor, now: datetime, **data: object) -> None:
    record_event(
        kind=kind,
        subject_type=BLOCKED,
        subject_id=block.pk,
        extra_subjects=[
            ExtraSubject("warehouse", block.warehouse_id, "warehouse"),
            ExtraSubject("product", block.product_id, "product"),
        ],
        actor_id=actor.pk,
        data={"number": block.number, **data},
        at=now,
    )
