"""Goods that come in, and corrections of what was counted."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.models import Product
from core import events
from core.actors import Actor
from core.constraints import explained
from core.errors import InvalidInput, Problem
from core.permissions import require
from inventory.enums import InventoryEvent, MoveKind
from inventory.models import Stock, StockMove, Warehouse
from inventory.permissions import can_move_stock
from inventory.services.back_orders import settle_back_orders
from inventory.services.lot_blocks import block_frozen_arrivals
from inventory.services.lots import GivenLot, name_lots
from inventory.services.move_sql import RECEIVE

_NOT_OURS = _("Select an active warehouse of the brand owner.")


@transaction.atomic
def receive_stock(
    *,
    warehouse_id: int,
    product_ids: Sequence[int],
    quantities: Sequence[int],
    reference: str,
    actor: Actor | None,
    note: str = "",
    kind: MoveKind = MoveKind.RECEIPT,
    at: datetime | None = None,
    lots: Sequence[GivenLot | None] = (),
) -> None:
    """Put goods into an own warehouse: one move a product and lot, `on_hand` up, one event. One statement for all products.

    Back orders are filled first, in the same transaction. `lots` name the lot of each line, in the order of the lines; a
    product by lot of which none is named goes into its unnamed lot. What comes into a frozen lot is blocked.

    `actor` None is the program itself (an import). Quantities are pieces. Raises NotAllowed, and InvalidInput with a
    problem at `warehouse`, `lines`, `lines.<index>.product`, `.quantity` or `.lot`.
    """
    require(actor is None or can_move_stock(actor))
    _check_receipt(warehouse_id, product_ids, quantities)
    lot_ids = name_lots(list(zip(product_ids, lots or [None] * len(product_ids), strict=True)))
    actor_id = actor.pk if actor else None
    with connection.cursor() as cursor:
        cursor.execute(
            RECEIVE,
            {
                "warehouse": warehouse_id,
                "products": list(product_ids),
                "quantities": list(quantities),
                "lots": lot_ids,
                "kind": kind.value,
                "reference": reference,
                "note": note,
                "at": at or timezone.now(),
                "actor": actor_id,
            },
        )
        moved = cursor.fetchall()
    events.record_event(
        kind=InventoryEvent.STOCK_RECEIVED,
        subject_type="warehouse",
        subject_id=warehouse_id,
        actor_id=actor_id,
        data={"reference": reference, "products": len(moved), "units": sum(pieces for pieces, _awaited in moved)},
        at=at,
    )
    block_frozen_arrivals(warehouse_id=warehouse_id, lot_ids=lot_ids, actor_id=actor_id, now=at or timezone.now())
    awaited = {stock_id: pieces for pieces, stock_id in moved if stock_id is not None}
    if awaited:
        settle_back_orders(came_in=awaited, now=at or timezone.now())


def _takes_goods(warehouse_id: int) -> bool:
    return Warehouse.objects.stocked().filter(pk=warehouse_id, is_active=True).exists()


def _check_receipt(warehouse_id: int, product_ids: Sequence[int], quantities: Sequence[int]) -> None:
    problems = []
    if not product_ids:
        problems.append(Problem(message=_("Enter at least one product."), code="required", field="lines"))
    if not _takes_goods(warehouse_id):
        problems.append(Problem(message=_NOT_OURS, code="unknown", field="warehouse"))
    known = set(Product.objects.filter(pk__in=product_ids).values_list("pk", flat=True))
    for index, (product_id, quantity) in enumerate(zip(product_ids, quantities, strict=True)):
        if product_id not in known:
            problems.append(Problem(message=_("Unknown product."), code="unknown", field=f"lines.{index}.product"))
        if quantity < 1:
            problems.append(
                Problem(message=_("Enter a quantity above zero."), code="min_value", field=f"lines.{index}.quantity")
            )
    if problems:
        raise InvalidInput(problems=problems)


def adjust_stock(
    *,
    warehouse_id: int,
    product_id: int,
    difference: int,
    reason: str,
    actor: Actor | None,
    at: datetime | None = None,
    lot: GivenLot | None = None,
) -> None:
    """Correct what lies in an own warehouse by `difference` pieces (signed), with the reason in the ledger and an event.

    With `lot` they are of that lot. Raises NotAllowed, and InvalidInput at `warehouse`, `reason`, `difference` or `lot`:
    never below what is reserved, never by nothing, never more than is free of the lot.
    """
    with explained(), transaction.atomic():
        _adjust(warehouse_id, product_id, difference, reason, actor, at or timezone.now(), lot)


def _adjust(
    warehouse_id: int,
    product_id: int,
    difference: int,
    reason: str,
    actor: Actor | None,
    at: datetime,
    lot: GivenLot | None,
) -> None:
    require(actor is None or can_move_stock(actor))
    if not Warehouse.objects.stocked().filter(pk=warehouse_id).exists():
        raise InvalidInput(_NOT_OURS, code="unknown", field="warehouse")
    if not reason.strip():
        raise InvalidInput(_("Enter a reason for the adjustment."), code="required", field="reason")
    if difference == 0:
        raise InvalidInput(_("Enter the difference in pieces (+ or -)."), code="required", field="difference")
    (lot_id,) = name_lots([(product_id, lot)], field="lot")
    if difference > 0:
        Stock.objects.get_or_create(warehouse_id=warehouse_id, product_id=product_id)
    changed = Stock.objects.filter(
        warehouse_id=warehouse_id, product_id=product_id, on_hand__gte=F("reserved") - difference
    ).update(on_hand=F("on_hand") + difference)
    if not changed:
        raise InvalidInput(
            _("That would leave less than is reserved for orders."), code="below_reserved", field="difference"
        )
    actor_id = actor.pk if actor else None
    StockMove.objects.create(
        warehouse_id=warehouse_id,
        product_id=product_id,
        kind=MoveKind.ADJUSTMENT,
        quantity=difference,
        lot_id=lot_id,
        note=reason,
        at=at,
        actor_id=actor_id,
    )
    events.record_event(
        kind=InventoryEvent.STOCK_ADJUSTED,
        subject_type="product",
        subject_id=product_id,
        extra_subjects=[events.ExtraSubject("warehouse", warehouse_id, "warehouse")],
        actor_id=actor_id,
        data={"warehouse_id": warehouse_id, "difference": difference, "reason": reason},
        at=at,
    )
    block_frozen_arrivals(warehouse_id=warehouse_id, lot_ids=[lot_id], actor_id=actor_id, now=at)
    awaited = Stock.objects.filter(warehouse_id=warehouse_id, product_id=product_id, waiting__gt=0)
    came_in = dict.fromkeys(awaited.values_list("pk", flat=True), max(difference, 0))
    if came_in:
        settle_back_orders(came_in=came_in, now=at or timezone.now())
