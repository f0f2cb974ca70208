"""Drop shipments: only whoever gets the goods sees them here; their order stays its buyer's."""

from typing import Any

from tests.access.table import KEEPER, OWNER, SIGNED_IN, STRANGER, Route
from tests.access.world import World
from tests.factories.accounts import DistributorFactory
from tests.factories.orders import OrderFactory, ShipmentFactory

COUNTERS = frozenset({OWNER, KEEPER})
OTHERS = SIGNED_IN - COUNTERS
_HIDDEN = frozenset({STRANGER})


def build(world: World) -> None:
    """Something on its way to `mine` that a distributor above it ordered, which is neither's company."""
    order = OrderFactory.create(
        distributor=DistributorFactory.create(code="UPPER"), consignee_distributor=world.mine, status="shipped"
    )
    world.things.dropped = ShipmentFactory.create(order=order)


def _dropped(world: World) -> dict[str, Any]:
    return {"number": world.things.dropped.number}


def _lines(_world: World) -> dict[str, Any]:
    return {"lines": []}


ROUTES = [
    Route(name="orders:drop-shipments", allowed=COUNTERS | {STRANGER}),
    Route(name="orders:drop-shipment", allowed=COUNTERS, hidden=_HIDDEN, args=_dropped),
    Route(name="orders:drop-shipment-receive", allowed=COUNTERS, hidden=_HIDDEN, args=_dropped),
    Route(name="orders:drop-shipment-receive", method="POST", allowed=COUNTERS, hidden=_HIDDEN, args=_dropped, ok=302),
    Route(name="orders:drop-shipment-print", allowed=COUNTERS, hidden=_HIDDEN, args=_dropped),
    Route(name="api:drop-shipments-list", allowed=SIGNED_IN),
    Route(name="api:drop-shipments-detail", allowed=COUNTERS, hidden=OTHERS, args=_dropped),
    Route(
        name="api:drop-shipments-receive", method="POST", allowed=COUNTERS, hidden=OTHERS, args=_dropped, body=_lines
    ),
    Route(name="api:drop-shipments-lots", allowed=COUNTERS, hidden=OTHERS, args=_dropped),
    Route(name="api:drop-shipments-pdf", allowed=COUNTERS, hidden=OTHERS, args=_dropped),
]  # fmt: skip
