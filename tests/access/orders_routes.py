"""Who may do what with orders, shipments and carriers over the API."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from orders.fulfilment.services.shipping import ship_order
from orders.models import Order
from orders.ordering.entry.lines import save_draft
from orders.ordering.enums import Lateness, OrderSource
from orders.ordering.services.approval import approve_order
from orders.ordering.services.holds import place_hold
from orders.ordering.services.placing import place_order
from tests.access.table import (
    ADMINISTRATOR,
    BRAND,
    BUYER,
    DIRECTOR,
    IDLE,
    KEEPER,
    MANAGER,
    OURS,
    OUTSIDERS,
    OWNER,
    SEERS,
    SIGNED_IN,
    WAREHOUSE,
    Route,
)
from tests.access.world import World
from tests.factories.orders import CarrierFactory, ReturnedGoodsFactory, TrackingEventFactory, shop

BUYERS = frozenset({OWNER, BUYER})
RECEIVERS = frozenset({OWNER, KEEPER})
DECIDERS = frozenset({ADMINISTRATOR, DIRECTOR, MANAGER})
HANDLERS = frozenset({ADMINISTRATOR, WAREHOUSE})
NOT_OURS = SIGNED_IN - OURS
NOT_BRAND = SIGNED_IN - BRAND - {IDLE}
OUTSIDE = dict.fromkeys(OUTSIDERS, (400,))


def build(world: World) -> None:
    """An order of `mine` in each state that a step starts from, a shipment with its tracking, a return."""
    world.things.api_shop = shop(distributor=world.mine)
    manager, warehouse, now = world.people[MANAGER], world.people[WAREHOUSE], timezone.now()
    world.things.draft_order = save_draft(
        distributor_id=world.mine.pk, actor=world.people[BUYER], lines=world.things.api_shop.wishes(1), now=now
    )
    world.things.waiting = _placed(world)
    world.things.held = _placed(world)
    place_hold(order_id=world.things.held.id, actor=manager, reason="Invariant", now=now)
    world.things.approved = _placed(world)
    world.things.overdue = _placed(world)
    Order.objects.filter(pk=world.things.overdue.id).update(lateness=Lateness.LATE)
    world.things.sent = _placed(world)
    world.things.part_sent = _placed(world, 2)
    for placed in (world.things.approved, world.things.sent, world.things.part_sent):
        approve_order(order_id=placed.id, actor=manager, now=now)
    line = world.things.part_sent.lines[0].id
    ship_order(order_id=world.things.part_sent.id, actor=warehouse, now=now, quantities={line: 1})
    world.things.carrier = CarrierFactory.create()
    world.things.part = ship_order(
        order_id=world.things.sent.id, actor=warehouse, now=now, carrier_id=world.things.carrier.pk
    )
    world.things.said = TrackingEventFactory.create(shipment=world.things.part)
    world.things.returned = ReturnedGoodsFactory.create(distributor=world.mine)


def _placed(world: World, quantity: int = 1) -> Any:
    return place_order(
        distributor_id=world.mine.pk,
        actor=world.people[BUYER],
        lines=world.things.api_shop.wishes(quantity),
        now=timezone.now(),
        source=OrderSource.API,
    )


def number_of(name: str) -> Any:
    def args(world: World) -> Mapping[str, Any]:
        row = getattr(world.things, name)
        return {"number": getattr(row, "reference", "") or row.number}

    return args


def pk_of(name: str) -> Any:
    def args(world: World) -> Mapping[str, Any]:
        return {"pk": getattr(world.things, name).pk}

    return args


def _carrier(world: World) -> dict[str, Any]:
    return {"code": world.things.carrier.code}


def _wish(world: World) -> dict[str, Any]:
    lines = [{"product": product.code, "quantity": 1} for product in world.things.api_shop.products]
    return {"distributor": world.mine.code, "lines": lines, "submit": True}


def _lines(world: World) -> dict[str, Any]:
    return {"lines": _wish(world)["lines"]}


def _reason(_world: World) -> dict[str, Any]:
    return {"reason": "To be looked at"}


def _event(_world: World) -> dict[str, Any]:
    return {"external_id": "new", "code": "in_transit", "at": "2026-11-01T08:00:00Z"}


WAITING, APPROVED, SENT, DRAFT, PART = (
    number_of(name) for name in ("waiting", "approved", "sent", "draft_order", "part")
)


def _step(action: str, allowed: Any, args: Any, **more: Any) -> Route:
    return Route(name=f"api:orders-{action}", method="POST", allowed=allowed, hidden=OUTSIDERS, args=args, **more)


ROUTES = [
    Route(name="api:orders-list", allowed=SIGNED_IN),
    Route(name="api:orders-list", method="POST", allowed=BUYERS, ok=201, body=_wish, also=OUTSIDE),
    Route(name="api:orders-quote", method="POST", allowed=BUYERS, body=_wish, also=OUTSIDE),
    Route(name="api:orders-usual", allowed=OURS, also=dict.fromkeys(BRAND | OUTSIDERS, (400,)) | {"stranger": (200,)}),
    Route(name="api:orders-detail", allowed=SEERS, hidden=OUTSIDERS, args=WAITING),
    Route(name="api:orders-detail", method="PUT", allowed=BUYERS, hidden=NOT_OURS, args=DRAFT, body=_lines),
    Route(name="api:orders-events", allowed=SEERS, hidden=OUTSIDERS, args=WAITING),
    Route(name="api:orders-submit", method="POST", allowed=BUYERS, hidden=NOT_OURS, args=DRAFT),
    _step("copy", BUYERS, WAITING, ok=201),
    _step("approve", DECIDERS, WAITING),
    _step("hold", DECIDERS, WAITING, body=_reason),
    _step("release", DECIDERS, number_of("held")),
    _step("reject", DECIDERS, WAITING, body=_reason),
    _step("remind", DECIDERS | BUYERS, number_of("overdue")),
    _step("cancel", DECIDERS | BUYERS, WAITING, body=_reason),
    _step("cancel-rest", DECIDERS, number_of("part_sent"), body=_reason),
    _step("pick", HANDLERS, APPROVED),
    _step("ship", HANDLERS, APPROVED),
    _step("deliver", HANDLERS | {MANAGER}, SENT),
    _step("receive", RECEIVERS, SENT),
    Route(name="api:shipments-list", allowed=SIGNED_IN),
    Route(name="api:shipments-detail", allowed=SEERS, hidden=OUTSIDERS, args=PART),
    Route(name="api:shipments-receive", method="POST", allowed=RECEIVERS, hidden=OUTSIDERS, args=PART),
    Route(name="api:shipments-deliver", method="POST", allowed=HANDLERS | {MANAGER}, hidden=OUTSIDERS, args=PART),
    Route(name="api:shipments-tracking", method="POST", allowed=HANDLERS, hidden=OUTSIDERS, args=PART, body=_event),
    Route(name="api:tracking-events-list", allowed=SIGNED_IN),
    Route(name="api:tracking-events-detail", allowed=SEERS, hidden=OUTSIDERS, args=pk_of("said")),
    Route(name="api:carriers-list", allowed=SIGNED_IN),
    Route(name="api:carriers-detail", allowed=BRAND | {IDLE}, hidden=NOT_BRAND, args=_carrier),
    Route(name="api:carrier-webhook", method="POST", allowed=(), public=True, args=_carrier, body=_event),
    Route(name="api:returns-list", allowed=SIGNED_IN),
    Route(name="api:returns-detail", allowed=SEERS, hidden=OUTSIDERS, args=pk_of("returned")),
]
