"""Pieces that are said to be of another lot than the one in which they are kept."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput
from core.events import ExtraSubject, record_event
from core.permissions import require
from inventory.enums import InventoryEvent
from inventory.models import Lot, LotMove, LotStock, Warehouse
from inventory.permissions import can_move_stock
from inventory.services.back_orders import lock_places
from inventory.services.lot_blocks import block_frozen_arrivals
from inventory.services.lot_sql import OUT_OF_UNNAMED
from inventory.services.lots import GivenLot, lock_lots, name_lots


def assign_to_lot(
    *, lot_id: int, warehouse_id: int, to: GivenLot, pieces: int, actor: Actor, now: datetime, note: str = ""
) -> Lot:
    """Say that pieces of a lot in a warehouse are of another lot of the product; the stock itself does not change.

    Raises NotAllowed, InvalidInput at `code`, `warehouse` or `pieces`, Conflict at `pieces` where fewer are free.
    """
    require(can_move_stock(actor))
    with explained(), transaction.atomic():
        lot = Lot.objects.visible_to(actor).select_related("product").filter(pk=lot_id).first()
        if lot is None or not Warehouse.objects.of_brand_owner().filter(pk=warehouse_id).exists():
            raise InvalidInput(_("Select a warehouse of the brand owner."), code="unknown", field="warehouse")
        if pieces < 1:
            raise InvalidInput(_("Enter a quantity above zero."), code="min_value", field="pieces")
        (target,) = name_lots([(lot.product_id, to)], field="code")
        if target is None or target == lot.pk:
            raise InvalidInput(_("Enter another lot."), code="same_lot", field="code")
        lock_lots([lot.pk])
        lock_places([(warehouse_id, lot.product_id)])
        here = LotStock.objects.filter(warehouse_id=warehouse_id, lot=lot)
        if not here.filter(on_hand__gte=F("bound") + F("blocked") + pieces).exists():
            row = here.first()
            message = _("Only %(free)d pieces of this lot are free.") % {"free": row.free if row else 0}
            raise Conflict(message, code="short_of_lot", field="pieces")
        LotMove.objects.bulk_create(
            LotMove(
                warehouse_id=warehouse_id,
                product_id=lot.product_id,
                lot_id=pk,
                quantity=quantity,
                at=now,
                actor_id=actor.pk,
            )
            for pk, quantity in ((lot.pk, -pieces), (target, pieces))
        )
        block_frozen_arrivals(warehouse_id=warehouse_id, lot_ids=[target], actor_id=actor.pk, now=now)
        found = Lot.objects.get(pk=target)
        record_event(
            kind=InventoryEvent.LOT_ASSIGNED,
            subject_type="lot",
            subject_id=target,
            extra_subjects=[ExtraSubject("lot", lot.pk, "from"), ExtraSubject("warehouse", warehouse_id, "warehouse")],
            actor_id=actor.pk,
            data={
                "lot": found.code,
                "from": lot.code,
                "product": lot.product.code,
                "pieces": pieces,
                "note": note.strip(),
            },
            at=now,
        )
    return found


def out_of_unnamed(
    *, warehouse_id: int, pieces: Sequence[tuple[int, int, int]], actor_id: int | None, at: datetime
) -> Mapping[int, int]:
    """Say of which lots pieces are (product, lot, pieces) that came into a warehouse in the unnamed lot of their product.

    Answers what is free of each lot there afterwards. Two statements. Before: the lots and then the stock are locked; what
    stays of a frozen lot is blocked by the caller.
    """
    wanted: Counter[tuple[int, int]] = Counter()
    for product, lot, number in pieces:
        wanted[product, lot] += number
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        given = {
            "products": [product for product, _lot in wanted],
            "lots": [lot for _product, lot in wanted],
            "pieces": list(wanted.values()),
        }
        cursor.execute(OUT_OF_UNNAMED, {**given, "warehouse": warehouse_id, "at": at, "actor": actor_id})
    rows = LotStock.objects.filter(warehouse_id=warehouse_id, lot__in=given["lots"])
    return {row.lot_id: row.free for row in rows}
