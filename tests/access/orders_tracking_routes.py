"""Who may open the report of deliveries, name another promised day, and make, revoke and use delivery links."""

from hashlib import sha256
from typing import Any

from django.utils import timezone

from orders.fulfilment.enums import ShipmentStatus
from tests.access.orders_routes import DECIDERS, HANDLERS, PART, WAITING
from tests.access.table import ACTORS, IDLE, MANAGER, OUTSIDERS, SEERS, SIGNED_IN, STRANGER, Route
from tests.access.world import World
from tests.factories.orders import DeliveryLinkFactory, ProofOfDeliveryFactory, ShipmentFactory

DELIVERERS = HANDLERS | {MANAGER}
LINK = "a-link-of-a-driver-that-nobody-guesses"


def build(world: World) -> None:
    """A shipment with an open link, one with none, and one whose delivery is recorded."""
    type(world.mine).objects.filter(pk=world.mine.pk).update(language="zh-hans")  # that of the page behind the link
    order = world.things.part.order
    world.things.linked = ShipmentFactory.create(order=order)
    DeliveryLinkFactory.create(shipment=world.things.linked, secret_hash=sha256(LINK.encode()).hexdigest())
    world.things.proof = ProofOfDeliveryFactory.create(
        link__shipment=ShipmentFactory.create(order=order, status=ShipmentStatus.DELIVERED, delivered_at=timezone.now())
    )


def _linked(world: World) -> dict[str, Any]:
    return {"number": world.things.linked.number}


def _proof(world: World) -> dict[str, Any]:
    return {"number": world.things.proof.shipment.number}


def _secret(_world: World) -> dict[str, Any]:
    return {"secret": LINK}


def _day(_world: World) -> dict[str, Any]:
    return {"promised_on": "2026-12-24", "reason": "The mill is late"}


def _page(name: str, allowed: Any, args: Any, **more: Any) -> Route:
    return Route(
        **{"name": f"orders:{name}", "method": "POST", "allowed": allowed, "hidden": {IDLE}, "args": args} | more
    )


ROUTES = [
    Route(name="orders:delivery-report", allowed=SIGNED_IN),
    Route(name="api:delivery-performance-list", allowed=SIGNED_IN),
    Route(name="api:delivery-performance-summary", allowed=SIGNED_IN),
    Route(name="orders:change-promise", allowed=DECIDERS, hidden={IDLE, STRANGER}, args=WAITING),
    _page("change-promise", DECIDERS, WAITING, ok=302, body=_day, hidden={IDLE, STRANGER}),
    Route(name="api:orders-promise", method="POST", allowed=DECIDERS, hidden=OUTSIDERS, args=WAITING, body=_day),
    _page("delivery-link", DELIVERERS, PART),
    _page("delivery-link-revoke", DELIVERERS, _linked, ok=302),
    Route(name="orders:delivery-proof", allowed=SEERS, hidden=OUTSIDERS, args=_proof),
    Route(name="api:shipments-delivery-link", method="POST", allowed=DELIVERERS, hidden=OUTSIDERS, ok=201, args=PART),
    Route(
        name="api:shipments-delivery-link", method="DELETE", allowed=DELIVERERS, hidden=OUTSIDERS, ok=204, args=_linked
    ),
    Route(name="api:shipments-proof", allowed=SEERS, hidden=OUTSIDERS, args=_proof),
    Route(name="orders:delivery", allowed=ACTORS, public=True, args=_secret),
    Route(name="orders:delivery", method="POST", allowed=ACTORS, public=True, ok=400, args=_secret),
]
