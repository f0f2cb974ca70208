"""Where inspected pieces go: each into one place, with its stock moves, all locked together."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from core.actors import Actor
from inventory.enums import BlockReason, MoveKind, WarehouseKind
from inventory.models import Warehouse
from inventory.services.back_orders import lock_places, settle_back_orders
from inventory.services.blocks import block_stock
from inventory.services.channel_stock import receive_at_distributor
from inventory.services.posting import Posting, post_moves
from orders.returns.enums import Condition, Disposition
from orders.returns.models import InspectedGoods, Return

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

    `products` are those of the lines by id. Whoever waits for restocked goods gets them first. Raises NotAllowed where
    somebody who may not block stock blocks some. Each blocked part makes a document of its own, for it is freed alone.
    """
    here = document.warehouse_id or 0
    places = {(place, products[part.line_id]) for part in goods for place in (here, part.warehouse_id) if place}
    stock = lock_places(sorted(places, key=lambda one: (one[1], one[0])))
    for part in sorted(goods, key=lambda one: products[one.line_id]):
        if part.disposition == Disposition.BLOCKED:
            part.block = block_stock(
                warehouse_id=here,
                product_id=products[part.line_id],
                pieces=part.pieces,
                reason=BlockReason.QUALITY if part.condition == Condition.UNOPENED else BlockReason.DAMAGE,
                note=document.number or "",
                actor=actor,
                now=now,
            )
    moving = [part for part in goods if part.disposition in _LEAVES]
    moves = [
        Posting(
            warehouse_id=here,
            product_id=products[part.line_id],
            quantity=-part.pieces,
            kind=_LEAVES[Disposition(part.disposition)],
            note=part.note,
        )
        for part in moving
    ]
    restocked = [part for part in moving if part.warehouse_id]
    moves += [
        Posting(
            warehouse_id=part.warehouse_id or 0,
            product_id=products[part.line_id],
            quantity=part.pieces,
            kind=MoveKind.RETURN,
        )
        for part in restocked
    ]
    post_moves(moves=moves, reference=document.number or "", actor_id=actor.pk, at=now)
    came_in = {
        row[0]: sum(
            part.pieces for part in restocked if (part.warehouse_id, products[part.line_id]) == (row[1], row[2])
        )
        for row in stock
        if row[5] > 0 and row[1] != here
    }
    if came_in:
        settle_back_orders(came_in=came_in, now=now)
    back = [part for part in goods if part.disposition == Disposition.SENT_BACK]
    receive_at_distributor(
        distributor_id=document.distributor_id,
        product_ids=[products[part.line_id] for part in back],
        quantities=[part.pieces for part in back],
        reference=document.number or "",
        actor_id=actor.pk,
        at=now,
    )
