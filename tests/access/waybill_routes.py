"""Who packs, who puts shipments on one waybill, and who sees and records what carriage costs."""

from typing import Any

from django.utils import timezone

from orders.fulfilment.waybills.services.waybills import make_waybill
from tests.access.orders_routes import HANDLERS
from tests.access.table import (
    ADMINISTRATOR,
    BRAND,
    FINANCE,
    IDLE,
    MANAGER,
    OUTSIDERS,
    SEERS,
    SIGNED_IN,
    STRANGER,
    WAREHOUSE,
    Route,
)
from tests.access.world import World
from tests.factories.orders import ShipmentFactory

RECORDERS = frozenset({ADMINISTRATOR, WAREHOUSE, FINANCE})
LOOSE = "SHIPMENT-WITHOUT-WAYBILL"


def build(world: World) -> None:
    """A shipment on a waybill, and one that is not on any."""
    order = world.things.part.order
    carried = ShipmentFactory.create(order=order)
    world.things.loose = ShipmentFactory.create(order=order, number=LOOSE)
    world.things.waybill = make_waybill(shipment_ids=[carried.pk], actor=world.people[WAREHOUSE], now=timezone.now())


def _waybill(world: World) -> dict[str, Any]:
    return {"number": world.things.waybill.number}


def _loose(world: World) -> dict[str, Any]:
    return {"number": world.things.loose.number}


def _packed(_world: World) -> dict[str, Any]:
    return {"rows": 1, "count-0": 2, "weight-0": "12.5"}


def _parcels(_world: World) -> dict[str, Any]:
    return {"parcels": [{"weight": "12.5"}]}


def _ticked(world: World) -> dict[str, Any]:
    return {"shipments": [world.things.loose.pk]}


def _named(_world: World) -> dict[str, Any]:
    return {"shipments": [LOOSE]}


def _freight(_world: World) -> dict[str, Any]:
    return {"agreed": "100", "actual": "98.5", "borne_by": "seller"}


_SELLER_TOO = frozenset({STRANGER})
"""An owner may sell too, so that the page asks which order it is: of another's there is none."""

ROUTES = [
    Route(name="orders:pack", allowed=HANDLERS, hidden=_SELLER_TOO, args=_loose),
    Route(name="orders:pack", method="POST", allowed=HANDLERS, hidden=_SELLER_TOO, args=_loose, ok=302, body=_packed),
    Route(name="orders:waybills", allowed=SIGNED_IN),
    Route(name="orders:waybill", allowed=SEERS, hidden=OUTSIDERS, args=_waybill),
    Route(name="orders:waybill-new", allowed=HANDLERS, hidden=_SELLER_TOO, query=f"?shipment={LOOSE}"),
    Route(
        name="orders:waybill-new", method="POST", allowed=HANDLERS, hidden=_SELLER_TOO, query=f"?shipment={LOOSE}",
        ok=302, body=_ticked,
    ),
    Route(name="orders:waybill-freight", allowed=RECORDERS, hidden=_SELLER_TOO, args=_waybill),
    Route(
        name="orders:waybill-freight", method="POST", allowed=RECORDERS, hidden=_SELLER_TOO, args=_waybill, ok=302,
        body=_freight,
    ),
    Route(
        name="orders:waybill-deliver", method="POST", allowed=HANDLERS | {MANAGER}, hidden={IDLE}, args=_waybill, ok=302
    ),
    Route(
        name="orders:waybill-dissolve", method="POST", allowed=HANDLERS, hidden=_SELLER_TOO, args=_waybill, ok=302
    ),
    Route(name="orders:waybill-print", allowed=HANDLERS, hidden=OUTSIDERS, args=_waybill, query="?kind=label"),
    Route(name="orders:freight", allowed=BRAND | {IDLE}),
    Route(name="api:packing-parcels", allowed=SEERS, hidden=OUTSIDERS, args=_loose),
    Route(
        name="api:packing-parcels", method="PUT", allowed=HANDLERS, hidden=OUTSIDERS, args=_loose, body=_parcels
    ),
    Route(name="api:waybills-list", allowed=SIGNED_IN),
    Route(
        name="api:waybills-list", method="POST", allowed=HANDLERS, ok=201, also=dict.fromkeys(OUTSIDERS, (400,)),
        body=_named,
    ),
    Route(name="api:waybills-detail", allowed=SEERS, hidden=OUTSIDERS, args=_waybill),
    Route(name="api:waybills-detail", method="DELETE", allowed=HANDLERS, hidden=OUTSIDERS, args=_waybill, ok=204),
    Route(name="api:waybills-deliver", method="POST", allowed=HANDLERS | {MANAGER}, hidden=OUTSIDERS, args=_waybill),
    Route(
        name="api:waybills-freight", method="PUT", allowed=RECORDERS, hidden=OUTSIDERS, args=_waybill, body=_freight
    ),
    Route(name="api:waybills-pdf", allowed=HANDLERS, hidden=OUTSIDERS, args=_waybill, query="?kind=label"),
    Route(name="api:waybills-costs", allowed=BRAND | {IDLE}),
]  # fmt: skip
