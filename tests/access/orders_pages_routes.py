"""Who may open which page of orders, and who may press what there."""

from django.utils import timezone

from accounts.models import User
from orders.fulfilment.services.shipping import ship_order
from orders.ordering.enums import OrderAction
from orders.ordering.services.approval import approve_order
from orders.ordering.services.holds import place_hold
from orders.ordering.services.placing import PlacedOrder, place_order
from tests.access.table import (
    ADMINISTRATOR,
    BUYER,
    DIRECTOR,
    IDLE,
    KEEPER,
    MANAGER,
    OUTSIDERS,
    OWNER,
    SEERS,
    SIGNED_IN,
    STRANGER,
    WAREHOUSE,
    Route,
)
from tests.access.world import World
from tests.factories.orders import Shop, shop

DECIDERS = frozenset({ADMINISTRATOR, DIRECTOR, MANAGER})
HANDLERS = frozenset({ADMINISTRATOR, WAREHOUSE})
BUYERS = frozenset({OWNER, BUYER})
ORDERING = BUYERS | {STRANGER}
ENTRY_PAGES = ("entry", "entry-catalogue", "entry-again", "entry-upload", "entry-suggest")
ENTRY_CHANGES = (
    "entry-add",
    "entry-paste",
    "entry-set",
    "entry-correct",
    "entry-details",
    "entry-discard",
    "entry-place",
)


def build(world: World) -> None:
    """An order that waits, one that is approved, and one that is on its way."""
    place = shop(distributor=world.mine)
    buyer, manager, warehouse = (world.people[role] for role in (BUYER, MANAGER, WAREHOUSE))
    world.things.waiting_page = _place(place, buyer)
    world.things.held_page = _place(place, buyer)
    place_hold(order_id=world.things.held_page.id, actor=manager, reason="Invariant", now=timezone.now())
    world.things.approved_page = _approved(_place(place, buyer), manager)
    world.things.part_page = _approved(_place(place, buyer), manager)
    line = world.things.part_page.lines[0].id
    ship_order(order_id=world.things.part_page.id, actor=warehouse, now=timezone.now(), quantities={line: 1})
    sent = _approved(_place(place, buyer), manager)
    world.things.sent_page = sent
    world.things.shipment_page = ship_order(order_id=sent.id, actor=warehouse, now=timezone.now())


def _place(place: Shop, buyer: User) -> PlacedOrder:
    return place_order(distributor_id=place.distributor.pk, actor=buyer, lines=place.wishes(5), now=timezone.now())


def _approved(order: PlacedOrder, manager: User) -> PlacedOrder:
    approve_order(order_id=order.id, actor=manager, now=timezone.now())
    return order


def _waiting(world: World) -> dict[str, object]:
    return {"number": world.things.waiting_page.number}


def _approved_one(world: World) -> dict[str, object]:
    return {"number": world.things.approved_page.number}


def _sent(world: World) -> dict[str, object]:
    return {"number": world.things.sent_page.number}


def _shipment(world: World) -> dict[str, object]:
    return {"number": world.things.shipment_page.number}


def _why(world: World) -> dict[str, object]:
    return {"version": world.things.waiting_page.version, "reason": "An invoice is open."}


def _held(world: World) -> dict[str, object]:
    return {"number": world.things.held_page.number}


def _why_it_may(world: World) -> dict[str, object]:
    return {"version": world.things.held_page.version + 1, "reason": "A new store."}


def _part_sent(world: World) -> dict[str, object]:
    return {"number": world.things.part_page.number}


def _why_the_rest(world: World) -> dict[str, object]:
    return {"version": world.things.part_page.version + 2, "reason": "It is made no more."}


def _parcel(world: World) -> dict[str, object]:
    order = world.things.approved_page
    return {"version": order.version + 1} | {f"quantity-{line.id}": 1 for line in order.lines}


def _arrived(world: World) -> dict[str, object]:
    lines = world.things.shipment_page.lines.all()
    return {"version": world.things.sent_page.version + 2} | {f"quantity-{line.pk}": line.quantity for line in lines}


def _form(name: str, allowed: frozenset[str], hidden: frozenset[str], args: object, body: object) -> list[Route]:
    shared = {"name": f"orders:{name}", "allowed": allowed, "hidden": hidden, "args": args}
    return [Route(**shared), Route(**shared, method="POST", ok=302, body=body)]


ROUTES = [
    Route(name="orders:list", allowed=SIGNED_IN),
    Route(
        name="orders:approve-ticked",
        method="POST",
        allowed=DECIDERS | {IDLE},
        ok=302,
        body=lambda world: {"ids": [world.things.waiting_page.id], "confirmed": "1"},
    ),
    *(Route(name=f"orders:{name}", allowed=ORDERING) for name in ENTRY_PAGES),
    *(Route(name=f"orders:{name}", method="POST", allowed=ORDERING, ok=302) for name in ENTRY_CHANGES),
    Route(name="orders:entry-take-upload", method="POST", allowed=ORDERING, ok=400),
    Route(name="orders:entry-again-order", method="POST", allowed=BUYERS, hidden={STRANGER}, ok=302, args=_waiting),
    Route(name="orders:order", allowed=SEERS, hidden=OUTSIDERS, args=_waiting),
    Route(name="orders:order-again", method="POST", allowed=BUYERS, hidden={STRANGER}, ok=302, args=_waiting),
    Route(
        name="orders:act",
        method="POST",
        allowed=DECIDERS,
        hidden=OUTSIDERS,
        ok=302,
        args=lambda world: {**_waiting(world), "action": OrderAction.APPROVE.value},
    ),
    Route(
        name="orders:deliver-shipment",
        method="POST",
        allowed=HANDLERS | {MANAGER},
        hidden=OUTSIDERS,
        ok=302,
        args=_shipment,
    ),
    *_form("hold", DECIDERS, frozenset({IDLE}), _waiting, _why),
    *_form("release", DECIDERS, frozenset({IDLE}), _held, _why_it_may),
    *_form("cancel", DECIDERS | BUYERS, frozenset({IDLE, STRANGER}), _waiting, _why),
    *_form("reject", DECIDERS, frozenset({IDLE}), _waiting, _why),
    *_form("cancel-rest", DECIDERS, frozenset({IDLE}), _part_sent, _why_the_rest),
    *_form("ship", HANDLERS, frozenset(), _approved_one, _parcel),
    *_form("receive", frozenset({OWNER, KEEPER}), frozenset({STRANGER}), _sent, _arrived),
]
