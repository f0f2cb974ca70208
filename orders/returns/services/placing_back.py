"""Where inspected pieces go: each into one place, with its stock moves, all locked together."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.actors import Actor
from inventory.enums import BlockReason, MoveKind, WarehouseKind
from inventory.models import Warehouse
from inventory.services.back_orders import lock_places, settle_back_orders
from inventory.services.blocks import block_stock
from inventory.services.channel_stock import receive_at_distributor
from inventory.services.lot_assigning import out_of_unnamed
from inventory.services.lot_blocks import block_frozen_arrivals
from inventory.services.lots import known_lots
from inventory.services.posting import Posting, post_moves
from orders.returns.enums import Condition, Disposition
from orders.returns.models import InspectedGoods, Return
from orders.returns.services.receivers import by_receiver

_LEAVES = {
    Disposition.RESTOCKED: MoveKind.RETURN,
    Disposition.SENT_BACK: MoveKind.RETURN,
    Disposition.SCRAPPED: MoveKind.SCRAP,
}


def restock_places(ids: Collection[int | None]) -> set[int | None]:
    """Those of some warehouses where returned goods can be sold again."""
    rows = Warehouse.objects.of_brand_owner().filter(kind=WarehouseKind.SALE, is_active=True)
    return set(rows.filter(pk__in=[pk for pk in ids if pk]).values_list("pk", flat=True))


def place_pieces(
    document: Return, goods: Sequence[InspectedGoods], products: Mapping[int, int], *, actor: Actor, now: datetime
) -> None:
    """Move the pieces out of the warehouse for returns to where each goes; blocked ones stay there, blocked.

    `products` are those of the lines by id. Pieces on which a known lot was read are of that lot, wherever they go: what is
    restocked of a frozen lot is blocked. Whoever waits for restocked goods gets them first. Raises NotAllowed where
    somebody who may not block stock blocks some. Each blocked part makes a document of its own, for it is freed alone.
    """
    here = document.warehouse_id or 0
    lots = known_lots([(products[part.line_id], part.lot_number) for part in goods])
    places = {(place, products[part.line_id]) for part in goods for place in (here, part.warehouse_id) if place}
    stock = lock_places(sorted(places, key=lambda one: (one[1], one[0])))
    parts = [
        _InspectedLot(goods=part, product_id=products[part.line_id], lot_id=lot)
        for part, lot in zip(goods, lots, strict=True)
    ]
    _say_lots(here, parts, actor, now)
    _block(here, document, parts, actor, now)
    post_moves(moves=_moves(here, parts), reference=document.number or "", actor_id=actor.pk, at=now)
    restocked = [part for part in parts if part.goods.warehouse_id]
    for place in sorted({part.goods.warehouse_id or 0 for part in restocked}):
        arrived = [part.lot_id for part in restocked if part.goods.warehouse_id == place]
        block_frozen_arrivals(warehouse_id=place, lot_ids=arrived, actor_id=actor.pk, now=now)
    came_in = {
        row[0]: sum(
            part.goods.pieces for part in restocked if (part.goods.warehouse_id, part.product_id) == (row[1], row[2])
        )
        for row in stock
        if row[5] > 0 and row[1] != here
    }
    if came_in:
        settle_back_orders(came_in=came_in, now=now)
    back = [part for part in parts if part.goods.disposition == Disposition.SENT_BACK]
    for receiver, held in by_receiver(back, lambda part: part.goods.line.order_line_id):
        receive_at_distributor(
            distributor_id=receiver,
            product_ids=[part.product_id for part in held],
            quantities=[part.goods.pieces for part in held],
            lot_ids=[part.lot_id for part in held],
            reference=document.number or "",
            actor_id=actor.pk,
            at=now,
        )


@dataclass(kw_only=True)
class _InspectedLot:
    """`lies_in` is the lot in which the books of the warehouse for returns have the pieces; None where the rule finds it."""

    goods: InspectedGoods
    product_id: int
    lot_id: int | None
    lies_in: int | None = None


def _say_lots(here: int, parts: Sequence[_InspectedLot], actor: Actor, now: datetime) -> None:
    """Goods come in without a lot, for nobody has read one: now they are of the lot that was read."""
    named = [(part.product_id, part.lot_id, part.goods.pieces) for part in parts if part.lot_id is not None]
    free = dict(out_of_unnamed(warehouse_id=here, pieces=named, actor_id=actor.pk, at=now))
    for part in parts:
        if part.lot_id is not None and free.get(part.lot_id, 0) >= part.goods.pieces:
            part.lies_in = part.lot_id
            free[part.lot_id] -= part.goods.pieces


def _block(here: int, document: Return, parts: Sequence[_InspectedLot], actor: Actor, now: datetime) -> None:
    for part in sorted(parts, key=lambda one: one.product_id):
        if part.goods.disposition == Disposition.BLOCKED:
            unopened = part.goods.condition == Condition.UNOPENED
            part.goods.block = block_stock(
                warehouse_id=here,
                product_id=part.product_id,
                pieces=part.goods.pieces,
                reason=BlockReason.QUALITY if unopened else BlockReason.DAMAGE,
                note=document.number or "",
                actor=actor,
                now=now,
                lot_id=part.lies_in,
            )


def _moves(here: int, parts: Sequence[_InspectedLot]) -> list[Posting]:
    """What leaves the warehouse for returns, and what of it comes into others."""
    moving = [part for part in parts if part.goods.disposition in _LEAVES]
    left = [
        Posting(
            warehouse_id=here,
            product_id=part.product_id,
            quantity=-part.goods.pieces,
            kind=_LEAVES[Disposition(part.goods.disposition)],
            note=part.goods.note,
            lot_id=part.lies_in,
        )
        for part in moving
    ]
    return left + [
        Posting(
            warehouse_id=part.goods.warehouse_id,
            product_id=part.product_id,
            quantity=part.goods.pieces,
            kind=MoveKind.RETURN,
            lot_id=part.lot_id,
        )
        for part in moving
        if part.goods.warehouse_id
    ]
