"""Who sees where products lie in the warehouses, and who says it."""

from typing import Any

from tests.access.table import ADMINISTRATOR, BRAND, IDLE, WAREHOUSE, Route
from tests.access.world import World

MOVERS = frozenset({ADMINISTRATOR, WAREHOUSE})


def _row(world: World) -> dict[str, Any]:
    return {"pk": world.things.stock.pk}


def _typed(world: World) -> dict[str, Any]:
    return {"warehouse": world.things.stock.warehouse_id, "lines": f"{world.things.product.code}, A, A-01"}


ROUTES = [
    Route(name="orders:places", allowed=BRAND | {IDLE}),
    Route(name="orders:places-set", allowed=MOVERS),
    Route(name="orders:places-set", method="POST", allowed=MOVERS, ok=302, body=_typed),
    Route(
        name="orders:places-retire", method="POST", allowed=MOVERS, ok=302,
        body=lambda world: {"ids": [world.things.stock.pk]},
    ),
    Route(name="orders:place", allowed=MOVERS, args=_row),
    Route(
        name="orders:place", method="POST", allowed=MOVERS, ok=302, args=_row,
        body=lambda _world: {"zone": "A", "place": "A-02"},
    ),
]  # fmt: skip
