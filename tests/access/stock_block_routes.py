"""Who may open what of blocked stock."""

from django.utils import timezone

from inventory.services.blocks import block_stock
from tests.access.inventory_routes import BRAND_AND_IDLE, MOVERS, NOT_BRAND, NOT_MINE
from tests.access.table import ADMINISTRATOR, SIGNED_IN, Route
from tests.access.world import World


def build(world: World) -> None:
    """A piece that is blocked."""
    stock = world.things.stock
    world.things.block = block_stock(
        warehouse_id=stock.warehouse_id,
        product_id=stock.product_id,
        pieces=2,
        reason="quality",
        actor=world.people[ADMINISTRATOR],
        now=timezone.now(),
    )


def _block(world: World) -> dict[str, object]:
    return {"pk": world.things.block.pk}


def _change(_world: World) -> dict[str, object]:
    return {"reason": "recall", "note": "Lab"}


def _unblock(_world: World) -> dict[str, object]:
    return {"pieces": 1}


def _typed(world: World) -> dict[str, object]:
    place = {"warehouse": world.things.stock.warehouse_id, "product": world.things.stock.product.code}
    return {**place, "pieces": 1, "reason": "damage"}


def _sent(world: World) -> dict[str, object]:
    return {**_typed(world), "warehouse": world.things.stock.warehouse.code}


ROUTES = [
    Route(name="inventory:blocks", allowed=BRAND_AND_IDLE),
    Route(name="inventory:block", allowed=BRAND_AND_IDLE, args=_block),
    Route(name="inventory:block-new", allowed=MOVERS),
    Route(name="inventory:block-new", method="POST", allowed=MOVERS, ok=302, body=_typed),
    *(
        route
        for name, body in (("change", _change), ("release", _unblock))
        for route in (
            Route(name=f"inventory:block-{name}", allowed=MOVERS, args=_block),
            Route(name=f"inventory:block-{name}", method="POST", allowed=MOVERS, ok=302, args=_block, body=body),
            Route(
                name=f"api:stock-blocks-{name}", method="POST", allowed=MOVERS, hidden=NOT_BRAND, args=_block, body=body
            ),
        )
    ),
    Route(name="api:stock-blocks-list", allowed=SIGNED_IN),
    Route(
        name="api:stock-blocks-list",
        method="POST",
        allowed=MOVERS,
        ok=201,
        also=dict.fromkeys(NOT_MINE, (400,)),
        body=_sent,
    ),
    Route(name="api:stock-blocks-detail", allowed=BRAND_AND_IDLE, hidden=NOT_BRAND, args=_block),
]
